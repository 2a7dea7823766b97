#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// The name of a provider: a view that lives as long as the program, such as a literal or
/// `Capabilities::provider`. It cannot be made of a `std::string`, because the view would outlive the string.
/// For a name that is known only at run time, use `find_provider(name)->name`.
///
/// Threads: a plain value, not synchronized.
class ProviderName : public std::string_view {
 public:
  /// No name.
  constexpr ProviderName() noexcept = default;
  /// A literal.
  constexpr ProviderName(char const* literal) noexcept : std::string_view{literal} {}
  /// A view that lives as long as the program.
  constexpr ProviderName(std::string_view name) noexcept : std::string_view{name} {}
  /// Refused.
  ProviderName(std::string const& name) = delete;
};

}  // namespace polycampaign::inline v1
