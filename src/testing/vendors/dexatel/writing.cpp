#include "testing/vendors/dexatel/writing.hpp"

#include "testing/vendors/dexatel/records.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::dexatel {

namespace {

using Json = Writing::Json;
using Answer = Writing::Answer;

Answer refusal(int status, std::string message, int code) {
  return {.status = status, .message = std::move(message), .code = code};
}

std::string text_of(Json const& data, char const* name) {
  return data.contains(name) && data[name].is_string() ? data[name].get<std::string>() : std::string{};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<Channel> channel_of(Json const& data) {
  auto const word = text_of(data, "channel");
  for (auto const channel : {Channel::sms, Channel::viber, Channel::whatsapp})
    if (same_text(word, channel_word(channel, false))) return channel;
  return std::nullopt;
}

constexpr std::size_t longest_name = 45;

}  // namespace

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path.size() < 2 || path[0] != "v1") return std::nullopt;
  auto const& method = request.method;
  auto const& resource = path[1];
  if (method == "GET" && path.size() == 2 && resource == "templates") return templates(target);
  if (method == "GET" && path.size() == 2 && resource == "senders") return senders(target);
  if (method == "GET" && path.size() == 3 && resource == "audiences") return audience(path[2]);
  if (method == "DELETE" && path.size() == 3 && resource == "campaigns") return delete_campaign(path[2]);
  bool const post = method == "POST" && path.size() == 2 &&
                    (resource == "campaigns" || resource == "templates" || resource == "audiences");
  bool const put = method == "PUT" && path.size() == 3 && resource == "campaigns";
  bool const contacts =
      method == "POST" && path.size() == 4 && resource == "audiences" && path[3] == "contacts";
  if (!post && !put && !contacts) return std::nullopt;

  auto const body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refusal(400, "Invalid JSON body", 1005);
  if (!body.contains("data") || !body["data"].is_object()) return refusal(400, "'data' is missing", 1007);
  auto const& data = body["data"];
  if (put) return change_campaign(path[2], data);
  if (contacts) return add_contacts(path[2], data);
  return resource == "campaigns"   ? add_campaign(data)
         : resource == "templates" ? add_template(data)
                                   : add_audience(data);
}

Answer Writing::add_campaign(Json const& data) {
  auto& account = simulator_.account();
  auto const from = text_of(data, "from");
  if (from.empty()) return refusal(400, "'from' is required", 1603);
  auto const sender = std::ranges::find(account.senders, from, &SimulatedSender::text);
  if (sender == account.senders.end()) return refusal(400, "'from' is invalid", 1604);
  auto const audience_id = text_of(data, "audience");
  if (audience_id.empty()) return refusal(400, "'audience' is required", 1605);
  auto const* const list = account.find_list(audience_id);
  if (list == nullptr) return refusal(400, "'audience' is invalid", 1606);
  auto const template_id = text_of(data, "template");
  if (template_id.empty()) return refusal(400, "'template' is required", 1607);
  auto const form = std::ranges::find(account.templates, template_id, &SimulatedTemplate::id);
  if (form == account.templates.end()) return refusal(400, "'template' is invalid", 1608);
  auto const channel = channel_of(data);
  if (!channel || *channel != form->channel)
    return refusal(400, "Template does not match with the channel", 1616);

  SimulatedOrder order{
      .name = text_of(data, "name"), .sender = from, .text = form->text, .channel = *channel};
  if (characters(order.name) > longest_name) return refusal(400, "'name' is too long", 0);
  auto const& campaigns = simulator_.campaigns();
  if (!order.name.empty() &&
      std::ranges::find(campaigns, order.name, &SimulatedCampaign::name) != campaigns.end())
    return refusal(409, "Campaign with this name already exists", 0);
  if (auto const schedule = text_of(data, "schedule"); !schedule.empty()) {
    auto const wall = read_wall(schedule);
    if (!wall) return refusal(400, "'schedule' is invalid", 1609);
    order.scheduled = std::chrono::sys_seconds{wall->time_since_epoch()};
    if (*order.scheduled <= simulator_.now()) return refusal(400, "'schedule' must be after now", 1522);
  }
  order.recipients = list->members;
  order.lists.push_back({list->id, list->name});
  order.status = order.scheduled ? StatusCode::scheduled : StatusCode::queued;
  auto const begins = !order.scheduled;
  auto const id = account.create(std::move(order), simulator_.now(), simulator_.request_number()).id;
  if (begins) account.enter(id, StatusCode::sending, simulator_.now());
  account.change(id, [&](SimulatedCampaign& campaign) { campaign.template_id = template_id; });
  auto record = campaign_record(*simulator_.find(id), simulator_, account_id_, true);
  if (simulator_.is("create_id", "absent")) record.erase("id");
  if (simulator_.is("create", "array")) record = Json::array({std::move(record)});
  return {.status = simulator_.is("create_http", "200") ? 200 : 201, .data = std::move(record)};
}

Answer Writing::change_campaign(std::string const& id, Json const& data) {
  auto& account = simulator_.account();
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(404, "Campaign is not found", 1601);
  using enum StatusCode;
  if (auto const status = text_of(data, "status"); !status.empty()) {
    if ((status != "canceled" && status != "cancelled") || campaign->status != scheduled)
      return refusal(400, "'status' cannot be changed", 1611);
    account.enter(id, canceled, simulator_.now());
  } else {
    if (campaign->status != scheduled) return refusal(400, "Campaign cannot be changed", 1611);
    auto const name = text_of(data, "name");
    if (characters(name) > longest_name) return refusal(400, "'name' is too long", 0);
    std::optional<std::chrono::sys_seconds> start;
    if (auto const schedule = text_of(data, "schedule"); !schedule.empty()) {
      auto const wall = read_wall(schedule);
      if (!wall) return refusal(400, "'schedule' is invalid", 1609);
      start = std::chrono::sys_seconds{wall->time_since_epoch()};
      if (*start <= simulator_.now()) return refusal(400, "'schedule' must be after now", 1522);
    }
    account.change(id, [&](SimulatedCampaign& changed) {
      if (!name.empty()) changed.name = name;
      if (start) changed.scheduled = start;
      changed.updated = simulator_.now();
    });
  }
  return {.data = campaign_record(*simulator_.find(id), simulator_, account_id_, true)};
}

Answer Writing::delete_campaign(std::string const& id) {
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(404, "Campaign is not found", 1601);
  if (campaign->status == StatusCode::sending || campaign->status == StatusCode::queued)
    return refusal(400, "Campaign cannot be deleted", 1612);
  simulator_.account().remove(id);
  return {.status = 204};
}

Answer Writing::add_template(Json const& data) {
  auto& account = simulator_.account();
  auto const text = text_of(data, "text");
  auto const name = text_of(data, "name");
  if (text.empty()) return refusal(400, "'text' is required", 1255);
  if (characters(text) > 1'000) return refusal(400, "'text' is too long", 1263);
  auto const channel = channel_of(data);
  if (!channel) return refusal(400, "'channel' is invalid", 1256);
  if (characters(name) > longest_name) return refusal(400, "'name' is too long", 1261);
  if (std::ranges::find(account.templates, name, &SimulatedTemplate::name) != account.templates.end())
    return refusal(409, "Template with this name already exists", 1257);
  auto const seed = simulator_.options().seed * 7919 + account.templates.size() + 1;
  account.templates.push_back({uuid_text(seed), name, text, *channel});
  return {.status = 201, .data = {{"id", account.templates.back().id}, {"name", name}, {"text", text}}};
}

Answer Writing::templates(RequestTarget const& target) const {
  auto const channel = target.parameter("filter[channel]").value_or("");
  auto items = Json::array();
  for (auto const& each : simulator_.account().templates)
    if (channel.empty() || same_text(channel, channel_word(each.channel, false)))
      items.push_back({{"id", each.id},
                       {"account_id", account_id_},
                       {"name", each.name},
                       {"text", each.text},
                       {"channel", channel_word(each.channel, simulator_.is("channel_case", "lower"))},
                       {"status", "COMPLETED"}});
  return page(std::move(items), target, "/v1/templates");
}

std::optional<Answer> Writing::read_contacts(Json const& data,
                                             std::vector<SimulatedRecipient>& members) const {
  if (!data.contains("contacts")) return std::nullopt;
  auto const& contacts = data["contacts"];
  if (!contacts.is_array()) return refusal(400, "'contacts' is invalid", 1308);
  auto const most = simulator_.switch_number("contacts_limit");
  if (static_cast<std::int64_t>(contacts.size()) > most)
    return refusal(400, "'contacts' should contain at most " + std::to_string(most) + " items", 1308);
  for (auto const& contact : contacts) {
    auto const number = contact.is_object() ? text_of(contact, "number") : std::string{};
    if (number.empty()) return refusal(400, "'number' is required", 1353);
    if (number.size() > 16) return refusal(400, "'number' is too long", 1355);
    members.push_back({.number = number});
  }
  return std::nullopt;
}

Json Writing::audience_record(SimulatedAddressBook const& list) const {
  return {{"id", list.id},
          {"account_id", account_id_},
          {"name", list.name},
          {"channel", "SMS"},
          {"contacts_count", list.members.size()},
          {"create_date", wall_text(utc_wall(list.created))}};
}

Answer Writing::add_audience(Json const& data) {
  auto const name = text_of(data, "name");
  if (name.empty()) return refusal(400, "'name' is required", 1303);
  auto const valid = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  if (!std::ranges::all_of(name, valid)) return refusal(400, "'name' is invalid", 1304);
  if (name.size() > longest_name) return refusal(400, "'name' is too long", 1305);
  if (!channel_of(data)) return refusal(400, "'channel' is invalid", 1307);
  auto const& lists = simulator_.account().lists();
  if (std::ranges::find(lists, name, &SimulatedAddressBook::name) != lists.end())
    return refusal(409, "Audience with this name already exists", 1309);
  std::vector<SimulatedRecipient> members;
  if (auto wrong = read_contacts(data, members)) return *std::move(wrong);
  auto const& list = simulator_.account().add_list(name, std::move(members), simulator_.now());
  auto record = audience_record(list);
  record.erase("contacts_count");
  return {.status = 201, .data = std::move(record)};
}

Answer Writing::audience(std::string const& id) const {
  auto const* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refusal(404, "Audience is not found", 1301);
  auto record = audience_record(*list);
  if (simulator_.is("contacts_count", "absent")) record.erase("contacts_count");
  return {.data = std::move(record)};
}

Answer Writing::add_contacts(std::string const& id, Json const& data) {
  auto* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refusal(404, "Audience is not found", 1301);
  std::vector<SimulatedRecipient> members;
  if (auto wrong = read_contacts(data, members)) return *std::move(wrong);
  // How the service takes several contacts is not documented. It may look at the first one only.
  if (simulator_.is("contacts_added", "first") && members.size() > 1) members.resize(1);
  list->members.insert(list->members.end(), members.begin(), members.end());
  return {.status = 201, .data = Json::array()};
}

Answer Writing::senders(RequestTarget const& target) const {
  auto items = Json::array();
  for (auto const& each : simulator_.account().senders)
    items.push_back({{"id", each.id},
                     {"account_id", account_id_},
                     {"name", each.text},
                     {"code", each.text},
                     {"channel", channel_word(each.channel, simulator_.is("channel_case", "lower"))},
                     {"type", "alphanumeric"},
                     {"status", "available"},
                     {"countries", {"CH", "FR"}}});
  return page(std::move(items), target, "/v1/senders");
}

Answer Writing::page(Json all, RequestTarget const& target, char const* path) const {
  auto const size =
      std::clamp<std::int64_t>(whole_number(target.parameter("page_size").value_or("20")).value_or(20), 1,
                               std::max<std::int64_t>(simulator_.switch_number("page_cap"), 1));
  auto const number = whole_number(target.parameter("page_token").value_or("0")).value_or(0);
  auto const total = static_cast<std::int64_t>(all.size());
  auto items = Json::array();
  for (auto i = number * size; i < std::min(total, (number + 1) * size); ++i)
    items.push_back(std::move(all[static_cast<std::size_t>(i)]));
  Json next;
  if ((number + 1) * size < total)
    next = std::string{path} + "?page_token=" + std::to_string(number + 1) +
           "&page_size=" + std::to_string(size);
  Json pagination{{"number", number + 1}, {"size", items.size()}, {"total", total}};
  pagination["links"] = {{"next", std::move(next)}};
  return {.data = std::move(items), .pagination = std::move(pagination)};
}

}  // namespace polycampaign::inline v1::testing::dexatel
