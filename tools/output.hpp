#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

/// Buffered standard output that remembers a failed write. One thread at a time may use it.
class Output {
 public:
  explicit Output(int file) noexcept : file_{file} {}

  /// Writes text. After a false, stop producing: a write has failed.
  bool write(std::string_view text);
  bool flush();

  /// Returns the errno of the first failed write, or 0.
  [[nodiscard]] int problem() const noexcept { return problem_; }

 private:
  int file_;
  int problem_ = 0;
  std::string buffer_;
};

}  // namespace polycampaign::inline v1::command
