#include "testing/conformance/element_edits.hpp"

#include "testing/conformance/quoting.hpp"
#include "text/number.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::string_view odd_word = "polycampaign-odd-word";
constexpr std::array<std::string_view, 2> counts_of_elements{"size", "parts"};

bool is_whole(Member const& member) {
  auto const value = text::whole_number<std::int64_t>(member.text);
  return value && *value >= 0 && std::to_string(*value) == member.text;
}

bool can_vary(Member const& member) {
  return member.kind == MemberKind::number || member.kind == MemberKind::text;
}

}  // namespace

std::vector<ElementEdits::Attempt> ElementEdits::attempts(Member const& member) {
  std::vector<Attempt> all{{{member.path, Rewrite::remove, ""}, "missing"},
                           {{member.path, Rewrite::null, ""}, "null"},
                           {{member.path, Rewrite::composite, ""}, "as an object", true}};
  if (!can_vary(member)) return all;
  all.push_back({{member.path, Rewrite::text, std::string{odd_word}}, "as an unknown word", true});
  all.push_back({{member.path, Rewrite::number, "-3"}, "as -3", true});
  all.push_back({{member.path, Rewrite::number, "1.5"}, "as 1.5", true});
  all.push_back({{member.path, Rewrite::text, ""}, "as an empty string"});
  if (is_whole(member)) {
    bool const number = member.kind == MemberKind::number;
    all.push_back({{member.path, number ? Rewrite::text : Rewrite::number, member.text},
                   number ? "as a string" : "as a number",
                   false,
                   true});
  }
  return all;
}

bool ElementEdits::names_it(Member const& member) const {
  if (!can_vary(member) || member.text.empty()) return false;
  return member.text == base_.id || (!campaign_.empty() && member.text == campaign_);
}

bool ElementEdits::allowed(Attempt const& attempt, Element const& now, std::string const& name) const {
  auto const value = now.value(name);
  if (value == base_.value(name)) return true;
  auto const& written = attempt.edit.value;
  // Another member can say more than the word does: without it, the word alone counts.
  if (name == "status") return value == "unknown" || now.value("status word") == base_.value("status word");
  if (std::ranges::find(counts_of_elements, name) != counts_of_elements.end()) return false;
  bool const is_number = attempt.edit.how == Rewrite::number;
  if (name == "cost") {
    // A unit is the vendor's own word, as in campaigns: the amount stays.
    auto const cost = base_.value("cost");
    auto const amount = cost.substr(0, cost.find(' '));
    return is_number || (attempt.edit.how == Rewrite::text && !amount.empty() && !written.empty() &&
                         value == amount + ' ' + written);
  }
  if (value == written) return is_number || attempt.edit.how == Rewrite::text;
  // A phone number gets a plus.
  return !only_digits(written).empty() && only_digits(value) == only_digits(written);
}

void ElementEdits::expect_sound(Attempt const& attempt, Element const& now) const {
  auto const where = what_ + " with " + attempt.edit.path + ' ' + attempt.how;
  if (attempt.equal) {
    workbench_.expect(now.same(base_), "the same values of " + where, difference(base_, now));
    return;
  }
  if (attempt.scalar) workbench_.expect(now.id == base_.id, "the same id of " + where, '"' + now.id + '"');
  bool vanished = false;
  for (auto const& [name, value] : now.values) {
    workbench_.expect(allowed(attempt, now, name), "no invented value of " + where,
                      name + ": \"" + value + '"');
    if (name == "status" && value == "unknown" && base_.value("status") != "unknown" &&
        attempt.edit.value == odd_word)
      workbench_.expect(now.value("status word") == odd_word,
                        "the vendor's own word in the status of " + where,
                        '"' + now.value("status word") + '"');
  }
  int changes = 0;
  for (auto const& [name, value] : base_.values) {
    bool const same = now.value(name) == value;
    vanished = vanished || (!same && !now.values.contains(name));
    if (!same && name != "status" && name != "status word") ++changes;
  }
  workbench_.expect(changes <= 2 || !attempt.scalar, "no other value of " + where + " to change",
                    std::to_string(changes) + " changes");
  if (attempt.noted && vanished)
    workbench_.expect(now.notes.size() > base_.notes.size(), "a note on " + where, "none");
}

void ElementEdits::try_member(Member const& member, Read const& read) {
  for (auto attempt : attempts(member)) {
    attempt.scalar = can_vary(member);
    auto const result = read(attempt.edit);
    if (!result || result->error) continue;
    auto const where = what_ + " with " + attempt.edit.path + ' ' + attempt.how;
    if (!result->element) {
      workbench_.expect(names_it(member) && !attempt.equal && (result->left_out || member.text == campaign_),
                        where + " to be kept", "it is missing");
      continue;
    }
    if (!names_it(member) || attempt.equal) {
      expect_sound(attempt, *result->element);
      continue;
    }
    auto const& now = *result->element;
    if (now.id.empty() && !base_.id.empty())
      workbench_.expect(!now.notes.empty(), "a note on " + where, "none");
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
