// Members of a record, one by one: what the adapter makes of one that is missing, malformed or of another
// type.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/source.hpp"
#include "testing/conformance/truth.hpp"
#include "testing/conformance/workbench.hpp"
#include "text/ascii.hpp"
#include "text/number.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::int64_t beyond_double = 9'007'199'254'740'993;  // 2^53 + 1
constexpr std::size_t most_campaigns = 12;

std::optional<std::int64_t> whole(Member const& member) {
  if (member.kind != MemberKind::number && member.kind != MemberKind::text) return std::nullopt;
  auto const value = text::whole_number(member.text);
  return value && *value >= 0 && std::to_string(*value) == member.text ? value : std::nullopt;
}

bool scalar(Member const& member) {
  return member.kind == MemberKind::number || member.kind == MemberKind::text;
}

std::string value_of(Reported const& values, std::string const& name) {
  auto const found = values.find(name);
  return found == values.end() ? "(absent)" : found->second;
}

std::string sum(std::string const& value, std::int64_t more) {
  return std::to_string(text::whole_number(value).value_or(0) + more);
}

bool is_count(std::string const& name) {
  return name.starts_with("vendor counter ") || std::ranges::any_of(all_fields(), [&](Field field) {
           return is_counter(field) && to_string(field) == name;
         });
}

/// Edits the members of a record in one response, and checks the results.
class Trials {
 public:
  Trials(Workbench& workbench, Source& source, std::size_t which, std::vector<Member> members)
      : workbench_{workbench},
        source_{source},
        which_{which},
        members_{std::move(members)},
        base_{source.base().values()},
        notes_{source.base().campaign->notes.size()} {}

  void run() {
    learn();
    for (auto const& member : members_) {
      if (member.text == source_.id())
        try_id(member);
      else
        try_member(member);
    }
  }
  /// The members that each value comes from, by the name of the value.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> const& feeders() const noexcept {
    return feeders_;
  }

  /// Expects each value whose members are all in the record.
  void expect_whole(Campaign const& campaign, std::vector<Member> const& members) const {
    auto const values = reported(campaign);
    auto const there = [&](std::string const& path) {
      auto const found = std::ranges::find(members, path, &Member::path);
      return found != members.end() && scalar(*found) && !found->text.empty();
    };
    for (auto const& [name, paths] : feeders_)
      workbench_.expect(values.contains(name) || !std::ranges::all_of(paths, there),
                        '`' + name + "` wherever the record contains it (" + source_.name() + ')',
                        campaign.id + ": absent");
  }

 private:
  /// Finds out which value comes from which member: counters by adding one, strings by their value.
  void learn() {
    for (auto const& member : members_) {
      if (!scalar(member) || member.text == source_.id()) continue;
      for (auto const* const name : {"name", "sender", "text", "status word"}) {
        auto const found = base_.find(name);
        if (found == base_.end() || found->second != member.text) continue;
        if (std::string_view{name} == "status word") {
          feeders_[name].push_back(member.path);
          continue;
        }
        auto const outcome = source_.ask({{which_, {{member.path, Rewrite::text, member.text + "-x"}}}});
        if (value_of(outcome.values(), name) == member.text + "-x") feeders_[name].push_back(member.path);
      }
      auto const value = whole(member);
      if (!value) continue;
      auto const outcome = source_.ask({{which_, {same_kind(member, std::to_string(*value + 1))}}});
      for (auto const& [name, now] : outcome.values())
        if (is_count(name) && base_.contains(name) && now == sum(base_.at(name), 1))
          feeders_[name].push_back(member.path);
    }
  }

  static Edit same_kind(Member const& member, std::string value) {
    return {member.path, member.kind == MemberKind::number ? Rewrite::number : Rewrite::text,
            std::move(value)};
  }
  bool feeds(Member const& member, std::string const& name) const {
    auto const found = feeders_.find(name);
    return found != feeders_.end() && std::ranges::find(found->second, member.path) != found->second.end();
  }

  /// Returns nothing if the format cannot express the edit. Adds a finding if the campaign is missing or has
  /// a new value.
  std::optional<Outcome> attempt(Edit edit, std::string const& how) {
    what_ = source_.name() + " with " + edit.path + ' ' + how;
    auto outcome = source_.ask({{which_, {std::move(edit)}}});
    if (!outcome.rewritten) return std::nullopt;
    if (!workbench_.expect(outcome.campaign && outcome.trouble.empty(), "the same campaigns in a " + what_,
                           outcome.trouble.empty() ? "the campaign is missing" : outcome.trouble))
      return std::nullopt;
    for (auto const& [name, value] : outcome.values())
      workbench_.expect(base_.contains(name), "no new value in a " + what_, name + ": \"" + value + '"');
    return outcome;
  }

  /// Expects that only values from this member have vanished. A sum may lack the member's share.
  void expect_gone(Member const& member, Outcome const& outcome, bool noted) {
    auto const now = outcome.values();
    for (auto const& [name, value] : base_) {
      auto const found = now.find(name);
      if (found != now.end() && found->second == value) continue;
      workbench_.expect(affected_.contains(name), "no other value to change in a " + what_,
                        name + ": \"" + value_of(now, name) + "\" for \"" + value + '"');
      if (found == now.end() || name == "recipient_lists" || name == "status word") continue;
      if (found->second == "unknown" && (name == "status" || name == "channel")) continue;
      auto const part = whole(member).value_or(0);
      auto const rest =
          feeds(member, name) && feeders_.at(name).size() > 1 && found->second == sum(value, -part);
      workbench_.expect(rest, '`' + name + "` absent in a " + what_, '"' + found->second + '"');
    }
    if (noted)
      workbench_.expect(outcome.campaign->notes.size() > notes_, "a note for a " + what_,
                        "no additional note");
  }
  void expect_same(Outcome const& outcome) {
    auto const now = outcome.values();
    for (auto const& [name, value] : base_)
      workbench_.expect(value_of(now, name) == value, "`" + name + "` unchanged in a " + what_,
                        '"' + value_of(now, name) + "\" for \"" + value + '"');
  }
  void expect_value(Outcome const& outcome, std::string const& name, std::string const& value) {
    auto const now = outcome.values();
    workbench_.expect(value_of(now, name) == value, '`' + name + "` \"" + value + "\" in a " + what_,
                      '"' + value_of(now, name) + '"');
  }

  void try_id(Member const& member) {
    auto const list = source_.name() == "list";
    for (auto const how : {Rewrite::remove, Rewrite::null}) {
      what_ = source_.name() + " with " + member.path + " missing";
      auto const outcome = source_.ask({{which_, {{member.path, how, ""}}}});
      if (!outcome.rewritten) continue;
      if (list)
        workbench_.expect(outcome.trouble.empty() && outcome.campaign && outcome.campaign->id.empty() &&
                              outcome.campaign->notes.size() > notes_,
                          "the record without an id and with a note for a " + what_,
                          outcome.trouble.empty() ? "no such record" : outcome.trouble);
      else
        workbench_.expect(!outcome.campaign || outcome.campaign->id == source_.id(),
                          "an error for a " + what_,
                          outcome.campaign ? '"' + outcome.campaign->id + '"' : "");
    }
    if (member.kind == MemberKind::number)
      if (auto const outcome = attempt({member.path, Rewrite::text, member.text}, "as a string"))
        expect_same(*outcome);
    if (member.kind == MemberKind::text && whole(member))
      if (auto const outcome = attempt({member.path, Rewrite::number, member.text}, "as a number"))
        expect_same(*outcome);
  }

  void try_member(Member const& member) {
    affected_.clear();
    auto const removed = attempt({member.path, Rewrite::remove, ""}, "missing");
    if (!removed) return;
    for (auto const& [name, value] : base_)
      if (value_of(removed->values(), name) != value) affected_.insert(name);
    expect_gone(member, *removed, false);
    if (auto const outcome = attempt({member.path, Rewrite::null, ""}, "null"))
      expect_gone(member, *outcome, false);
    if (auto const outcome = attempt({member.path, Rewrite::composite, ""}, "as an object"))
      expect_gone(member, *outcome, false);
    if (!scalar(member)) return;
    if (auto const outcome =
            attempt({member.path, Rewrite::duplicate, "decoy"}, "twice, the last one unchanged"))
      expect_same(*outcome);
    if (whole(member)) {
      auto const number = member.kind == MemberKind::number;
      if (auto const outcome = attempt({member.path, number ? Rewrite::text : Rewrite::number, member.text},
                                       number ? "as a string" : "as a number"))
        expect_same(*outcome);
    }
    if (std::ranges::any_of(base_,
                            [&](auto const& one) { return is_count(one.first) && feeds(member, one.first); }))
      try_counter(member);
    try_words(member);
    try_times(member);
  }

  void try_counter(Member const& member) {
    if (auto const outcome = attempt(same_kind(member, std::to_string(beyond_double)), "2^53 + 1"))
      for (auto const& [name, value] : base_)
        if (is_count(name) && feeds(member, name))
          expect_value(*outcome, name, sum(value, beyond_double - *whole(member)));
    for (auto const& edit :
         {Edit{member.path, Rewrite::number, "-3"}, Edit{member.path, Rewrite::text, "-3"},
          Edit{member.path, Rewrite::number, "1.5"}, Edit{member.path, Rewrite::text, "12 apples"},
          Edit{member.path, Rewrite::text, "many"}})
      if (auto const outcome = attempt(edit, edit.value)) expect_gone(member, *outcome, true);
  }

  void try_words(Member const& member) {
    if (feeds(member, "status word"))
      for (auto const& edit :
           {Edit{member.path, Rewrite::text, "hibernating"}, Edit{member.path, Rewrite::number, "4711"}})
        if (auto const outcome = attempt(edit, edit.value)) {
          expect_value(*outcome, "status word", edit.value);
          expect_value(*outcome, "status", "unknown");
        }
    if (auto const channel = base_.find("channel"); affected_.contains("channel") && channel != base_.end() &&
                                                    text::lower(member.text) == channel->second)
      if (auto const outcome = attempt({member.path, Rewrite::text, "pigeon"}, "pigeon"))
        expect_gone(member, *outcome, false);
    // An adapter may look up any word in a table, but no vendor has a word like this one.
    std::string const tricky =
        "  A name with spaces, <b>&amp;</b> \"quotes\", \xD0\xB2\xD0\xB5\xD1\x81\xD0\xBD\xD0\xB0 "
        "\xF0\x9F\x8E\x89 " +
        std::string(300, 'x') + ' ';
    for (auto const* const name : {"name", "sender", "text"})
      if (feeds(member, name))
        if (auto const outcome = attempt({member.path, Rewrite::text, tricky}, "set to a different value"))
          expect_value(*outcome, name, tricky);
  }

  void try_times(Member const& member) {
    static constexpr std::string_view times[] = {"created_at", "scheduled_at", "started_at", "finished_at",
                                                 "updated_at"};
    auto const time =
        std::ranges::any_of(times, [&](auto const name) { return affected_.contains(std::string{name}); });
    auto amount = member.text;
    std::ranges::replace(amount, ',', '.');
    auto const cost = base_.find("cost");
    auto const price = affected_.contains("cost") && cost != base_.end() &&
                       amount.starts_with(cost->second.substr(0, cost->second.find(' ')));
    if (!time && !price) return;
    for (auto const* const junk : {"soon", "2026-02-30 25:00:00"})
      if (auto const outcome = attempt({member.path, Rewrite::text, junk}, junk))
        expect_gone(member, *outcome, true);
  }

  Workbench& workbench_;
  Source& source_;
  std::size_t which_;
  std::vector<Member> members_;
  Reported base_;
  std::size_t notes_;
  std::map<std::string, std::vector<std::string>> feeders_{};
  std::set<std::string> affected_{};  ///< the values that vanish with the current member
  std::string what_{};
};

/// Removes everything that a value comes from, and expects that the value is absent.
void try_groups(Workbench& workbench, Source& source, std::map<std::string, Edits> const& groups) {
  for (auto const& [name, edits] : groups) {
    auto const outcome = source.ask(edits);
    if (outcome.rewritten)
      workbench.expect(
          !outcome.values().contains(name),
          '`' + name + "` to be absent when its record does not contain it (" + source.name() + ')',
          '"' + value_of(outcome.values(), name) + '"');
  }
}

}  // namespace

void check_members(Workbench& workbench) {
  for (auto const list : {true, false}) {
    auto const site = workbench.site({}, most_campaigns);
    if (!site) return;
    Source source{*site, list};
    if (!workbench.expect(source.choose(most_campaigns), "a campaign in responses that are JSON or XML",
                          "none"))
      continue;
    auto const answers = source.answers(source.id());
    workbench.expect(!answers.empty(), "a record with the campaign's id in the responses to " + source.name(),
                     "none");
    std::map<std::string, Edits> groups;
    for (auto const& [which, members] : answers) {
      Trials trials{workbench, source, which, members};
      trials.run();
      for (auto const& campaign : source.healthy())
        for (auto const& [other, record] : source.answers(campaign.id))
          if (other == which) trials.expect_whole(campaign, record);
      for (auto const& [name, paths] : trials.feeders())
        for (auto const& path : paths) groups[name][which].push_back({path, Rewrite::remove, ""});
    }
    // Another response of the conversation may contain the same text in its place.
    auto const values = source.base().values();
    for (auto& [name, edits] : groups)
      for (auto const& [which, members] : answers)
        for (auto const& member : members)
          if (!is_count(name) && !edits.contains(which) && member.text == value_of(values, name))
            edits[which].push_back({member.path, Rewrite::remove, ""});
    try_groups(workbench, source, groups);
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
