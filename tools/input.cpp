#include "input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace polycampaign::inline v1::command {

Result<std::string> read_file(std::string const& path, bool dash) {
  auto const refused = [] {
    return Error{.code = ErrorCode::invalid_argument, .message = std::generic_category().message(errno)};
  };
  int const file = dash && path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refused();
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    auto const count = ::read(file, buffer, sizeof buffer);
    if (count > 0) {
      text.append(buffer, static_cast<std::size_t>(count));
    } else if (count == 0) {
      break;
    } else if (errno != EINTR) {
      auto error = refused();
      if (file != STDIN_FILENO) ::close(file);
      return error;
    }
  }
  if (file != STDIN_FILENO) ::close(file);
  return text;
}

}  // namespace polycampaign::inline v1::command
