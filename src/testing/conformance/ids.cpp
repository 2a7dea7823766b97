// Ids: a program may request any string, and gets only the campaign that it requested.
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
  std::string const pattern = requests.front().request.url;
  auto const at = place_of(pattern, known);
  auto const in_url = at != std::string::npos;

  try_another(workbench, *site, known, ids.front());

  auto const& gone = ids.front();
  site->simulator().remove_campaign(gone);
  auto const missing = site->get(gone);
  workbench.expect(!missing && missing.error().code == ErrorCode::not_found &&
                       missing.error().effect == Effect::none && missing.error().attempts == 1,
                   "`not_found` for the id of a deleted campaign", shown(missing));
  static_cast<void>(site->traffic());

  for (std::string const& odd :
       {std::string{}, std::string{"."}, std::string{".."}, std::string{"../" + known}, std::string{"a/b"},
        known + "?x=1", known + "&x=1", known + "#x", std::string{"%2e%2e"}, std::string{"two words"},
        std::string{"caf\xC3\xA9"}, std::string{"\r\nX-Odd: 1"}, std::string(300, '9')}) {
    auto const answer = site->get(odd);
    workbench.expect(!answer && answer.error().effect == Effect::none &&
                         (answer.error().code == ErrorCode::not_found ||
                          answer.error().code == ErrorCode::invalid_argument),
                     "`not_found` or `invalid_argument` for the id \"" + odd + '"',
                     answer ? "campaign " + answer->id : to_string(answer.error()));
    for (auto const& one : site->traffic()) {
      if (!in_url || site->of_session(one.request)) continue;
      auto const& url = one.request.url;
      std::string_view const before{pattern.data(), at};
      auto const after = std::string_view{pattern}.substr(at + known.size());
      auto const framed =
          url.size() > before.size() + after.size() && url.starts_with(before) && url.ends_with(after);
      auto const part =
          framed ? std::string_view{url}.substr(before.size(), url.size() - before.size() - after.size())
                 : std::string_view{};
      auto const contained = std::ranges::all_of(part, [](char c) {
        return c > ' ' && c < '\x7F' && std::string_view{"/?#&"}.find(c) == std::string_view::npos;
      });
      workbench.expect(framed && contained && part != "." && part != "..",
                       std::string{"the id \""}
                           .append(odd)
                           .append("\" in a single part of the URL, as in ")
                           .append(pattern),
                       url);
    }
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
