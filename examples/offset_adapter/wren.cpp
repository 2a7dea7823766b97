#include "wren.hpp"

#include <polycampaign/protocol/adapter.hpp>
#include <polycampaign/protocol/detail.hpp>
#include <polycampaign/protocol/endpoint.hpp>
#include <polycampaign/protocol/failure.hpp>
#include <polycampaign/protocol/http_error.hpp>
#include <polycampaign/protocol/json_text.hpp>
#include <polycampaign/protocol/nlohmann_json.hpp>
#include <polycampaign/protocol/redact.hpp>
#include <polycampaign/protocol/settings.hpp>
#include <polycampaign/protocol/url.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wren {
namespace {

using nlohmann::json;
using namespace polycampaign;
using enum Support;
using protocol::Exchange;
using CampaignPage = protocol::ListPage<Campaign>;
using protocol::ListQuery;
using protocol::member;
using protocol::Notes;
using protocol::PageInfo;
using protocol::PageKey;

// Capabilities.

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, native, "List campaigns: GET /v1/campaigns"},
    OperationSupport{GetCampaign::operation, native, "Get a campaign: GET /v1/campaigns/ID"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, emulated, "List campaigns: no filter on the time"},
    FilterSupport{Filter::until, emulated, "List campaigns: no filter on the time"},
    FilterSupport{Filter::statuses, emulated, "List campaigns: no filter on the status"},
    FilterSupport{Filter::sort, native, "List campaigns: sort"},
};

constexpr std::string_view both = "Campaign object: in lists and alone";

constexpr std::array fields{
    FieldSupport{Field::name, native, native, both},
    FieldSupport{Field::sender, native, native, both},
    FieldSupport{Field::text, native, native, both},
    FieldSupport{Field::channel, native, native, "all campaigns are SMS"},
    FieldSupport{Field::status, native, native, both},
    FieldSupport{Field::created_at, native, native, both},
    FieldSupport{Field::scheduled_at, native, native, both},
    FieldSupport{Field::cost, native, native, both},
    FieldSupport{Field::messages, native, native, both},
    FieldSupport{Field::delivered, native, native, both},
    FieldSupport{Field::failed, native, native, both},
};

constexpr std::array<std::string_view, 2> sort_keys{"created", "name"};

constexpr Capabilities table{
    .provider = "wren",
    .display_name = "Wren",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 1,
    .max_page_size = 100,
    .default_page_size = 100,
    .default_prefetch = 4,
    .pages_known_ahead = true,
    .pacing = {.rate = RequestRate{.requests = 10, .period = std::chrono::seconds{1}}, .in_flight = 4},
    .limits_evidence =
        "List campaigns: limit is at most 100; Limits: 10 requests a second, 4 concurrent requests",
    .time_member = "created_at",
    .sort_keys = sort_keys,
};

// Responses.

constexpr std::array states{
    protocol::StatusWord{"draft", StatusCode::draft},
    protocol::StatusWord{"scheduled", StatusCode::scheduled},
    protocol::StatusWord{"sending", StatusCode::sending},
    protocol::StatusWord{"sent", StatusCode::completed},
    protocol::StatusWord{"canceled", StatusCode::canceled},
};

/// Parses a record. `text` is the record as it was received, because a parsed number has lost digits of the
/// price.
Campaign read_record(json const& record, std::string_view text) {
  Campaign campaign;
  campaign.provider = "wren";
  Notes notes{campaign.notes};
  protocol::ClockRule const utc{};  // "All times are UTC."
  if (auto id = protocol::read_word(member(record, "id"), "id", notes))
    campaign.id = *std::move(id);
  else
    notes.add("the record has no id");
  campaign.name = protocol::read_text(member(record, "name"), "name", notes);
  campaign.sender = protocol::read_text(member(record, "sender"), "sender", notes);
  campaign.text = protocol::read_text(member(record, "text"), "text", notes);
  campaign.channel = Channel::sms;
  campaign.status = protocol::read_status(member(record, "status"), states, "status", notes);
  campaign.created_at = protocol::read_time(member(record, "created"), utc, "created", notes);
  campaign.scheduled_at = protocol::read_time(member(record, "send_at"), utc, "send_at", notes);
  campaign.statistics.messages = protocol::read_count(member(record, "messages"), "messages", notes);
  campaign.statistics.delivered = protocol::read_count(member(record, "delivered"), "delivered", notes);
  campaign.statistics.failed = protocol::read_count(member(record, "failed"), "failed", notes);
  auto const price =
      protocol::read_decimal(member(record, "price"), protocol::json_member(text, "price"), "price", notes);
  if (price) campaign.cost = Cost{*price, "EUR", CostKind::billed};  // "All prices are in euros."
  return campaign;
}

/// Returns the error for a response that reports one, or that cannot be read.
Error read_error(HttpResponse const& response, json const& body) {
  std::vector<std::string> ignored;
  Notes notes{ignored};
  auto error = protocol::no_answer(response, "campaigns were expected");
  if (auto const code = protocol::read_word(member(body, "code"), "code", notes)) {
    auto const reason = protocol::read_text(member(body, "message"), "message", notes).value_or("");
    error = protocol::refusal(response, protocol::safe_text(reason));
    error.vendor_code = protocol::safe_text(*code);
    // Without `refine`, HTTP 403 gives `permission_denied`.
    if (*code == "quota_exhausted") protocol::refine(error, ErrorCode::rate_limited);
  }
  if (!error.retry_after)
    error.retry_after = protocol::retry_after(response, "X-RateLimit-Reset", protocol::WaitForm::seconds);
  return error;
}

/// Returns the campaigns of a page, or the one campaign of a detail.
Result<CampaignPage> read_answer(HttpResponse const& response, bool keep_raw) {
  auto const body = json::parse(response.body, nullptr, false);
  auto const list = body.is_object() ? body.find("campaigns") : body.end();
  auto const detail = body.is_object() ? body.find("campaign") : body.end();
  auto const is_list = list != body.end() && list->is_array();
  auto const is_detail = detail != body.end() && detail->is_object();
  if (response.status != 200 || (!is_list && !is_detail)) return read_error(response, body);

  CampaignPage page;
  auto texts = protocol::json_records(response.body, is_list ? "campaigns" : "campaign");
  auto const count = is_list ? list->size() : 1;
  texts.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto const& record = is_list ? (*list)[i] : *detail;
    if (!record.is_object()) continue;  // not a campaign
    page.items.push_back(read_record(record, texts[i]));
    if (keep_raw) page.items.back().raw_record = std::move(texts[i]);
  }
  auto const has_id = [](Campaign const& campaign) { return !campaign.id.empty(); };
  if (is_list && count > 0 && std::none_of(page.items.begin(), page.items.end(), has_id))
    return read_error(response, body);
  page.info.records = static_cast<std::int64_t>(count);
  std::vector<std::string> ignored;
  Notes notes{ignored};
  page.info.total = protocol::read_count(member(body, "total"), "total", notes);
  return page;
}

// Requests.

/// Returns the keys of the pages after one that was received.
std::vector<PageKey> next_pages(PageKey const& key, PageInfo const& info, std::size_t most) {
  std::vector<PageKey> keys;
  if (info.records <= key.overlap || most == 0) return keys;
  // Advance by the records that were received: a vendor may apply a smaller limit than requested.
  PageKey next{.offset = key.offset + info.records, .size = key.size};
  if (!info.total || *info.total < next.offset) {
    // Without a usable total, only the next page shows whether there is one. Its first record repeats the
    // last one of this page, which shows whether the list has moved.
    next.overlap = info.records > 1 ? 1 : 0;
    next.offset -= next.overlap;
    return {next};
  }
  for (; next.offset < *info.total && keys.size() < most; next.offset += info.records) keys.push_back(next);
  return keys;
}

class WrenAdapter final : public AdapterBase<WrenAdapter> {
 public:
  WrenAdapter(protocol::Endpoint endpoint, Secret key)
      : endpoint_{std::move(endpoint)}, key_{std::move(key)} {}

  Capabilities const& capabilities() const noexcept override { return table; }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {key_.reveal()}; }

  protocol::Loggable loggable() const noexcept override {
    static constexpr std::string_view query[] = {"offset", "limit", "sort"};
    static constexpr std::string_view before_id[] = {"campaigns"};
    return {.query = query, .before_id = before_id};
  }

  void sign(HttpRequest& request, protocol::Token const*) const override {
    request.headers.push_back({"Accept", "application/json"});
    request.headers.push_back({"X-Api-Key", std::string{key_.reveal()}});
  }

  Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list, ListQuery const& query) const {
    return protocol::Listing<Campaign>{
        .first = {.size = query.page_size},
        .page = [this, list, query](PageKey const& key) { return page(list, query, key); },
        .ahead = &next_pages};
  }

  Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(get.id);
    if (!segment) return segment.error();
    auto answer = conversation.run(Exchange<CampaignPage>{
        call("get", "/v1/campaigns/" + *segment),
        [keep_raw = get.keep_raw](HttpResponse const& response) { return read_answer(response, keep_raw); }});
    if (!answer) return answer.error();
    return protocol::only(std::move(answer->items), get.id, 200);
  }

 private:
  Result<Exchange<CampaignPage>> page(ListCampaigns const& list, ListQuery const& query,
                                      PageKey const& key) const {
    // The key may come from a resume token, which anybody can write.
    if (key.size < 1) return protocol::failure(ErrorCode::invalid_argument, "a page has at least one record");
    protocol::Query parameters;
    parameters.add("offset", key.offset).add("limit", key.size);
    parameters.add("sort", list.filter.sort.empty() ? "-created" : list.filter.sort);
    return Exchange<CampaignPage>{call("list", "/v1/campaigns" + parameters.text()),
                                  [keep_raw = query.keep_raw](HttpResponse const& response) {
                                    return read_answer(response, keep_raw);
                                  }};
  }

  protocol::Call call(std::string_view operation, std::string const& path) const {
    return {.request = {.url = endpoint_.base_url + path, .action = Action::read}, .operation = operation};
  }

  protocol::Endpoint endpoint_;
  Secret key_;
};

Result<std::shared_ptr<Adapter const>> make(Config config) {
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return endpoint.error();
  if (auto fit = protocol::check_header_secret("api_key", config.api_key); !fit) return fit.error();
  return std::shared_ptr<Adapter const>{
      std::make_shared<WrenAdapter>(*std::move(endpoint), std::move(config.api_key))};
}

// Settings.

constexpr std::array setting_table{
    Setting{.name = "api_key", .required = true, .secret = true, .summary = "the account's key"},
    Setting{.name = "base_url", .summary = "default https://api.wren.example"},
};

Result<std::shared_ptr<Adapter const>> from_settings(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("wren", std::move(settings)).error();
  Config config{.api_key = protocol::take_secret(*settings, "api_key")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> decode(Document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("wren", read_answer({.status = 200, .body = std::move(body)}, options.keep_raw)
                                       .transform([](CampaignPage page) { return std::move(page.items); }));
}

constexpr Provider entry{.name = "wren",
                         .capabilities = &capabilities,
                         .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                         .make_adapter = &from_settings,
                         .decode = &decode};

}  // namespace

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("wren", make(std::move(config)));
}

Capabilities const& capabilities() noexcept {
  return table;
}

Provider const& provider() noexcept {
  return entry;
}

}  // namespace wren
