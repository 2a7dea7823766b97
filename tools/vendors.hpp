#pragma once

#include "polycampaign/command.hpp"

#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// The vendors that the command knows, in alphabetical order of their names: the library's own and those that
/// it was given. Pointers to its providers are valid as long as it lives.
class Vendors {
 public:
  /// Returns the built-in vendors and `more`. Errors: `configuration` (a name that is taken or malformed, a
  /// missing function, a setting that every account has).
  [[nodiscard]] static Result<Vendors> with(std::span<CommandVendor const> more);

  [[nodiscard]] std::vector<CommandVendor> const& all() const noexcept { return all_; }
  /// Returns null if there is no vendor with that name.
  [[nodiscard]] CommandVendor const* find(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// Returns the vendors that have a simulator.
  [[nodiscard]] std::vector<CommandVendor const*> simulated() const;

 private:
  explicit Vendors(std::vector<CommandVendor> all) : all_{std::move(all)} {}
  std::vector<CommandVendor> all_;
};

}  // namespace polycampaign::inline v1::command
