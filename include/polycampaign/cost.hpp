#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// An exact decimal number: the vendor's digits, trailing zeros kept, never binary floating point.
class POLYCAMPAIGN_EXPORT Decimal {
 public:
  Decimal() = default;

  /// Reads `0.16`, `35,0987645` (a comma is a point), `-3`, `1.5e-3` (expanded to `0.0015`); blanks around it
  /// are ignored. Nothing for other text (`+3`, `.5` and `5.` too), for both separators in one number, and
  /// for an exponent beyond +-64.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

  /// `-?digits(.digits)?`
  [[nodiscard]] std::string const& text() const noexcept { return text_; }
  [[nodiscard]] bool is_zero() const noexcept;

  /// The same spelling: `0.3` and `0.30` differ.
  friend bool operator==(Decimal const&, Decimal const&) = default;

 private:
  explicit Decimal(std::string text) : text_{std::move(text)} {}
  std::string text_ = "0";
};

enum class CostKind : std::uint8_t {
  estimate,  ///< told before or while sending
  billed,    ///< what the vendor charged
};

[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(CostKind kind) noexcept;

/// What a campaign costs. Amounts of different units must never be added.
struct Cost {
  Decimal amount{};
  /// ISO 4217 code, or `credits`.
  std::string unit{};
  CostKind kind = CostKind::billed;

  friend bool operator==(Cost const&, Cost const&) = default;
};

}  // namespace polycampaign::inline v1
