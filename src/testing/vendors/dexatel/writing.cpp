#include "testing/vendors/dexatel/writing.hpp"

#include "testing/vendors/dexatel/records.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::dexatel {

using Json = nlohmann::ordered_json;

namespace {

constexpr auto name_exists = "Campaign with this name already exists";

}  // namespace

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path.size() < 2 || path[0] != "v1") return std::nullopt;
  auto const& method = request.method;
  auto const& resource = path[1];
  if (method == "GET") return read(target);
  if (method == "DELETE" && path.size() == 3 && resource == "campaigns") return delete_campaign(path[2]);
  if (method == "DELETE" && path.size() == 3 && resource == "audiences") return delete_audience(path[2]);
  bool const post = method == "POST" && path.size() == 2 &&
                    (resource == "campaigns" || resource == "templates" || resource == "audiences");
  bool const put = method == "PUT" && path.size() == 3 && resource == "campaigns";
  bool const contacts =
      method == "POST" && path.size() == 4 && resource == "audiences" && path[3] == "contacts";
  if (post || put || contacts) return write(request, target);
  return std::nullopt;
}

std::optional<Answer> Writing::read(RequestTarget const& target) const {
  auto const& path = target.segments;
  auto const& resource = path[1];
  if (path.size() == 2 && resource == "templates") return templates(target);
  if (path.size() == 3 && resource == "templates") return get_template(path[2]);
  if (path.size() == 2 && resource == "senders") return senders(target);
  if (path.size() == 2 && resource == "audiences") return audiences(target);
  if (path.size() == 3 && resource == "audiences") return audience(path[2]);
  if (path.size() == 4 && resource == "audiences" && path[3] == "contacts") return contacts(path[2], target);
  return std::nullopt;
}

Answer Writing::write(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (!contains_text(request_header(request, "Content-Type").value_or(""), "json"))
    return refusal(415, "Content type is not supported", 0);
  auto const body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refusal(400, "Invalid JSON body", 1005);
  if (!body.contains("data") || !body["data"].is_object()) return refusal(400, "'data' is required", 1007);
  auto const& data = body["data"];
  if (path.size() == 4) return add_contacts(path[2], data);
  if (path.size() == 3) return change_campaign(path[2], data);
  return path[1] == "campaigns"   ? add_campaign(data)
         : path[1] == "templates" ? add_template(data)
                                  : add_audience(data);
}

std::string Writing::read_name(Json const& data, std::string_view id, Problems& problems) const {
  auto name = text_of(data, "name");
  auto const& campaigns = simulator_.campaigns();
  bool const taken = std::ranges::any_of(campaigns, [&](SimulatedCampaign const& campaign) {
    return campaign.name == name && campaign.id != id;
  });
  if (characters(name) > longest_name) problems.push_back({"'data.name' is too long", 0});
  if (!name.empty() && taken) problems.push_back({name_exists, 0});
  return name;
}

std::optional<std::chrono::sys_seconds> Writing::read_schedule(Json const& data, Problems& problems) const {
  if (!data.contains("schedule") || data["schedule"].is_null()) return std::nullopt;
  auto const wall = read_wall(text_of(data, "schedule"));
  if (!wall) {
    problems.push_back({"'data.schedule' is invalid", 1609});
    return std::nullopt;
  }
  std::chrono::sys_seconds const start{wall->time_since_epoch()};
  if (start <= simulator_.now()) problems.push_back({"'data.schedule' should be after now", 1522});
  return start;
}

Answer Writing::add_campaign(Json const& data) {
  auto& account = simulator_.account();
  auto const channel = channel_of(data);
  Problems problems;
  // In this order: from, audience, template, schedule, and whether their channels match.
  auto const from = text_of(data, "from");
  bool const known = std::ranges::any_of(account.senders, [&](SimulatedSender const& sender) {
    return sender.text == from && (!channel || sender.channel == *channel);
  });
  if (from.empty())
    problems.push_back({"'data.from' is required", 1603});
  else if (!known)
    problems.push_back({"'data.from' is invalid", 1604});
  auto const audience_id = text_of(data, "audience");
  auto const* const list = account.find_list(audience_id);
  if (audience_id.empty())
    problems.push_back({"'data.audience' is required", 1605});
  else if (list == nullptr)
    problems.push_back({"'data.audience' is invalid", 1606});
  auto const template_id = text_of(data, "template");
  auto const form = std::ranges::find(account.templates, template_id, &SimulatedTemplate::id);
  bool const usable = form != account.templates.end() &&
                      (form->channel != Channel::whatsapp || simulator_.is("template_status", "completed"));
  if (template_id.empty())
    problems.push_back({"'data.template' is required", 1607});
  else if (!usable)
    problems.push_back({"'data.template' is invalid", 1608});
  auto const start = read_schedule(data, problems);
  if (!channel) problems.push_back({"'data.channel' is invalid", 0});
  if (list != nullptr && usable && channel_of_audience(audience_id) != form->channel)
    problems.push_back({"Audience and template do not match", 1613});
  if (channel && usable && form->channel != *channel)
    problems.push_back({"Template does not match with the channel", 1616});
  if (channel && list != nullptr && channel_of_audience(audience_id) != *channel)
    problems.push_back({"Audience does not match with the channel", 1617});
  auto name = read_name(data, {}, problems);
  if (!problems.empty()) return refusal(std::move(problems));

  auto const id = account
                      .create({.name = std::move(name),
                               .sender = from,
                               .text = form->text,
                               .channel = *channel,
                               .recipients = list->members,
                               .filtered = 0,
                               .lists = {{list->id, list->name}},
                               .status = start ? StatusCode::scheduled : StatusCode::queued,
                               .scheduled = start},
                              simulator_.now(), simulator_.request_number())
                      .id;
  if (!start) account.enter(id, StatusCode::sending, simulator_.now());
  account.change(id, [&](SimulatedCampaign& campaign) { campaign.template_id = template_id; });
  auto record = campaign_record(*simulator_.find(id), simulator_, account_id_, true);
  if (simulator_.is("create_id", "absent")) record.erase("id");
  if (simulator_.is("create", "array")) record = Json::array({std::move(record)});
  return success(std::move(record), simulator_.is("create_http", "200") ? 200 : 201);
}

Answer Writing::change_campaign(std::string const& id, Json const& data) {
  if (!is_uuid(id)) return refusal(400, "Campaign id is invalid", 1602);
  auto& account = simulator_.account();
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(404, "Campaign is not found", 1601);
  using enum StatusCode;
  if (data.contains("status")) {
    auto const status = text_of(data, "status");
    if ((status != "canceled" && status != "cancelled") || campaign->status != scheduled)
      return refusal(400, "'data.status' cannot be changed", 1611);
    account.enter(id, canceled, simulator_.now());
  } else {
    if (campaign->status != scheduled) return refusal(400, "Campaign cannot be changed", 1611);
    Problems problems;
    auto const start = read_schedule(data, problems);
    auto const name = read_name(data, id, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    account.change(id, [&](SimulatedCampaign& changed) {
      if (!name.empty()) changed.name = name;
      if (start) changed.scheduled = start;
      changed.updated = simulator_.now();
    });
  }
  return success(campaign_record(*simulator_.find(id), simulator_, account_id_, true));
}

Answer Writing::delete_campaign(std::string const& id) {
  if (!is_uuid(id)) return refusal(400, "Campaign id is invalid", 1602);
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(404, "Campaign is not found", 1601);
  // Which campaigns can be deleted is not documented. Here, all but those that are being sent.
  if (campaign->status == StatusCode::sending) return refusal(400, "Campaign cannot be deleted", 1612);
  simulator_.account().remove(id);
  return success({}, 204);
}

Answer Writing::add_template(Json const& data) {
  auto& account = simulator_.account();
  auto const channel = channel_of(data);
  auto const text = text_of(data, "text");
  auto name = text_of(data, "name");
  Problems problems;
  if (text.empty()) problems.push_back({"'data.text' is required", 1255});
  if (characters(text) > 1'000) problems.push_back({"'data.text' is too long", 1263});
  if (!channel) problems.push_back({"'data.channel' is invalid", 1256});
  if (channel == Channel::whatsapp && name.empty()) problems.push_back({"'data.name' is required", 1260});
  if (channel == Channel::whatsapp && text_of(data, "wa_sender_code").empty())
    problems.push_back({"'data.wa_sender_code' is required", 1241});
  if (characters(name) > longest_name) problems.push_back({"'data.name' is too long", 1261});
  auto const number = account.templates.size() + 1;
  if (name.empty()) name = "template-" + std::to_string(number);
  if (std::ranges::find(account.templates, name, &SimulatedTemplate::name) != account.templates.end())
    problems.push_back({"Template with this name already exists", 1257});
  if (!problems.empty()) return refusal(std::move(problems));
  account.templates.push_back({uuid_text(simulator_.options().seed * 7919 + number), name, text, *channel});
  return success(template_record(account.templates.back()), 201);
}

Answer Writing::get_template(std::string const& id) const {
  auto const& all = simulator_.account().templates;
  auto const found = std::ranges::find(all, id, &SimulatedTemplate::id);
  if (found == all.end()) return refusal(404, "Template is not found", 1251);
  return success(template_record(*found));
}

char const* Writing::template_status() const {
  return simulator_.is("template_status", "completed") ? "COMPLETED" : "PENDING";
}

Json Writing::channel_value(Channel channel) const {
  return channel_word(channel, simulator_.is("channel_case", "lower"));
}

Json Writing::template_record(SimulatedTemplate const& form) const {
  return {{"id", form.id},
          {"account_id", account_id_},
          {"name", form.name},
          {"text", form.text},
          {"channel", channel_value(form.channel)},
          {"status", template_status()}};
}

Answer Writing::templates(RequestTarget const& target) const {
  auto items = Json::array();
  for (auto const& each : simulator_.account().templates)
    if (passes(target, "channel", channel_word(each.channel, false)) && passes(target, "name", each.name) &&
        passes(target, "status", template_status()))
      items.push_back(template_record(each));
  return page(std::move(items), target);
}

}  // namespace polycampaign::inline v1::testing::dexatel
