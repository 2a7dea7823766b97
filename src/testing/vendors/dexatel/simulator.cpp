#include "testing/vendors/dexatel/simulator.hpp"

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/dexatel/answer.hpp"
#include "testing/vendors/dexatel/links.hpp"
#include "testing/vendors/dexatel/page_token.hpp"
#include "testing/vendors/dexatel/records.hpp"
#include "testing/vendors/dexatel/writing.hpp"
#include "testing/wall_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace polycampaign::inline v1::testing::dexatel {

namespace {

using Json = nlohmann::ordered_json;
using Campaigns = std::vector<SimulatedCampaign const*>;

constexpr std::int64_t default_page_size = 20;  // our choice: the documents give none
constexpr std::string_view channel_filter = "filter[channel]";

constexpr Switch switches[] = {
    {"read", "array|object|root",
     "the campaign in the response to the read call: in an array of one, as an object, or without `data`"},
    {"list_shape", "d2b|d2a",
     "the list as the newer pages show it (pagination, no counters), or as the older pages show it "
     "(counters, no channel, everything in one page)"},
    {"next", "absolute|relative|token|foreign|repeat",
     "links.next: a URL, a path, only the token, a URL on another host, or, from the second page on, the "
     "page itself"},
    {"end", "null|absent|empty", "links.next on the last page, and links.previous on the first"},
    {"number", "1|0", "pagination.number on the first page"},
    {"empty_page", "off|on", "the second page is empty, and the list continues after it"},
    {"page_cap", "100|30", "maximum number of records per page, whatever the request asks for; any number"},
    {"channel_case", "upper|lower", "spelling of channels: `SMS` or `sms`"},
    {"dates", "plain|misprint1|misprint2",
     "form of create_date and update_date: yyyy-MM-dd, or as misprinted in the documents: yyyyMM-dd or "
     "yyyy-MMdd"},
    {"schedule", "null|empty|absent", "the schedule member of a campaign without a schedule"},
    {"canceled", "canceled|cancelled", "spelling of the status of canceled campaigns"},
    {"in_progress", "in_progress|in-progress", "spelling of the status of campaigns in progress"},
    {"create", "object|array", "the campaign in the response to a create: an object, or in an array of one"},
    {"create_http", "201|200", "the HTTP status of a successful create"},
    {"create_id", "present|absent", "whether the response to a create contains the campaign's id"},
    {"contacts_limit", "1000|10", "maximum number of contacts in one request; any number"},
    {"invalid_prefix", "0|999",
     "contacts whose number begins with these digits are invalid; no number begins with 0"},
    {"contacts_added", "all|first",
     "whether a request that adds several contacts to an audience, which no page documents, adds all of "
     "them"},
    {"contacts_count", "present|listed|absent",
     "whether an audience shows the number of its contacts: in the response to the read call, in lists, too, "
     "or nowhere"},
    {"audience", "object|array|root",
     "the audience in the responses to read and create: as an object, in an array of one, or without `data`"},
    {"template_status", "completed|pending", "the status of templates; WhatsApp needs a completed one"},
};

constexpr StatusCode statuses[] = {StatusCode::scheduled, StatusCode::sending, StatusCode::completed,
                                   StatusCode::failed, StatusCode::canceled};
constexpr Channel vendor_channels[] = {Channel::sms, Channel::sms, Channel::viber, Channel::whatsapp};
constexpr CampaignShape campaign_shape{.statuses = statuses,
                                       .channels = vendor_channels,
                                       .ids = SimulatedId::uuid,
                                       .list_ids = SimulatedId::uuid,
                                       .min_lists = 1};

class DexatelSimulator final : public VendorSimulator {
 public:
  explicit DexatelSimulator(SimulatorOptions options)
      : VendorSimulator{std::move(options), switches, campaign_shape},
        key_{hex_text(this->options().seed, 32)},
        account_id_{uuid_text(this->options().seed)} {
    auto const add = [&](char const* text, Channel channel) {
      account().senders.push_back({uuid_text(4000 + account().senders.size()), text, channel});
    };
    for (auto const* const text : {"MyBrand", "ACME", "+41791234567"}) add(text, Channel::sms);
    for (auto const channel : {Channel::viber, Channel::whatsapp}) add("MyBrand", channel);
  }

  HttpResponse answer(HttpRequest const& request, RequestTarget const& target) override;
  std::map<std::string, std::string> credentials() const override { return {{"api_key", key_}}; }
  StatusCode next_status(SimulatedCampaign const& campaign) const override {
    bool const fails = campaign.status == StatusCode::sending && campaign.grain % 8 == 0;
    return fails ? StatusCode::failed : VendorSimulator::next_status(campaign);
  }

 private:
  struct Place {
    PageToken token{};
    std::int64_t size = default_page_size;
  };

  HttpResponse list(HttpRequest const& request, RequestTarget const& target) const;
  HttpResponse read(HttpRequest const& request, RequestTarget const& target) const;
  HttpResponse refuse(HttpRequest const& request, RequestTarget const& target, int status,
                      Problems const& problems) const;
  HttpResponse refuse(HttpRequest const& request, RequestTarget const& target, int status,
                      std::string message, int code = 0) const {
    return refuse(request, target, status, Problems{{std::move(message), code}});
  }
  Json pagination(Campaigns const& selected, Place const& here, std::int64_t from, std::int64_t size) const;
  /// Returns the token of the page with that index, which begins at `from`.
  static PageToken token_at(Campaigns const& selected, Place const& here, std::int64_t page,
                            std::int64_t from);

  std::string key_;
  std::string account_id_;
  Writing writing_{*this, account_id_};
};

HttpResponse render(int status, Json const& document) {
  return json_answer(status, document.dump(-1, ' ', false, Json::error_handler_t::replace));
}

HttpResponse DexatelSimulator::refuse(HttpRequest const& request, RequestTarget const& target, int status,
                                      Problems const& problems) const {
  auto errors = Json::array();
  for (auto const& [message, code] : problems) {
    Json error{{"timestamp", wall_text(utc_wall(now()))},
               {"path", target.path},
               {"method", request.method},
               {"status", status},
               {"message", message}};
    if (code != 0) error["code"] = code;
    errors.push_back(std::move(error));
  }
  return render(status, {{"errors", std::move(errors)}});
}

HttpResponse DexatelSimulator::answer(HttpRequest const& request, RequestTarget const& target) {
  if (request_header(request, "X-Dexatel-Key") != key_)
    return refuse(request, target, 401, "Invalid token", 1101);
  if (auto written = writing_.answer(request, target)) {
    if (!written->problems.empty()) return refuse(request, target, written->status, written->problems);
    if (written->data.is_null()) return {.status = written->status};
    if (written->bare) return render(written->status, written->data);
    Json document{{"data", std::move(written->data)}};
    if (!written->pagination.is_null()) document["pagination"] = std::move(written->pagination);
    return render(written->status, document);
  }
  auto const& path = target.segments;
  bool const campaigns = path.size() >= 2 && path[0] == "v1" && path[1] == "campaigns";
  if (!campaigns || path.size() > 3) return refuse(request, target, 404, "Resource is not found");
  if (request.method != "GET") return refuse(request, target, 405, "Method is not allowed");
  return path.size() == 2 ? list(request, target) : read(request, target);
}

HttpResponse DexatelSimulator::read(HttpRequest const& request, RequestTarget const& target) const {
  auto const& id = target.segments[2];
  if (!is_uuid(id)) return refuse(request, target, 400, "Campaign id is invalid", 1602);
  auto const* const campaign = find(id);
  if (!campaign) return refuse(request, target, 404, "Campaign is not found", 1601);
  auto found = campaign_record(*campaign, *this, account_id_, true);
  if (is("read", "root")) return render(200, found);
  return render(200, {{"data", is("read", "array") ? Json::array({std::move(found)}) : std::move(found)}});
}

HttpResponse DexatelSimulator::list(HttpRequest const& request, RequestTarget const& target) const {
  // The response to an invalid page_size or page_token is not documented.
  auto const wanted = whole_number(target.parameter("page_size").value_or(std::to_string(default_page_size)));
  if (!wanted || *wanted < 1) return refuse(request, target, 400, "'page_size' is invalid");
  Place here;
  here.size = std::min(*wanted, std::max<std::int64_t>(switch_number("page_cap"), 1));
  here.token.filter = target.parameter(channel_filter).value_or("");
  if (auto const text = target.parameter("page_token")) {
    auto token = read_token(*text, options().seed);
    if (!token || !same_text(token->filter, here.token.filter))
      return refuse(request, target, 400, "'page_token' is invalid");
    here.token = std::move(*token);
  }

  Campaigns selected;
  for (auto const& campaign : campaigns())
    if (here.token.filter.empty() || same_text(here.token.filter, channel_word(campaign.channel, false)))
      selected.push_back(&campaign);
  auto data = Json::array();
  if (is("list_shape", "d2a")) {
    for (auto const* campaign : selected)
      data.push_back(campaign_record(*campaign, *this, account_id_, false));
    return render(200, {{"data", std::move(data)}});
  }

  auto const begin =
      here.token.after == 0 ? selected.begin() : std::ranges::find_if(selected, [&](auto const* campaign) {
        return campaign->number < here.token.after;
      });
  auto const from = begin - selected.begin();
  auto const page = page_of(selected, from, is("empty_page", "on") && here.token.page == 1 ? 0 : here.size);
  for (auto const* campaign : page) data.push_back(campaign_record(*campaign, *this, account_id_, false));
  auto const size = static_cast<std::int64_t>(page.size());
  return render(200, {{"data", std::move(data)}, {"pagination", pagination(selected, here, from, size)}});
}

PageToken DexatelSimulator::token_at(Campaigns const& selected, Place const& here, std::int64_t page,
                                     std::int64_t from) {
  return {.page = page,
          .after = from == 0 ? 0 : selected[static_cast<std::size_t>(from - 1)]->number,
          .filter = here.token.filter};
}

Json DexatelSimulator::pagination(Campaigns const& selected, Place const& here, std::int64_t from,
                                  std::int64_t size) const {
  auto const total = static_cast<std::int64_t>(selected.size());
  auto const page = here.token.page;
  auto const link = [&](PageToken token) {
    PageLink to{.path = "/v1/campaigns", .token = std::move(token), .size = here.size};
    if (!to.token.filter.empty())
      to.query = '&' + percent_encode(channel_filter) + '=' + percent_encode(to.token.filter);
    return to;
  };
  Json links{{"first", write_link(*this, link(token_at(selected, here, 0, 0)), false)},
             {"current", write_link(*this, link(here.token), false)}};
  add_link(*this, links, "previous", page > 0,
           link(token_at(selected, here, page - 1, std::max<std::int64_t>(from - here.size, 0))));
  bool const repeat = is("next", "repeat") && page > 0;
  add_link(*this, links, "next", from + size < total,
           link(repeat ? here.token : token_at(selected, here, page + 1, from + size)));
  return {{"number", page + switch_number("number")},
          {"size", size},
          {"total", total},
          {"links", std::move(links)}};
}

constexpr SimulatedVendor entry{.name = "dexatel",
                                .make = [](SimulatorOptions options) -> std::unique_ptr<VendorSimulator> {
                                  return std::make_unique<DexatelSimulator>(std::move(options));
                                },
                                .switches = []() noexcept -> std::span<Switch const> { return switches; }};

}  // namespace

SimulatedVendor const& simulated() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::testing::dexatel
