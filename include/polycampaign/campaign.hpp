#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// A list, phonebook or audience that a campaign was sent to; a vendor may tell only one of both.
struct RecipientList {
  std::optional<std::string> id{};    ///< the vendor's, as text
  std::optional<std::string> name{};  ///< as its owner wrote it: may hold personal data
  friend bool operator==(RecipientList const&, RecipientList const&) = default;
};

/// One campaign as a vendor told it. A plain value; not synchronised.
/// An absent member means that the vendor did not tell; `Capabilities` says whether it ever does.
/// `text` and `sender` are personal data: keep them out of logs.
struct Campaign {
  std::string id{};                              ///< the vendor's, as text; unique within one account
  std::string provider{};                        ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  std::optional<std::string> name{};             ///< as its owner wrote it
  std::optional<std::string> sender{};           ///< what the phone shows: a number or a word
  std::optional<std::string> text{};             ///< UTF-8; an empty text stays an empty text
  std::optional<Channel> channel{};              ///< `sms` where the vendor's campaigns are nothing else
  CampaignStatus status{};                       ///< one word for every vendor, and the vendor's own
  std::optional<Timestamp> created_at{};         ///< when it was entered at the vendor
  std::optional<Timestamp> scheduled_at{};       ///< planned start, immediate starts included
  std::optional<Timestamp> started_at{};         ///< when sending began
  std::optional<Timestamp> finished_at{};        ///< when the vendor called it finished
  std::optional<Timestamp> updated_at{};         ///< last change of the record, by the vendor's clock
  Statistics statistics{};                       ///< counters, each absent unless told
  std::optional<Cost> cost{};                    ///< one exact amount with its unit
  std::vector<RecipientList> recipient_lists{};  ///< in the vendor's order
  /// What was odd in the vendor's record, one sentence each; empty for a clean one.
  std::vector<std::string> notes{};
  /// Behind `raw()`; a member so that a Campaign stays an aggregate.
  std::string raw_record{};

  /// The vendor's own record as text (JSON or XML), byte for byte; empty unless asked for (`keep_raw`).
  [[nodiscard]] std::string_view raw() const noexcept { return raw_record; }

  /// The campaign's time for filters and sorting: `created_at`, else `scheduled_at`, else `started_at`.
  [[nodiscard]] std::optional<Timestamp> const& time() const noexcept {
    return created_at ? created_at : scheduled_at ? scheduled_at : started_at;
  }

  friend bool operator==(Campaign const&, Campaign const&) = default;
};

}  // namespace polycampaign::inline v1
