// Ids: a program may request any string, and gets only the campaign that it requested.
#include "testing/conformance/ids.hpp"

#include "testing/conformance/answer.hpp"
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

/// Returns where the id is in the URL, as a part of its own. Returns npos if there is no such part.
std::size_t place_of(std::string_view url, std::string_view id) {
  for (auto at = url.find(id); at != std::string_view::npos; at = url.find(id, at + 1)) {
    auto const end = at + id.size();
    if (at > 0 && std::string_view{"/="}.find(url[at - 1]) != std::string_view::npos &&
        (end == url.size() || std::string_view{"/?&"}.find(url[end]) != std::string_view::npos))
      return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string> odd_ids(std::string const& known) {
  return {{},
          ".",
          "..",
          "../" + known,
          "a/b",
          known + "?x=1",
          known + "&x=1",
          known + "#x",
          "%2e%2e",
          "two words",
          "caf\xC3\xA9",
          "\r\nX-Odd: 1",
          std::string(300, '9')};
}

UrlFrame::UrlFrame(std::string url, std::string const& id)
    : pattern_{std::move(url)}, at_{place_of(pattern_, id)}, length_{id.size()} {}

bool UrlFrame::contains(std::string_view url) const {
  if (at_ == std::string::npos) return true;
  std::string_view const before{pattern_.data(), at_};
  auto const after = std::string_view{pattern_}.substr(at_ + length_);
  auto const framed =
      url.size() > before.size() + after.size() && url.starts_with(before) && url.ends_with(after);
  auto const part =
      framed ? url.substr(before.size(), url.size() - before.size() - after.size()) : std::string_view{};
  auto const contained = std::ranges::all_of(part, [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view{"/?#&"}.find(c) == std::string_view::npos;
  });
  return framed && contained && part != "." && part != "..";
}

namespace {

/// Puts the id of another campaign into the record that was requested.
void try_another(Workbench& workbench, Site& site, std::string const& asked, std::string const& other) {
  site.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (site.of_session(request)) return;
    auto const answer = Answer::parse(response.body);
    if (!answer) return;
    std::vector<Edit> edits;
    for (auto const& member : answer->members(asked))
      if (member.text == asked)
        edits.push_back(
            {member.path, member.kind == MemberKind::number ? Rewrite::number : Rewrite::text, other});
    if (auto body = answer->edited(asked, edits)) response.body = *std::move(body);
  });
  auto const answer = site.get(asked);
  site.tap().damage({});
  static_cast<void>(site.traffic());
  workbench.expect(
      !answer && (answer.error().code == ErrorCode::protocol || answer.error().code == ErrorCode::not_found),
      "`protocol` or `not_found` for a response with a campaign other than " + asked,
      answer ? "campaign " + answer->id : to_string(answer.error()));
}

}  // namespace

void check_ids(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const ids = site->simulator().campaign_ids();
  if (ids.size() < 2) return;
  auto const& known = ids.back();
  static_cast<void>(site->get(known));
  static_cast<void>(site->traffic());

  // Find out where a detail's request contains the id.
  auto const good = site->get(known);
  auto const requests = site->traffic();
  if (requests.empty()) return;
  UrlFrame const frame{requests.front().request.url, known};

  try_another(workbench, *site, known, ids.front());

  auto const& gone = ids.front();
  site->simulator().remove_campaign(gone);
  auto const missing = site->get(gone);
  workbench.expect(!missing && missing.error().code == ErrorCode::not_found &&
                       missing.error().effect == Effect::none && missing.error().attempts == 1,
                   "`not_found` for the id of a deleted campaign", shown(missing));
  static_cast<void>(site->traffic());

  for (auto const& odd : odd_ids(known)) {
    auto const answer = site->get(odd);
    workbench.expect(!answer && answer.error().effect == Effect::none &&
                         (answer.error().code == ErrorCode::not_found ||
                          answer.error().code == ErrorCode::invalid_argument),
                     "`not_found` or `invalid_argument` for the id \"" + odd + '"',
                     answer ? "campaign " + answer->id : to_string(answer.error()));
    for (auto const& one : site->traffic()) {
      if (site->of_session(one.request)) continue;
      workbench.expect(frame.contains(one.request.url),
                       std::string{"the id \""}
                           .append(odd)
                           .append("\" in a single part of the URL, as in ")
                           .append(frame.pattern()),
                       one.request.url);
    }
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
