#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing::bsg {

/// The messages of all campaigns. None of them is stored: each is made for the page that shows it, from the
/// campaign and its place among the campaign's messages. At every moment they add up to the campaign's
/// counters.
class Messages {
 public:
  explicit Messages(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the response to `GET /api/messages`.
  [[nodiscard]] HttpResponse answer(RequestTarget const& target);

 private:
  /// Messages of one campaign that follow each other.
  struct Run {
    SimulatedCampaign const* campaign = nullptr;
    std::int64_t first = 0;
    std::int64_t count = 0;
  };
  /// How the messages of a campaign moved while they were read.
  struct Moved {
    std::int64_t removed = 0;  ///< from the front
    std::int64_t added = 0;    ///< at the end
  };

  [[nodiscard]] std::vector<Run> runs(RequestTarget const& target, class Period const& period) const;
  [[nodiscard]] nlohmann::ordered_json page(std::vector<Run> const& runs, std::int64_t offset,
                                            std::int64_t limit, bool descending) const;
  void move(std::vector<Run> const& runs);

  VendorSimulator& simulator_;
  std::map<std::string, Moved, std::less<>> moved_{};
  std::int64_t pages_ = 0;  // answered so far
};

}  // namespace polycampaign::inline v1::testing::bsg
