#include "outbox/evidence.hpp"

#include "outbox/likeness.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace polycampaign::inline v1::outbox {

namespace {

class Search {
 public:
  Search(Context const& context, JournalRecord const& record, Details const& details,
         CallOptions const& options)
      : context_{context}, record_{record}, details_{details}, options_{options} {}

  [[nodiscard]] Evidence run() {
    auto const& capabilities = context_.client.capabilities();
    by_reference_ =
        !details_.reference.empty() && capabilities.support(FindMessages::operation) != Support::unsupported;
    if (by_reference_) read_messages();
    if (!evidence_.certain.empty()) return std::move(evidence_);
    auto const comparable = capabilities.in_list(Field::name) != Support::unsupported ||
                            capabilities.in_list(Field::sender) != Support::unsupported;
    if (comparable)
      read_campaigns();
    else if (!by_reference_)
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
      if (message->campaign)
        ids.insert(*message->campaign);
      else
        incomplete("The vendor has a message with the part's reference, but does not say of which campaign.");
    }
    check(pager);
    for (auto const& id : ids) {
      auto campaign = context_.client.get(id, {.call = options_});
      if (!campaign) {
        incomplete("The vendor could not be asked: " + campaign.error().message + ".");
      } else if (details_.own_reference) {
        evidence_.certain.push_back(*std::move(campaign));
      } else {
        auto const like = likeness_by_reference(*campaign, record_, details_);
        keep(*std::move(campaign), like);
      }
    }
  }

  void read_campaigns() {
    CampaignFilter filter;
    // Where lists show no creation time, a bound would leave out what it cannot compare.
    if (context_.client.capabilities().in_list(Field::created_at) != Support::unsupported)
      filter.since = record_.created_at - std::chrono::hours{24};
    auto const bounded = filter.since.has_value();
    // A bound also leaves out a campaign whose time cannot be read.
    if (read_list(std::move(filter)) > 0 && bounded && evidence_.certain.empty()) {
      candidates_.clear();
      read_list({});
    }
    if (!evidence_.certain.empty()) return;
    for (auto& candidate : candidates_) {
      if (known(candidate.id)) continue;
      // Lists of some vendors show less than the campaign itself.
      if (like(candidate).fit == Fit::unknown)
        if (auto whole = context_.client.get(candidate.id, {.call = options_}); whole)
          candidate = *std::move(whole);
      auto likeness = like(candidate);
      // The part's own reference was looked for, and this campaign does not have it.
      if (by_reference_ && details_.own_reference && !likeness.content && likeness.fit == Fit::yes)
        likeness.fit = Fit::unknown;
      keep(std::move(candidate), likeness);
    }
  }

  /// Collects the campaigns that could be the part. Returns how many were left out because of their time.
  std::int64_t read_list(CampaignFilter filter) {
    auto pager = context_.client.list(std::move(filter), {.call = options_});
    for (auto& listed : pager) {
      if (!listed) {
        incomplete("The vendor could not be asked: " + listed.error().message + ".");
        return 0;
      }
      if (has_token(*listed, details_))
        evidence_.certain.push_back(*std::move(listed));
      else if (like(*listed).fit != Fit::no)
        candidates_.push_back(*std::move(listed));
    }
    check(pager);
    return pager.report().without_time;
  }

  [[nodiscard]] Likeness like(Campaign const& campaign) const {
    return likeness(campaign, record_, details_, context_.client.capabilities().campaigns);
  }

  [[nodiscard]] bool known(std::string const& id) const {
    auto const is = [&](Campaign const& campaign) { return campaign.id == id; };
    return std::ranges::any_of(evidence_.fitting, is) || std::ranges::any_of(evidence_.similar, is);
  }

  void keep(Campaign campaign, Likeness const& like) {
    if (like.fit == Fit::no) return;
    (like.fit == Fit::yes ? evidence_.fitting : evidence_.similar).push_back(std::move(campaign));
  }

  Context const& context_;
  JournalRecord const& record_;
  Details const& details_;
  CallOptions const& options_;
  bool by_reference_ = false;  ///< the messages with the part's reference were read
  Evidence evidence_{};
  std::vector<Campaign> candidates_{};
};

}  // namespace

Evidence look_for(Context const& context, JournalRecord const& record, Details const& details,
                  CallOptions const& options) {
  return Search{context, record, details, options}.run();
}

}  // namespace polycampaign::inline v1::outbox
