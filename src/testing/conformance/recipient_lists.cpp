// Lists of recipients that are read: one alone agrees with the list of all, and with what the vendor stores.
#include "testing/conformance/element_edits.hpp"
#include "testing/conformance/ids.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

Result<Element> get_list(Site& site, std::string const& id) {
  return site.client().call(GetRecipientList{id}).transform([](RecipientList const& list) {
    return element_of(list);
  });
}

class ListReader {
 public:
  ListReader(Workbench& workbench, Site& site) : workbench_{workbench}, site_{site} {}

  /// Compares a list with what the vendor stores.
  void expect_true(Element const& list, std::string const& where) {
    auto const stored = site_.simulator().lists();
    auto const so = std::ranges::find(stored, list.id, &SimulatedAddressBook::id);
    if (!workbench_.expect(so != stored.end(), "the id of a list that the vendor has" + where,
                           '"' + list.id + '"'))
      return;
    auto const compare = [&](std::string const& name, std::string const& truth) {
      auto const value = list.values.find(name);
      workbench_.expect(value == list.values.end() || value->second == truth,
                        name + " \"" + truth + '"' + where, list.value(name));
    };
    compare("name", so->name);
    compare("size", std::to_string(so->members.size()));
    workbench_.expect(list.has_time("created_at", so->created),
                      "created_at \"" + to_rfc3339(so->created) + '"' + where, list.value("created_at"));
  }

  void check_each(std::vector<Element> const& listed) {
    for (auto const& list : listed) {
      auto const alone = get_list(site_, list.id);
      if (!alone) workbench_.said(alone.error());
      if (!workbench_.expect(alone.has_value(), "the list " + list.id, shown(alone))) continue;
      expect_true(*alone, " from `get_list`");
      for (auto const& [name, value] : list.values)
        if (alone->values.contains(name))
          workbench_.expect(alone->value(name) == value, "`get_list` to agree with the list of all",
                            difference(list, *alone));
    }
  }

  void check_ids(std::string const& known) {
    static_cast<void>(site_.traffic());
    static_cast<void>(get_list(site_, known));
    auto const requests = site_.traffic();
    if (requests.empty()) return;
    UrlFrame const frame{requests.back().request.url, known};
    auto odd = odd_ids(known);
    odd.push_back(known + "0");
    for (auto const& id : odd) {
      auto const answer = get_list(site_, id);
      if (!answer) workbench_.said(answer.error());
      workbench_.expect(!answer && answer.error().effect == Effect::none &&
                            (answer.error().code == ErrorCode::not_found ||
                             answer.error().code == ErrorCode::invalid_argument),
                        "`not_found` or `invalid_argument` for a list with the id \"" + id + '"',
                        shown(answer));
      for (auto const& one : site_.traffic())
        if (!site_.of_session(one.request))
          workbench_.expect(fit(one.request) && frame.contains(one.request.url),
                            "the id \"" + id + "\" in a single part of the URL, as in " + frame.pattern(),
                            one.request.url);
    }
  }

  void check_edits(std::string const& id) {
    auto const base = get_list(site_, id);
    if (!base) return;
    std::vector<Member> members;
    site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
      auto const answer = site_.of_session(request) ? nullptr : Answer::parse(response.body);
      if (answer) members = answer->members(id);
    });
    static_cast<void>(get_list(site_, id));
    ElementEdits edits{workbench_, "a list from `get_list`", *base, {}};
    for (auto const& member : members)
      edits.try_member(member, [&](Edit const& edit) -> std::optional<EditedElement> {
        bool done = false;
        site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
          auto const answer = site_.of_session(request) ? nullptr : Answer::parse(response.body);
          if (!answer || answer->members(id).empty()) return;
          if (auto body = answer->edited(id, {&edit, 1})) {
            response.body = *std::move(body);
            done = true;
          }
        });
        auto list = get_list(site_, id);
        if (!done) return std::nullopt;
        EditedElement result;
        if (list)
          result.element = *std::move(list);
        else
          result.error = std::move(list).error();
        workbench_.expect(!result.error || member.text == id,
                          "a list from `get_list` although " + edit.path + " is odd",
                          result.error ? to_string(*result.error) : "");
        return result;
      });
    try_other_list(id);
    for (auto const* const body : {"", "<html>no</html>", "{\"", "{}"}) {
      site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
        if (!site_.of_session(request)) response.body = body;
      });
      auto const answer = get_list(site_, id);
      if (!answer) workbench_.said(answer.error());
      workbench_.expect(!answer && answer.error().code == ErrorCode::protocol,
                        std::string{"`protocol` for a list from the body '"} + body + '\'', shown(answer));
    }
    site_.tap().damage({});
    static_cast<void>(site_.traffic());
  }

 private:
  /// Puts another id into the record that was asked for.
  void try_other_list(std::string const& id) {
    bool done = false;
    site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
      auto const answer = site_.of_session(request) ? nullptr : Answer::parse(response.body);
      if (!answer) return;
      for (auto const& member : answer->members(id)) {
        if (member.text != id) continue;
        Edit const edit{member.path, member.kind == MemberKind::number ? Rewrite::number : Rewrite::text,
                        "7"};
        if (auto body = answer->edited(id, {&edit, 1})) {
          response.body = *std::move(body);
          done = true;
        }
        break;
      }
    });
    auto const answer = get_list(site_, id);
    if (done)
      workbench_.expect(!answer, "an error for a response with another list than " + id,
                        answer ? "the list " + answer->id : "");
  }

  Workbench& workbench_;
  Site& site_;
};

}  // namespace

void check_recipient_lists(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  ListReader reader{workbench, *site};
  std::vector<Element> listed;
  for (auto const& kind : element_kinds(site->adapter()))
    if (kind.operation == ListRecipientLists::operation)
      listed = kind.read(*site, site->client(), {}).elements;
  for (auto const& list : listed) reader.expect_true(list, " from the list of all");
  if (site->adapter().has(ListRecipientLists::operation))
    workbench.expect(listed.size() == site->simulator().lists().size(),
                     "each of the account's " + std::to_string(site->simulator().lists().size()) + " lists",
                     std::to_string(listed.size()));
  if (!site->adapter().has(GetRecipientList::operation)) return;
  if (listed.empty())
    for (auto const& list : site->simulator().lists()) listed.push_back({.id = list.id});
  if (listed.empty()) return;
  reader.check_each(listed);
  reader.check_ids(listed.front().id);
  reader.check_edits(listed.front().id);
}

}  // namespace polycampaign::inline v1::testing::conformance
