#include "wren.hpp"

#include <polycampaign/plan.hpp>
#include <polycampaign/protocol/adapter.hpp>
#include <polycampaign/protocol/change.hpp>
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
    OperationSupport{CreateCampaign::operation, native, "Create a campaign: POST /v1/campaigns"},
    OperationSupport{EstimateCampaign::operation, emulated,
                     "no price; the library counts recipients and parts"},
    OperationSupport{UpdateCampaign::operation, unsupported, "campaigns cannot be changed"},
    OperationSupport{CancelCampaign::operation, native, "Cancel a campaign: POST /v1/campaigns/ID/cancel"},
    OperationSupport{DeleteCampaign::operation, unsupported, "campaigns are kept for two years"},
    OperationSupport{RetryCampaign::operation, unsupported, "failed messages cannot be sent again"},
    OperationSupport{GetBalance::operation, unsupported, "Wren sends a monthly bill"},
    OperationSupport{GetSenders::operation, native, "List senders: GET /v1/senders"},
};

// What a new campaign may contain.
constexpr std::string_view create_page = "Create a campaign";
constexpr std::array features{
    FeatureSupport{Feature::to_numbers, native, "Create a campaign: to"},
    FeatureSupport{Feature::to_lists, native, "Create a campaign: list"},
    FeatureSupport{Feature::name, native, "Create a campaign: name"},
    FeatureSupport{Feature::schedule, native, "Create a campaign: send_at, RFC 3339"},
    FeatureSupport{Feature::draft, unsupported, "every campaign is sent or scheduled"},
    FeatureSupport{Feature::own_texts, unsupported, "a campaign has one text"},
};
constexpr std::array channels{Channel::sms};

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
    .campaigns = {.features = features,
                  .channels = channels,
                  .sender = {.required = true, .letters = {.most = 11, .evidence = create_page}},
                  .recipients = {.most = 5'000, .evidence = create_page},
                  .lists = {.most = 1, .evidence = create_page},
                  .name = {.most = 60, .evidence = create_page},
                  .days_ahead = {.most = 90, .evidence = create_page}},
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
  auto const is_success = response.status == 200 || response.status == 201;
  if (!is_success || (!is_list && !is_detail)) return read_error(response, body);

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

/// Reads the answer to a create, which contains the new campaign.
Result<Submission> read_submission(HttpResponse const& response) {
  return read_answer(response, false).transform([](CampaignPage page) {
    auto& campaign = page.items.front();
    Submission submission{.provider = "wren", .status = campaign.status, .notes = campaign.notes};
    if (!campaign.id.empty()) submission.id = std::move(campaign.id);
    // Nothing has been sent yet, whatever the vendor says.
    if (submission.status.code == StatusCode::completed) submission.status.code = StatusCode::queued;
    return submission;
  });
}

Sender read_sender(json const& record) {
  Sender sender{.provider = "wren", .channel = Channel::sms};
  Notes notes{sender.notes};
  sender.id = protocol::read_word(member(record, "id"), "id", notes);
  sender.text = protocol::read_text(member(record, "text"), "text", notes).value_or("");
  auto& [code, word] = sender.status;
  word = protocol::read_word(member(record, "state"), "state", notes);
  if (word == "approved") code = SenderStatusCode::active;
  if (word == "pending") code = SenderStatusCode::pending;
  return sender;
}

Result<std::vector<Sender>> read_senders(HttpResponse const& response) {
  auto const body = json::parse(response.body, nullptr, false);
  auto const list = body.is_object() ? body.find("senders") : body.end();
  if (response.status != 200 || list == body.end() || !list->is_array()) return read_error(response, body);
  std::vector<Sender> senders;
  for (auto const& record : *list)
    if (record.is_object()) senders.push_back(read_sender(record));
  return senders;
}

// Requests.

std::string create_body(NewCampaign const& campaign) {
  json body{{"sender", campaign.sender}, {"text", campaign.text}};
  if (!campaign.name.empty()) body["name"] = campaign.name;
  if (campaign.start_at) body["send_at"] = to_rfc3339(*campaign.start_at);
  for (auto const& recipient : campaign.recipients) body["to"].push_back(recipient.number);
  if (!campaign.lists.empty()) body["list"] = campaign.lists.front();
  // The id of a list can contain any bytes.
  return body.dump(-1, ' ', true, json::error_handler_t::replace);
}

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

  Result<Submission> run(CreateCampaign const& create, protocol::Conversation& conversation) const {
    return conversation.run([&] {
      auto call = post("create", "/v1/campaigns", Action::sends, create_body(create.campaign));
      // "503 with the code `closed`: Wren takes no campaigns at night, and did nothing."
      call.documented_refusal = [](Error const& error) noexcept { return error.vendor_code == "closed"; };
      return Exchange<Submission>{
          std::move(call),
          protocol::discreet<Submission>(protocol::texts_of(create.campaign), &read_submission)};
    });
  }

  Result<Estimate> run(EstimateCampaign const& estimate, protocol::Conversation&) const {
    return local_estimate(capabilities(), estimate.campaign);
  }

  Result<Campaign> run(CancelCampaign const& cancel, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(cancel.id);
    if (!segment) return segment.error();
    auto answer = conversation.run(
        Exchange<Campaign>{post("cancel", "/v1/campaigns/" + *segment + "/cancel", Action::write, "{}"),
                           [id = cancel.id](HttpResponse const& response) {
                             return read_answer(response, false).and_then([&](CampaignPage page) {
                               return protocol::only(std::move(page.items), id, response.status);
                             });
                           }});
    if (answer) return answer;
    // If the answer was lost, only the campaign itself shows whether it was canceled.
    return protocol::changed(
        std::move(answer), [&] { return run(GetCampaign{.id = cancel.id}, conversation); },
        [](Campaign const& campaign) { return campaign.status.code == StatusCode::canceled; });
  }

  Result<std::vector<Sender>> run(GetSenders const&, protocol::Conversation& conversation) const {
    return conversation.run(Exchange<std::vector<Sender>>{call("senders", "/v1/senders"), &read_senders});
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

  protocol::Call post(std::string_view operation, std::string const& path, Action action,
                      std::string body) const {
    auto call = this->call(operation, path);
    call.request.method = "POST";
    call.request.action = action;
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = std::move(body);
    return call;
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
