#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/smsup/people.hpp"
#include "testing/vendors/smsup/writing.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

/// The part of the API that shows messages, replies, stops and the blacklist. Messages are produced for the
/// page that is requested, so a campaign may have any number of them. Between those of a campaign, every
/// seventeenth is a single message of another one, which no list of campaigns shows.
class Traffic {
 public:
  using Json = nlohmann::ordered_json;

  explicit Traffic(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Writing::Answer> answer(HttpRequest const& request, RequestTarget const& target,
                                                      bool xml);
  /// Returns what the list really contains: `VendorSimulator::records`.
  [[nodiscard]] std::optional<std::vector<SimulatedRecord>> records(Operation list,
                                                                    std::string_view campaign) const;
  /// Counts the replies and stops of created campaigns that have come until now.
  void count_answers();

 private:
  struct Period {
    std::chrono::local_seconds from{};
    std::chrono::local_seconds to{};
    [[nodiscard]] bool contains(std::chrono::sys_seconds time) const;
  };
  struct Paging {
    std::int64_t start = 0;
    std::int64_t length = 100;
  };
  /// The messages of one campaign and those between them.
  struct Block {
    SimulatedCampaign const* campaign = nullptr;
    std::int64_t records = 0;
    std::int64_t vanished = 0;  ///< of the single messages the first ones, which retention has deleted
  };
  /// A reply, with its place among those of its campaign.
  struct Reply {
    SimulatedCampaign const* campaign = nullptr;
    std::int64_t place = 0;
    PersonsReply said{};
  };

  /// A number on the blacklist.
  struct Stop {
    std::int64_t id = 0;
    std::string number{};
    SimulatedCampaign const* campaign = nullptr;  ///< null: the owner of the account put it there
    std::chrono::sys_seconds at{};
  };

  [[nodiscard]] Writing::Answer messages(RequestTarget const& target, bool xml);
  [[nodiscard]] Writing::Answer replies(RequestTarget const& target, bool xml) const;
  [[nodiscard]] Writing::Answer own_replies(SimulatedCampaign const& campaign, bool xml) const;
  [[nodiscard]] Writing::Answer stops(SimulatedCampaign const& campaign, bool xml) const;
  [[nodiscard]] Writing::Answer blacklist(RequestTarget const& target, bool xml) const;

  /// Returns why there is no such page, or an empty string.
  [[nodiscard]] std::string read_paging(RequestTarget const& target, Paging& paging) const;
  [[nodiscard]] static std::string read_period(RequestTarget const& target, Period& period);
  [[nodiscard]] std::vector<Block> blocks(Period const& period) const;
  [[nodiscard]] Json message(SimulatedCampaign const& campaign, std::int64_t place, bool xml) const;
  [[nodiscard]] Json incoming(Reply const& reply, bool xml) const;
  [[nodiscard]] std::vector<Reply> replies_in(Period const& period) const;
  [[nodiscard]] std::vector<Stop> all_stops() const;
  [[nodiscard]] Json destination(std::string const& number, bool number_by_default) const;
  [[nodiscard]] Json id(std::int64_t value, bool number_by_default) const;
  [[nodiscard]] Json time(std::chrono::sys_seconds at, bool xml) const;
  [[nodiscard]] Writing::Answer list(char const* name, Json records, std::optional<std::int64_t> total,
                                     bool xml) const;

  VendorSimulator& simulator_;
  mutable Fates fates_{};   // decided when they are first looked at
  std::int64_t pages_ = 0;  // of messages
  std::int64_t vanished_ = 0;
  /// When the answers of a campaign were counted, and after how many deliveries.
  std::map<std::string, std::pair<std::chrono::sys_seconds, std::int64_t>, std::less<>> counted_{};
};

}  // namespace polycampaign::inline v1::testing::smsup
