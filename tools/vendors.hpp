#pragma once

#include "polycampaign/command.hpp"

#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// The vendors that the command knows: the library's own and those that it was given, in alphabetical order
/// of their names. Pointers to its providers live as long as it.
class Vendors {
 public:
  /// Errors: `configuration` (a name that is taken or malformed, a missing function, a setting that every
  /// account has).
  [[nodiscard]] static Result<Vendors> with(std::span<CommandVendor const> more);

  [[nodiscard]] std::vector<CommandVendor> const& all() const noexcept { return all_; }
  /// Null when there is none of that name.
  [[nodiscard]] CommandVendor const* find(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// Those that have a simulator.
  [[nodiscard]] std::vector<CommandVendor const*> simulated() const;

 private:
  explicit Vendors(std::vector<CommandVendor> all) : all_{std::move(all)} {}
  std::vector<CommandVendor> all_;
};

}  // namespace polycampaign::inline v1::command
