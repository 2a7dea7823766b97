#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace polycampaign::inline v1::testing::bsg {

/// Returns HTTP 422 that names one parameter.
[[nodiscard]] HttpResponse invalid(char const* field, char const* text);

/// `filter[from]` and `filter[to]`, or the defaults. A query covers at most three months.
class Period {
 public:
  /// Reads both. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<HttpResponse> read(RequestTarget const& target,
                                                 VendorSimulator const& simulator);
  [[nodiscard]] bool contains(std::chrono::sys_seconds time, VendorSimulator const& simulator) const;

 private:
  std::chrono::sys_seconds from_{};
  std::chrono::sys_seconds to_{};
};

/// `page[offset]` and `page[limit]`.
struct PageWindow {
  std::int64_t least = 15;  ///< of the limit
  std::int64_t offset = 0;
  std::int64_t limit = 50;

  /// Reads both. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<HttpResponse> read(RequestTarget const& target,
                                                 VendorSimulator const& simulator);
  /// Returns a page of a list. `total_switch` says where its total is: `meta` or `top`.
  [[nodiscard]] HttpResponse answer(nlohmann::ordered_json items, std::int64_t total,
                                    VendorSimulator const& simulator, std::string_view total_switch) const;
};

}  // namespace polycampaign::inline v1::testing::bsg
