#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/compact_optional.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// One campaign as a vendor reported it. An absent member means that the vendor did not report it;
/// `Capabilities` says whether it ever does. `text` and `sender` are personal data: keep them out of logs.
///
/// Threads: a plain value, not synchronized.
struct Campaign {
  std::string id{};                           ///< the vendor's id, as a string; unique within one account
  ProviderName provider{};                    ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  std::optional<std::string> name{};          ///< as its owner wrote it
  std::optional<std::string> sender{};        ///< what the phone shows: a phone number or a word
  std::optional<std::string> text{};          ///< the message text, in UTF-8; an empty text is not absent
  std::optional<Channel> channel{};           ///< `sms` if the vendor has no other campaigns
  CampaignStatus status{};                    ///< the same codes for all vendors, and the vendor's own word
  CompactOptional<Timestamp> created_at{};    ///< when it was created at the vendor
  CompactOptional<Timestamp> scheduled_at{};  ///< the planned start, also of a campaign that starts at once
  CompactOptional<Timestamp> started_at{};    ///< when sending began
  CompactOptional<Timestamp> finished_at{};   ///< when it finished, according to the vendor
  CompactOptional<Timestamp> updated_at{};    ///< the last change of the record, by the vendor's clock
  Statistics statistics{};                    ///< counters, each absent unless the vendor reported it
  CompactOptional<Cost> cost{};               ///< one exact amount with its unit
  std::vector<RecipientList> recipient_lists{};  ///< in the vendor's order
  /// What was malformed or unexpected in the vendor's record, one sentence each.
  std::vector<std::string> notes{};
  /// The value of `raw()`. It is a public member so that a Campaign is an aggregate.
  CompactOptional<std::string> raw_record{};

  /// Returns the vendor's own record as a string (JSON or XML), byte for byte. It is empty unless you set
  /// `keep_raw`.
  [[nodiscard]] std::string_view raw() const noexcept {
    return raw_record ? std::string_view{*raw_record} : std::string_view{};
  }

  /// Returns the time for filters and sorting: `created_at`, or else `scheduled_at`, or else `started_at`.
  [[nodiscard]] CompactOptional<Timestamp> time() const noexcept {
    return created_at ? created_at : scheduled_at ? scheduled_at : started_at;
  }

  friend bool operator==(Campaign const&, Campaign const&) = default;
};

}  // namespace polycampaign::inline v1
