#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

/// Buffered standard output that remembers a write that failed. One thread at a time.
class Output {
 public:
  explicit Output(int file) noexcept : file_{file} {}

  /// False once a write has failed: stop producing.
  bool write(std::string_view text);
  bool flush();

  /// The first failed write's errno; 0 for none.
  [[nodiscard]] int problem() const noexcept { return problem_; }

 private:
  int file_;
  int problem_ = 0;
  std::string buffer_;
};

}  // namespace polycampaign::inline v1::command
