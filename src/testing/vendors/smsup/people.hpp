#pragma once

#include "polycampaign/message.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

/// What became of one recipient's message.
enum class Fate : std::uint8_t {
  pending,
  in_flight,
  delivered,
  failed,
  unassigned,
  expired
};

/// What became of the messages of each campaign. At every moment they add up to the campaign's counters, and
/// a message that has an outcome keeps it. A campaign takes a few bytes, however many messages it has.
class Fates {
 public:
  /// Returns what became of the message with that index, 0 to `SimulatedCounters::messages` - 1.
  [[nodiscard]] Fate of(SimulatedCampaign const& campaign, std::int64_t index);

 private:
  /// So many messages in a row.
  struct Run {
    Fate fate{};
    std::int64_t count = 0;
  };
  struct Story {
    SimulatedCounters counters{};
    std::vector<Run> runs{};
  };
  static void continue_with(Story& story, SimulatedCounters const& now);

  std::map<std::string, Story, std::less<>> stories_{};
};

/// Returns the vendor's name of what became of a message.
[[nodiscard]] std::string_view word_of(Fate fate, SimulatedCampaign const& campaign, std::int64_t index);
/// Returns what that name means for the message.
[[nodiscard]] MessageStatusCode status_of(Fate fate, SimulatedCampaign const& campaign, std::int64_t index);
/// Returns the number of that name ("Delivery report"), if it has one.
[[nodiscard]] std::optional<int> code_of(std::string_view word);

/// What a person wrote.
struct PersonsReply {
  std::int64_t recipient = 0;  ///< index
  std::chrono::sys_seconds at{};
};

/// Returns the replies to a campaign until now, in order. Every twentieth comes from the same person in the
/// same second as the one before.
[[nodiscard]] std::vector<PersonsReply> replies_to(SimulatedCampaign const& campaign,
                                                   std::chrono::sys_seconds now);
/// Returns the text of the reply with that place among those to its campaign, from 0.
[[nodiscard]] std::string_view reply_text(std::int64_t place);
/// Returns the requests for no more messages until now, in order, from other people.
[[nodiscard]] std::vector<PersonsReply> stops_of(SimulatedCampaign const& campaign,
                                                 std::chrono::sys_seconds now);

}  // namespace polycampaign::inline v1::testing::smsup
