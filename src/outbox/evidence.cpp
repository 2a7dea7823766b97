#include "outbox/evidence.hpp"

#include "outbox/fingerprint.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace polycampaign::inline v1::outbox {

namespace {

using std::chrono::sys_seconds;

/// Clocks differ: the vendor's may be this far behind.
constexpr std::chrono::minutes clock_skew{5};
/// A vendor that does not document its time zone may be off by this much.
constexpr std::chrono::hours zone_skew{14};

bool same_hash(std::string const& hash, std::optional<std::string> const& text) {
  if (hash.empty() || !text) return false;
  auto const other = sha256(*text);
  return other && *other == hash;
}

enum class Fit {
  yes,
  unknown,
  no
};

/// Returns whether the campaign was made after the intent and before its attempt had ended.
Fit time_fits(Campaign const& campaign, JournalRecord const& record, Details const& details) {
  auto const& time = campaign.created_at;
  if (!time) {
    if (details.start_at && campaign.scheduled_at)
      return campaign.scheduled_at->time == *details.start_at ? Fit::yes : Fit::no;
    return Fit::unknown;
  }
  auto const first = record.created_at - clock_skew;
  auto const last = details.send_until + clock_skew;
  if (time->time >= first && time->time <= last) return Fit::yes;
  if (time->zone == ZoneBasis::assumed && time->time >= first - zone_skew && time->time <= last + zone_skew)
    return Fit::unknown;
  return Fit::no;
}

Fit count_fits(Campaign const& campaign, JournalRecord const& record) {
  auto const& s = campaign.statistics;
  if (record.recipients == 0) return Fit::unknown;
  auto const shown = s.recipients ? s.recipients : s.messages;
  if (!shown) return Fit::unknown;
  return *shown == record.recipients ? Fit::yes : Fit::no;
}

class Search {
 public:
  Search(Context const& context, JournalRecord const& record, Details const& details,
         CallOptions const& options)
      : context_{context}, record_{record}, details_{details}, options_{options} {}

  [[nodiscard]] Evidence run() {
    auto const& capabilities = context_.client.capabilities();
    auto const by_reference =
        !details_.reference.empty() && capabilities.support(FindMessages::operation) != Support::unsupported;
    if (by_reference) read_messages();
    if (!evidence_.certain.empty()) return std::move(evidence_);
    auto const comparable = capabilities.in_list(Field::name) != Support::unsupported ||
                            capabilities.in_list(Field::sender) != Support::unsupported;
    if (comparable)
      read_campaigns();
    else if (!by_reference)
      incomplete("This vendor shows nothing by which a campaign could be recognized.");
    return std::move(evidence_);
  }

 private:
  void incomplete(std::string why) {
    evidence_.whole = false;
    if (evidence_.problem.empty()) evidence_.problem = std::move(why);
  }

  /// Returns whether the list was read to its end, without doubt.
  template <class Item>
  void check(Pager<Item> const& pager) {
    auto const report = pager.report();
    if (!report.missed.empty()) incomplete("The vendor's list may be incomplete: " + report.missed.front());
  }

  void read_messages() {
    auto const last = std::max(details_.send_until, details_.start_at.value_or(details_.send_until));
    auto pager = context_.client.list(FindMessages{.reference = details_.reference,
                                                   .since = record_.created_at - std::chrono::hours{24},
                                                   .until = last + std::chrono::hours{24}},
                                      {.call = options_});
    std::set<std::string> ids;
    for (auto& message : pager) {
      if (!message) return incomplete("The vendor could not be asked: " + message.error().message + ".");
      if (message->campaign) ids.insert(*message->campaign);
    }
    check(pager);
    for (auto const& id : ids) {
      auto campaign = context_.client.get(id, {.call = options_});
      if (!campaign) {
        incomplete("The vendor could not be asked: " + campaign.error().message + ".");
      } else if (details_.own_reference) {
        evidence_.certain.push_back(*std::move(campaign));
      } else {
        weigh(*std::move(campaign));
      }
    }
  }

  void read_campaigns() {
    CampaignFilter filter;
    // Where lists show no creation time, a bound would leave out what it cannot compare.
    if (context_.client.capabilities().in_list(Field::created_at) != Support::unsupported)
      filter.since = record_.created_at - std::chrono::hours{24};
    auto pager = context_.client.list(std::move(filter), {.call = options_});
    for (auto& listed : pager) {
      if (!listed) return incomplete("The vendor could not be asked: " + listed.error().message + ".");
      if (listed->name && has_token(*listed->name))
        evidence_.certain.push_back(*std::move(listed));
      else if (resembles(*listed))
        candidates_.push_back(*std::move(listed));
    }
    check(pager);
    if (!evidence_.certain.empty()) return;
    for (auto& candidate : candidates_) {
      if (time_fits(candidate, record_, details_) == Fit::no || known(candidate.id)) continue;
      // Lists of some vendors show less than the campaign itself.
      if (count_fits(candidate, record_) == Fit::unknown) {
        auto whole = context_.client.get(candidate.id, {.call = options_});
        if (whole) candidate = *std::move(whole);
      }
      weigh(std::move(candidate));
    }
  }

  [[nodiscard]] bool has_token(std::string_view name) const {
    auto const in_name = [&](std::string const& token) { return name.find(token) != std::string_view::npos; };
    return in_name(details_.token) || std::ranges::any_of(details_.earlier_tokens, in_name);
  }

  /// Returns whether what the vendor shows of a campaign could be this part.
  [[nodiscard]] bool resembles(Campaign const& campaign) const {
    if (!details_.name_hash.empty() && campaign.name) return same_hash(details_.name_hash, campaign.name);
    if (campaign.text && !details_.text_hash.empty() && !same_hash(details_.text_hash, campaign.text))
      return false;
    return same_hash(details_.sender_hash, campaign.sender);
  }

  [[nodiscard]] bool known(std::string const& id) const {
    auto const is = [&](Campaign const& campaign) { return campaign.id == id; };
    return std::ranges::any_of(evidence_.fitting, is) || std::ranges::any_of(evidence_.similar, is);
  }

  void weigh(Campaign campaign) {
    auto const time = time_fits(campaign, record_, details_);
    auto const count = count_fits(campaign, record_);
    if (time == Fit::no) return;
    if (time == Fit::yes && count == Fit::yes)
      evidence_.fitting.push_back(std::move(campaign));
    else if (count != Fit::no)
      evidence_.similar.push_back(std::move(campaign));
  }

  Context const& context_;
  JournalRecord const& record_;
  Details const& details_;
  CallOptions const& options_;
  Evidence evidence_{};
  std::vector<Campaign> candidates_{};
};

}  // namespace

Evidence look_for(Context const& context, JournalRecord const& record, Details const& details,
                  CallOptions const& options) {
  return Search{context, record, details, options}.run();
}

}  // namespace polycampaign::inline v1::outbox
