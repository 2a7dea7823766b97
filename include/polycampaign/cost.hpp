#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// An exact decimal number: the vendor's digits, trailing zeros kept, never binary floating point.
///
/// Threads: a plain value, not synchronised.
class POLYCAMPAIGN_EXPORT Decimal {
 public:
  /// Zero, spelt `0`.
  Decimal() = default;

  /// Reads `0.16`, `35,0987645` (a comma is a point), `-3`, `1.5e-3` (expanded to `0.0015`); blanks around it
  /// are ignored. Nothing for other text (`+3`, `.5` and `5.` too), for both separators in one number, and
  /// for an exponent beyond +-64.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

  /// The digits, always in the form `-?digits(.digits)?`, with a point in every locale.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }
  /// Whether every digit is 0: `0`, `-0.00`.
  [[nodiscard]] bool is_zero() const noexcept;

  /// The same spelling: `0.3` and `0.30` differ.
  friend bool operator==(Decimal const&, Decimal const&) = default;

 private:
  explicit Decimal(std::string text) : text_{std::move(text)} {}
  std::string text_ = "0";
};

/// What the vendor means by an amount.
enum class CostKind : std::uint8_t {
  estimate,  ///< told before or while sending
  billed,    ///< what the vendor charged
};

/// The enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(CostKind kind) noexcept;

/// What a campaign costs. Amounts of different units must never be added.
struct Cost {
  /// In `unit`, for the whole campaign.
  Decimal amount{};
  /// ISO 4217 code, or `credits`.
  std::string unit{};
  /// Whether the vendor has charged it.
  CostKind kind = CostKind::billed;

  friend bool operator==(Cost const&, Cost const&) = default;
};

}  // namespace polycampaign::inline v1
