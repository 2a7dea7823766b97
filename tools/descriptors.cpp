#include "descriptors.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace polycampaign::inline v1::command {

bool fill_standard_streams() noexcept {
  for (int const file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(file, F_GETFD) != -1 || errno != EBADF) continue;
    // opened for the opposite direction, so that using it fails as with a closed one
    auto const filler = ::open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (filler != file) return false;
  }
  return true;
}

int write_all(int file, std::string_view text) noexcept {
  while (!text.empty()) {
    auto const count = ::write(file, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd room{.fd = file, .events = POLLOUT, .revents = 0};
      static_cast<void>(::poll(&room, 1, -1));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace polycampaign::inline v1::command
