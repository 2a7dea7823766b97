#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// An exact decimal number. It keeps the vendor's digits, including trailing zeros, and never uses binary
/// floating point.
///
/// Threads: a plain value, not synchronized.
class POLYCAMPAIGN_EXPORT Decimal {
 public:
  /// Creates zero, written as `0`.
  Decimal() = default;

  /// Parses `0.16`, `35,0987645` (a comma counts as a point), `-3` or `1.5e-3` (expanded to `0.0015`), and
  /// ignores spaces around the number. Returns nothing for any other text (including `+3`, `.5` and `5.`), if
  /// a number has both separators, and if the exponent is beyond +-64.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

  /// Returns the digits, always in the form `-?digits(.digits)?`, with a point in every locale.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }
  /// Returns whether every digit is 0: `0`, `-0.00`.
  [[nodiscard]] bool is_zero() const noexcept;

  /// Compares the digits as they are written: `0.3` and `0.30` differ.
  friend bool operator==(Decimal const&, Decimal const&) = default;

 private:
  explicit Decimal(std::string text) : text_{std::move(text)} {}
  std::string text_ = "0";
};

/// What the vendor means by an amount.
enum class CostKind : std::uint8_t {
  estimate,  ///< reported before or while the campaign is sent
  billed,    ///< what the vendor charged
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(CostKind kind) noexcept;

/// The cost of a campaign. Never add amounts of different units.
struct POLYCAMPAIGN_EXPORT Cost {
  /// The amount in `unit`, for the whole campaign.
  Decimal amount{};
  /// An ISO 4217 code, or `credits`.
  std::string unit{};
  /// Whether the vendor has charged it.
  CostKind kind = CostKind::billed;

  friend bool operator==(Cost const&, Cost const&) = default;
};

}  // namespace polycampaign::inline v1
