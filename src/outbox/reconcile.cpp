#include "outbox/reconcile.hpp"

#include "outbox/evidence.hpp"
#include "outbox/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace polycampaign::inline v1::outbox {

namespace {

constexpr std::size_t page_size = 200;

/// Calls `f(JournalRecord&)` for each record of the account. Errors: the journal's.
template <class F>
std::optional<Error> for_each(Context const& context, bool unsettled_only, F&& f) {
  JournalFilter filter{
      .account = context.options.account, .unsettled_only = unsettled_only, .limit = page_size};
  for (;;) {
    auto records = context.journal.list(filter);
    if (!records) return std::move(records).error();
    auto const more = records->size() >= filter.limit;
    if (more) filter.after = records->back();
    for (auto& record : *records) f(record);
    if (!more) return std::nullopt;
  }
}

/// Removes campaigns that another part has. What another part of unknown outcome could have as well is no
/// longer fitting.
std::optional<Error> compare_with_others(Context const& context, JournalRecord const& record,
                                         Evidence& evidence) {
  if (evidence.fitting.empty() && evidence.similar.empty()) return std::nullopt;
  auto const& capabilities = context.client.capabilities();
  return for_each(context, false, [&](JournalRecord const& other) {
    if (other.key == record.key && other.part == record.part) return;
    if (!other.campaign_id.empty()) {
      for (auto* const campaigns : {&evidence.fitting, &evidence.similar})
        std::erase_if(*campaigns, [&](Campaign const& campaign) { return campaign.id == other.campaign_id; });
      return;
    }
    if (may_send(other.state)) return;
    auto const details = read_details(other.details, capabilities.provider);
    auto const could_have = [&](Campaign const& campaign) {
      return !details || likeness(campaign, other, *details, capabilities.campaigns).fit != Fit::no;
    };
    auto const contested = std::ranges::stable_partition(
        evidence.fitting, [&](Campaign const& campaign) { return !could_have(campaign); });
    evidence.similar.insert(evidence.similar.end(), std::move_iterator{contested.begin()},
                            std::move_iterator{contested.end()});
    evidence.fitting.erase(contested.begin(), contested.end());
  });
}

class Reconciler {
 public:
  Reconciler(Context const& context, CallOptions const& options, JournalRecord record)
      : context_{context}, options_{options}, record_{std::move(record)} {}

  [[nodiscard]] Result<Reconciliation> run() {
    auto const details = read_details(record_.details, context_.client.capabilities().provider);
    auto const now = context_.now();
    if (record_.state == SendState::sending && now <= send_until(context_, record_, details))
      return Reconciliation{record_, Verdict::undecided, "It may be being sent at this moment."};
    if (!details) return undecided("The record was written by another version of the outbox.");
    details_ = *details;
    auto evidence = look_for(context_, record_, details_, options_);
    if (auto error = compare_with_others(context_, record_, evidence)) return *std::move(error);

    if (evidence.certain.size() == 1)
      return found(evidence.certain.front(), "It carries the part's own token.");
    if (evidence.certain.size() > 1) return undecided("Several campaigns carry the part's own token.");
    if (evidence.fitting.size() + evidence.similar.size() > 1)
      return undecided("Several campaigns at the vendor could be this one.");
    if (evidence.fitting.size() == 1)
      return found(evidence.fitting.front(), "What it shows, its time and its number of recipients fit.");
    if (evidence.similar.size() == 1)
      return undecided("The campaign " + evidence.similar.front().id +
                       " could be this one, but not everything that it shows is the same or can be "
                       "compared, or another key could have it as well.");
    if (!evidence.whole) return undecided(std::move(evidence.problem));
    if (now <= details_.send_until + context_.options.settles_within)
      return undecided("The vendor does not show it, but it may still appear.");
    return write(SendState::absent, Verdict::absent, "The vendor does not have it.");
  }

 private:
  [[nodiscard]] Result<Reconciliation> found(Campaign const& campaign, std::string why) {
    record_.campaign_id = campaign.id;
    auto& submission = details_.submission.emplace();
    submission.provider = context_.client.capabilities().provider;
    submission.id = campaign.id;
    submission.status = campaign.status;
    submission.recipients =
        campaign.statistics.recipients ? campaign.statistics.recipients : campaign.statistics.messages;
    if (!submission.recipients && record_.recipients > 0) submission.recipients = record_.recipients;
    submission.filtered = campaign.statistics.filtered;
    if (campaign.cost) submission.cost = *campaign.cost;
    if (details_.start_at) submission.scheduled_at = Timestamp{*details_.start_at};
    submission.notes.push_back("The answer to the request was lost; the campaign was found later. " + why);
    details_.error.reset();
    return write(SendState::accepted, Verdict::found, std::move(why));
  }

  [[nodiscard]] Result<Reconciliation> undecided(std::string why) {
    if (record_.state == SendState::unresolved)
      return Reconciliation{record_, Verdict::undecided, std::move(why)};
    return write(SendState::unresolved, Verdict::undecided, std::move(why));
  }

  [[nodiscard]] Result<Reconciliation> write(SendState to, Verdict verdict, std::string why) {
    auto const from = std::exchange(record_.state, to);
    if (to != SendState::unresolved) record_.settled_at = context_.now();
    if (read_details(record_.details, {})) record_.details = to_text(details_);
    auto const written = context_.journal.settle(record_, from);
    if (!written) return written.error();
    if (*written) return Reconciliation{record_, verdict, std::move(why)};
    return settled_by_another();
  }

  [[nodiscard]] Result<Reconciliation> settled_by_another() {
    auto records = context_.journal.find(record_.account, record_.key);
    if (!records) return std::move(records).error();
    auto const now = std::ranges::find(*records, record_.part, &JournalRecord::part);
    if (now == records->end()) return undecided("Another process has removed it.");
    auto const verdict = now->state == SendState::accepted ? Verdict::found
                         : may_send(now->state)            ? Verdict::absent
                                                           : Verdict::undecided;
    return Reconciliation{*now, verdict, "Another process has settled it in the meantime."};
  }

  Context const& context_;
  CallOptions const& options_;
  JournalRecord record_;
  Details details_{};
};

}  // namespace

Result<std::vector<Reconciliation>> reconcile(Context const& context, CallOptions const& options) {
  std::vector<JournalRecord> open;
  if (auto error = for_each(context, true, [&](JournalRecord& record) { open.push_back(std::move(record)); }))
    return *std::move(error);
  std::vector<Reconciliation> all;
  for (auto& record : open) {
    auto one = Reconciler{context, options, std::move(record)}.run();
    if (!one) return std::move(one).error();
    all.push_back(*std::move(one));
  }
  return all;
}

}  // namespace polycampaign::inline v1::outbox
