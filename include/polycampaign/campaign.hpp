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
  std::optional<std::string> id{};
  std::optional<std::string> name{};
  friend bool operator==(RecipientList const&, RecipientList const&) = default;
};

/// One campaign as a vendor told it. A plain value; not synchronised.
/// An absent member means that the vendor did not tell; `Capabilities` says whether it ever does.
/// `text` and `sender` are personal data: keep them out of logs.
struct Campaign {
  std::string id{};        ///< the vendor's, as text; unique within one account
  std::string provider{};  ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  std::optional<std::string> name{};
  std::optional<std::string> sender{};
  std::optional<std::string> text{};  ///< UTF-8; an empty text stays an empty text
  std::optional<Channel> channel{};
  CampaignStatus status{};
  std::optional<Timestamp> created_at{};
  std::optional<Timestamp> scheduled_at{};  ///< planned start, immediate starts included
  std::optional<Timestamp> started_at{};
  std::optional<Timestamp> finished_at{};
  std::optional<Timestamp> updated_at{};
  Statistics statistics{};
  std::optional<Cost> cost{};
  std::vector<RecipientList> recipient_lists{};
  /// What was odd in the vendor's record, one sentence each; empty for a clean one.
  std::vector<std::string> notes{};
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
