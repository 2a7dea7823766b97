#include "output.hpp"

#include <unistd.h>

#include <cerrno>

namespace polycampaign::inline v1::command {

bool Output::write(std::string_view text) {
  constexpr std::size_t enough = std::size_t{64} * 1024;
  buffer_.append(text);
  return buffer_.size() < enough ? problem_ == 0 : flush();
}

bool Output::flush() {
  std::string_view rest{buffer_};
  while (problem_ == 0 && !rest.empty()) {
    auto const count = ::write(file_, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      problem_ = errno;
    }
  }
  buffer_.clear();
  return problem_ == 0;
}

}  // namespace polycampaign::inline v1::command
