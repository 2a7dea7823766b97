#include "output.hpp"

#include "descriptors.hpp"

namespace polycampaign::inline v1::command {

bool Output::write(std::string_view text) {
  constexpr std::size_t enough = std::size_t{64} * 1024;
  buffer_.append(text);
  return buffer_.size() < enough ? problem_ == 0 : flush();
}

bool Output::flush() {
  if (problem_ == 0) problem_ = write_all(file_, buffer_);
  buffer_.clear();
  return problem_ == 0;
}

}  // namespace polycampaign::inline v1::command
