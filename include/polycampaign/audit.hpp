#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/message.hpp"
#include "polycampaign/statistics.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// Counts messages, one after the other, in the library's own meaning of the counters. It holds no message.
///
/// Threads: a plain value, not synchronized.
class POLYCAMPAIGN_EXPORT MessageSummary {
 public:
  /// Counts one message.
  void add(Message const& message) noexcept;
  /// Returns the counters. All members of the partition are present. Messages whose status is unknown are in
  /// `messages` only, and in a vendor counter `unknown`. Messages that came from a phone are `replies`. A
  /// rejected message counts as undelivered. `recipients`, `filtered`, `opt_outs` and `clicks` are absent,
  /// because messages do not show them; `read` and `replies` are absent if there are none, because not every
  /// vendor reports them.
  [[nodiscard]] Statistics statistics() const;

 private:
  std::int64_t counts_[14] = {};
};

/// Returns the counters of these messages: `MessageSummary` of all of them.
[[nodiscard]] POLYCAMPAIGN_EXPORT Statistics summarize(std::span<Message const> messages);

/// A counter that a campaign and its messages show differently.
///
/// Threads: a plain value, not synchronized.
struct Difference {
  Field field{};      ///< the counter: `Field::delivered`
  Count campaign{};   ///< as the campaign shows it
  Count messages{};   ///< as its messages add up
  std::string why{};  ///< why that can be, in one or two sentences
  friend bool operator==(Difference const&, Difference const&) = default;
};

/// Compares the counters of a campaign with those of its messages and returns every difference. Counters that
/// the campaign does not show are not compared. If it shows only one of `undelivered` and `failed`, that one
/// is compared with both together, because the vendor has one counter for them.
/// @{
[[nodiscard]] POLYCAMPAIGN_EXPORT std::vector<Difference> audit(Campaign const& campaign,
                                                                Statistics const& of_messages);
[[nodiscard]] POLYCAMPAIGN_EXPORT std::vector<Difference> audit(Campaign const& campaign,
                                                                std::span<Message const> messages);
/// @}

/// Whether something is so, as far as can be known.
enum class Certainty : std::uint8_t {
  unknown,  ///< the vendor's documents and data do not tell
  no,       ///< it is not so
  yes,      ///< it is so
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Certainty certainty) noexcept;

/// Whether the counters of a campaign have come to rest.
///
/// Threads: a plain value, not synchronized.
struct Settlement {
  Certainty settled = Certainty::unknown;  ///< `yes`: the counters do not move any longer
  std::string why{};                       ///< the rule that decided, in one sentence
};

/// Says whether the counters of a campaign can still move: those of messages, from `messages` to
/// `unreported`. Replies, opt-outs, clicks and `read` can come at any time and are left out of this. It makes
/// no request and reads no clock. The rules, in order:
///
/// 1. A campaign that has not ended is not settled; one with an unknown status is unknown.
/// 2. A campaign that was rejected, or canceled before anything was handed over, is settled.
/// 3. A vendor without delivery reports (Yeastar) changes nothing after the end, unless messages are retried.
/// 4. If the campaign shows that nothing is pending or in flight, it is settled. If the outcomes that it
///    shows add up to its messages, it is settled too.
/// 5. Where the vendor documents for how long a report can come (`ReportRules::validity_hours`; BSG: 72), it
///    is settled one day after that time, counted from the latest of its end, its start and its schedule,
///    and not settled before.
/// 6. Otherwise it is unknown.
[[nodiscard]] POLYCAMPAIGN_EXPORT Settlement settled(Capabilities const& capabilities,
                                                     Campaign const& campaign, std::chrono::sys_seconds now);

}  // namespace polycampaign::inline v1
