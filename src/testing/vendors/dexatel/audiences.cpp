#include "testing/vendors/dexatel/contacts.hpp"
#include "testing/vendors/dexatel/links.hpp"
#include "testing/vendors/dexatel/records.hpp"
#include "testing/vendors/dexatel/writing.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::dexatel {

using Json = nlohmann::ordered_json;

Channel Writing::channel_of_audience(std::string const& id) const {
  auto const found = audience_channels_.find(id);
  return found == audience_channels_.end() ? Channel::sms : found->second;
}

Json Writing::audience_record(SimulatedAddressBook const& list) const {
  auto const created = wall_text(utc_wall(list.created));
  return {{"id", list.id},          {"account_id", account_id_},
          {"name", list.name},      {"channel", channel_value(channel_of_audience(list.id))},
          {"create_date", created}, {"update_date", created}};
}

Answer Writing::add_audience(Json const& data) {
  auto const name = text_of(data, "name");
  auto const valid = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  Problems problems;
  if (name.empty()) problems.push_back({"'data.name' is required", 1303});
  if (!std::ranges::all_of(name, valid)) problems.push_back({"'data.name' is invalid", 1304});
  if (characters(name) > longest_name) problems.push_back({"'data.name' is too long", 1305});
  auto const channel = channel_of(data);
  if (!data.contains("channel"))
    problems.push_back({"'data.channel' is required", 1306});
  else if (!channel)
    problems.push_back({"'data.channel' should be one of SMS, WHATSAPP, VIBER", 1307});
  std::vector<SimulatedRecipient> members;
  if (data.contains("contacts")) members = read_contacts(data, {}, simulator_, problems);
  auto const& lists = simulator_.account().lists();
  if (std::ranges::find(lists, name, &SimulatedAddressBook::name) != lists.end())
    problems.push_back({"Audience with this name already exists", 1309});
  if (!problems.empty()) return refusal(std::move(problems));
  auto const& list = simulator_.account().add_list(name, std::move(members), simulator_.now());
  audience_channels_[list.id] = *channel;
  return one_audience(audience_record(list), 201);
}

Answer Writing::one_audience(Json record, int status) const {
  bool const array = simulator_.is("audience", "array");
  auto answer = success(array ? Json::array({std::move(record)}) : std::move(record), status);
  answer.bare = simulator_.is("audience", "root");
  return answer;
}

Answer Writing::delete_audience(std::string const& id) {
  if (!is_uuid(id)) return refusal(400, "Audience id is invalid", 1302);
  // Whether a campaign protects its audience is not documented. Here, campaigns keep their recipients.
  if (!simulator_.account().remove_list(id)) return refusal(404, "Audience is not found", 1301);
  return success({}, 204);
}

Answer Writing::audience(std::string const& id) const {
  if (!is_uuid(id)) return refusal(400, "Audience id is invalid", 1302);
  auto const* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refusal(404, "Audience is not found", 1301);
  auto record = audience_record(*list);
  if (!simulator_.is("contacts_count", "absent")) record["contacts_count"] = list->members.size();
  return one_audience(std::move(record), 200);
}

Answer Writing::audiences(RequestTarget const& target) const {
  auto items = Json::array();
  for (auto const& list : simulator_.account().lists())
    if (passes(target, "channel", channel_word(channel_of_audience(list.id), false))) {
      items.push_back(audience_record(list));
      if (simulator_.is("contacts_count", "listed")) items.back()["contacts_count"] = list.members.size();
    }
  return page(std::move(items), target);
}

Answer Writing::add_contacts(std::string const& id, Json const& data) {
  if (!is_uuid(id)) return refusal(400, "Audience id is invalid", 1302);
  auto* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refusal(404, "Audience is not found", 1301);
  Problems problems;
  auto members = read_contacts(data, list->members, simulator_, problems);
  if (!problems.empty()) return refusal(std::move(problems));
  // How the service takes several contacts is not documented. It may look at the first one only.
  if (simulator_.is("contacts_added", "first") && members.size() > 1) members.resize(1);
  auto added = Json::array();
  for (auto const& member : members) added.push_back({{"audience_id", id}, {"number", member.number}});
  list->members.insert(list->members.end(), members.begin(), members.end());
  return success(std::move(added), 201);
}

Answer Writing::contacts(std::string const& id, RequestTarget const& target) const {
  if (!is_uuid(id)) return refusal(400, "Audience id is invalid", 1302);
  auto const* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refusal(404, "Audience is not found", 1301);
  auto const search = target.parameter("filter[search]").value_or("");
  auto items = Json::array();
  for (auto const& member : list->members)
    if (contains_text(member.number, search))
      items.push_back({{"account_id", account_id_}, {"audience_id", id}, {"number", member.number}});
  return page(std::move(items), target);
}

Answer Writing::senders(RequestTarget const& target) const {
  auto items = Json::array();
  for (auto const& each : simulator_.account().senders) {
    auto const* const type = each.text.starts_with('+') ? "did" : "alphanumeric";
    if (passes(target, "channel", channel_word(each.channel, false)) && passes(target, "name", each.text) &&
        passes(target, "type", type) && passes(target, "status", "available"))
      items.push_back({{"id", each.id},
                       {"account_id", account_id_},
                       {"name", each.text},
                       {"code", each.text},
                       {"channel", channel_value(each.channel)},
                       {"type", type},
                       {"status", "available"},
                       {"countries", {"CH", "FR"}}});
  }
  return page(std::move(items), target);
}

Answer Writing::page(Json all, RequestTarget const& target) const {
  auto const wanted = whole_number(target.parameter("page_size").value_or("20"));
  if (!wanted || *wanted < 1) return refusal(400, "'page_size' is invalid", 0);
  PageLink here{.path = target.path};
  here.size = std::min(*wanted, std::max<std::int64_t>(simulator_.switch_number("page_cap"), 1));
  for (auto const& [name, value] : target.query)
    if (name.starts_with("filter[")) here.query += '&' + percent_encode(name) + '=' + percent_encode(value);
  // A token belongs to its list and its filters.
  here.token.filter = target.path + here.query;
  if (auto const text = target.parameter("page_token")) {
    auto const token = read_token(*text, simulator_.options().seed);
    if (!token || token->filter != here.token.filter) return refusal(400, "'page_token' is invalid", 0);
    here.token.page = token->page;
  }
  auto const total = static_cast<std::int64_t>(all.size());
  auto const from = here.token.page * here.size;
  auto items = Json::array();
  for (auto i = from; i < std::min(total, from + here.size); ++i)
    items.push_back(std::move(all[static_cast<std::size_t>(i)]));
  auto const at = [&](std::int64_t page) {
    auto link = here;
    link.token.page = page;
    return link;
  };
  auto const page = here.token.page;
  Json links{{"first", write_link(simulator_, at(0), false)},
             {"current", write_link(simulator_, here, false)}};
  add_link(simulator_, links, "previous", page > 0, at(page - 1));
  bool const repeat = simulator_.is("next", "repeat") && page > 0;
  add_link(simulator_, links, "next", from + here.size < total, at(repeat ? page : page + 1));
  Json pagination{{"number", page + simulator_.switch_number("number")},
                  {"size", items.size()},
                  {"total", total},
                  {"links", std::move(links)}};
  return {.status = 200, .problems = {}, .data = std::move(items), .pagination = std::move(pagination)};
}

}  // namespace polycampaign::inline v1::testing::dexatel
