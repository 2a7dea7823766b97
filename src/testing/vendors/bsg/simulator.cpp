#include "testing/vendors/bsg/simulator.hpp"

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/bsg/contact_book.hpp"
#include "testing/vendors/bsg/messages.hpp"
#include "testing/vendors/bsg/queries.hpp"
#include "testing/vendors/bsg/records.hpp"
#include "testing/vendors/bsg/tokens.hpp"
#include "testing/vendors/bsg/writing.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using nlohmann::ordered_json;
using std::chrono::days;
using std::chrono::sys_seconds;

constexpr Switch switches[] = {
    {"profile", "spec|web|support",
     "the API as described by the published specification, the web pages or the support site"},
    {"start_key", "profile|started_at|start_date|start_at", "member name of the planned start in the detail"},
    {"real_start_key", "profile|actual_start_at|real_start_at",
     "member name of the actual start in the detail"},
    {"created_key", "profile|created_at|creation_at", "member name of the creation time in the detail"},
    {"kind_key", "profile|type|message_type|mesage_type", "member name of the message type in the detail"},
    {"kind_value", "profile|channel|instant",
     "the value of that member: a channel such as sms, or instant and scheduled"},
    {"statistics", "profile|object|array",
     "statistics in the detail: an object, or an array with one object"},
    {"zero_counters", "present|absent", "whether the detail contains counters that are 0"},
    {"price", "profile|point|comma|number", "form of total_price"},
    {"read_price", "zero|null", "calculated_price in responses to read requests"},
    {"short_id", "number|text", "type of the id in the list and in the short form of get"},
    {"detail_id", "profile|number|text", "type of the id in the detail"},
    {"alternative_channels", "profile|null|absent|list|object", "form of alternative_channels"},
    {"status_word", "documented|upper|unknown",
     "status words: as documented, in upper case, or an undocumented word instead of done"},
    {"dates", "blank|t|fraction", "form of dates: 2024-04-03 12:14:49, with a T, or with a T and .000"},
    {"zone_offset", "0|2|3", "hours by which the account's clock is ahead of UTC"},
    {"zone_applies", "start_at|all", "the times that use that clock"},
    {"limit_outside", "clamp|refuse", "what happens when page[limit] is below 30 or above 500"},
    {"page_cap", "500|30", "maximum number of records per page, whatever the request asks for; any number"},
    {"filter_to", "inclusive|exclusive", "whether a campaign created at filter[to] is in the list"},
    {"search_match", "contains|exact", "how search[value] is compared"},
    {"viber", "refuse|list",
     "whether filter[type]=viber, which no page documents, is refused or returns a list"},
    {"total_at", "meta|top", "where lists of campaigns and messages, and searches, contain their total"},
    {"lookup_total", "top|meta",
     "where lists of groups and contacts, and the stop list, contain their total"},
    {"empty_list", "list|object", "the form of a list without elements"},
    {"data", "wrapped|bare", "whether a single campaign is wrapped in data"},
    {"not_found", "message|code", "the body of a 404 response: message only, or code and message"},
    {"keys", "own|any", "which live_ and test_ keys can log in"},
    {"token_lifetime", "2592000|3600|1", "lifetime of a token in seconds"},
    {"refresh_expired", "refuse|accept", "whether an expired token can be refreshed"},
    {"refresh_old", "stays|ends", "what happens to a token that was refreshed"},
    {"moderation", "off|on", "whether a new campaign waits for moderation"},
    {"create_status", "done|real",
     "the status in the response to a create: done, as in every sample, or the campaign's own"},
    {"create_id", "present|absent", "whether the response to a create contains the campaign's id"},
    {"duplicate_window", "5|0|60",
     "seconds for which an equal request to send or to price gets a 429; 0: never"},
    {"stoppable", "specification|page",
     "the statuses that can be stopped: with moderation, as in the specification, or with creation, as on "
     "the page"},
    {"stop_answer", "stopped|creation",
     "the status in the response to a stop: the new one, or the placeholder of the page's sample"},
    {"price_answer", "number|null|wrapped", "the response to a price request: a price, null, or under data"},
    {"senders", "any|own", "whether a campaign can have any sender or only one of the account's"},
    {"ucs2_limit", "355|335", "maximum number of 16-bit units in a text that is not GSM-7"},
    {"duplicate_reference", "request|account",
     "a message whose reference_id was used before is rejected: within one request, or in the whole account"},
    {"funds", "enough|short", "whether the money lasts, or a campaign is paused while it is being sent"},
    {"reports", "at_once|later",
     "when delivery reports come for a new campaign: at once, or when all of its messages have been sent"},
    {"messages", "0|100000|1000000",
     "minimum number of messages of each generated campaign; any number up to 10000000"},
    {"message_word", "documented|upper|unknown",
     "status words of messages: as documented, in upper case, or an undocumented word for some"},
    {"message_phone", "profile|number|text", "type of the phone number of a message"},
    {"sent_key", "profile|sent_at|send_at", "member name of the time at which a message was sent"},
    {"report_key", "delivered_at|time_dr|time_dlr", "member name of the time of the delivery report"},
    {"messages_deleted", "0|1|40", "messages of a list that vanish from its front after every fifth page"},
    {"messages_added", "0|1|40", "messages that are added to its end after every fifth page"},
    {"group_items", "profile|number|text", "type of the number of contacts of a group"},
    {"group_missing", "422|404", "the HTTP status for a group that does not exist"},
    {"contact_groups", "data|ids|absent",
     "the groups of a contact: with their data, their ids alone, or not in the response"},
    {"contact_phone", "number|text", "type of the phone number of a contact and of the stop list"},
    {"stop_list_types", "applied|ignored", "whether the stop list can be asked for one channel"},
    {"balance", "positive|negative", "the balance: what the account has, or what it owes"},
};

constexpr StatusCode statuses[] = {StatusCode::queued,   StatusCode::moderation, StatusCode::scheduled,
                                   StatusCode::sending,  StatusCode::paused,     StatusCode::completed,
                                   StatusCode::canceled, StatusCode::rejected};
constexpr Channel vendor_channels[] = {Channel::sms, Channel::viber, Channel::rcs, Channel::whatsapp};
constexpr CampaignShape campaign_shape{.statuses = statuses,
                                       .channels = vendor_channels,
                                       .lists_one_channel = true,
                                       .first_number = 53'000'011,
                                       .number_step = 7,
                                       .max_lists = 0,
                                       .max_messages = 10'000,
                                       .counts_expired = true,
                                       .all_buckets = true,
                                       .currency = "USD"};

class BsgSimulator final : public VendorSimulator {
 public:
  explicit BsgSimulator(SimulatorOptions wanted)
      : VendorSimulator{std::move(wanted), switches, campaign_shape},
        api_key_{"live_" + hex_text(options().seed ^ 0xb5, 20)},
        tokens_{options().seed} {
    for (auto const* const text : {"Shop24", "ACME", "InfoSMS"}) account().senders.push_back({.text = text});
  }

  std::map<std::string, std::string> credentials() const override { return {{"api_key", api_key_}}; }
  void expire_tokens() override { tokens_.expire_all(now()); }
  bool lists_by_default(SimulatedCampaign const& campaign) const override {
    return campaign.channel == Channel::sms;
  }

  HttpResponse answer(HttpRequest const& request, RequestTarget const& target) override {
    auto const& path = target.segments;
    if (path.size() < 2 || path[0] != "api") return no_such(404);
    if (path[1] == "auth") {
      if (path.size() != 3 || (path[2] != "login" && path[2] != "refresh")) return no_such(404);
      if (request.method != "POST") return no_such(405);
      return path[2] == "login" ? log_in(request) : refresh(request);
    }
    constexpr std::string_view resources[] = {"campaigns", "accounts", "senders", "groups",
                                              "contacts",  "stoplist", "messages"};
    if (std::ranges::find(resources, path[1]) == std::end(resources)) return no_such(404);
    if (auto refusal = unauthorized(request)) return *std::move(refusal);
    if (path[1] == "messages" && path.size() == 2)
      return request.method == "GET" ? messages_.answer(target) : no_such(405);
    if (auto answered = contacts_.answer(request, target)) return *std::move(answered);
    if (auto written = writing_.answer(request, target)) return *std::move(written);
    if (path[1] != "campaigns") return no_such(404);
    auto const detail = path.size() == 4 && path[3] == "detail";
    if (path.size() > 3 && !detail) return no_such(404);
    if (request.method != "GET") return no_such(405);
    if (path.size() == 2) return list(target);
    auto const* const campaign = whole_number(path[2]) ? find(path[2]) : nullptr;
    if (!campaign) return no_such(404);
    auto record = detail ? detail_record(*campaign, *this) : brief_record(*campaign, *this, false);
    if (is("data", "bare")) return json_answer(200, record.dump());
    return json_answer(200, ordered_json{{"data", std::move(record)}}.dump());
  }

  // Moderation accepts or rejects a campaign. Without money, one that is being sent is paused.
  StatusCode next_status(SimulatedCampaign const& campaign) const override {
    bool const rejected = campaign.status == StatusCode::moderation && campaign.grain % 8 == 0;
    if (rejected) return StatusCode::rejected;
    if (campaign.status == StatusCode::sending && is("funds", "short")) return StatusCode::paused;
    return VendorSimulator::next_status(campaign);
  }

 private:
  HttpResponse no_such(int status) const {
    auto const* const message = status == 404 ? "Not Found" : "Method Not Allowed";
    if (is("not_found", "code"))
      return json_answer(status, ordered_json{{"code", status}, {"message", message}}.dump());
    return json_answer(status, ordered_json{{"message", message}}.dump());
  }
  static HttpResponse unauthenticated(char const* message) {
    return json_answer(401, ordered_json{{"code", 401}, {"message", message}}.dump());
  }

  /// Returns the token after `Bearer ` or, as one page prints it, `Bearer: `.
  static std::optional<std::string> bearer(HttpRequest const& request) {
    auto const header = request_header(request, "Authorization");
    if (!header) return std::nullopt;
    for (std::string_view const scheme : {"Bearer ", "Bearer: "})
      if (same_text(std::string_view{*header}.substr(0, scheme.size()), scheme))
        return header->substr(scheme.size());
    return std::nullopt;
  }
  std::optional<HttpResponse> unauthorized(HttpRequest const& request) const {
    auto const token = bearer(request);
    if (!token) return unauthenticated("JWT Token not found");
    switch (tokens_.judge(*token, now())) {
      case Tokens::Verdict::good: return std::nullopt;
      case Tokens::Verdict::expired: return unauthenticated("Expired JWT Token");
      case Tokens::Verdict::invalid: break;
    }
    return unauthenticated("Invalid JWT Token");
  }

  HttpResponse issue() {
    auto const lifetime = std::chrono::seconds{switch_number("token_lifetime")};
    return json_answer(200, ordered_json{{"bearer", tokens_.issue(now(), lifetime)}}.dump());
  }
  HttpResponse log_in(HttpRequest const& request) {
    auto const body = ordered_json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("api_key") || !body["api_key"].is_string())
      return invalid("api_key", "This value should not be blank.");
    auto const key = body["api_key"].get<std::string>();
    auto const prefixed = key.starts_with("live_") || key.starts_with("test_");
    if (key != api_key_ && !(prefixed && is("keys", "any"))) return unauthenticated("API Key not found");
    return issue();
  }
  HttpResponse refresh(HttpRequest const& request) {
    auto const token = bearer(request).value_or("");
    auto const late = tokens_.judge(token, now()) == Tokens::Verdict::expired;
    if (auto refusal = unauthorized(request); refusal && !(late && is("refresh_expired", "accept")))
      return *std::move(refusal);
    if (is("refresh_old", "ends")) tokens_.expire(token, now());
    return issue();
  }

  HttpResponse list(RequestTarget const& target) const {
    auto const type = target.parameter("filter[type]").value_or("sms");
    if (type != "sms" && type != "rcs" && type != "whatsapp" && !(type == "viber" && is("viber", "list")))
      return invalid("filter[type]", "The value you selected is not a valid choice.");

    Period period;
    if (auto refusal = period.read(target, *this)) return *std::move(refusal);
    PageWindow window{.least = 30};
    if (auto refusal = window.read(target, *this)) return *std::move(refusal);

    auto const sort = target.parameter("sort").value_or("id");
    if (sort != "id" && sort != "sender" && sort != "type" && sort != "date" && sort != "status")
      return invalid("sort", "The value you selected is not a valid choice.");
    auto const way = target.parameter("way").value_or("asc");
    if (way != "asc" && way != "desc") return invalid("way", "The value you selected is not a valid choice.");

    auto const field = target.parameter("search[field]");
    auto const value = target.parameter("search[value]");
    if (field && *field != "sender" && *field != "taskname")
      return invalid("search[field]", "The value you selected is not a valid choice.");
    if (field && (!value || value->empty() || value->size() > 255))
      return invalid("search[value]", "This value should have 1 to 255 characters.");

    std::vector<SimulatedCampaign const*> found;
    for (auto const& campaign : campaigns())
      if (type == type_word(campaign.channel) && period.contains(campaign.created, *this) &&
          (!field || matches(*field == "sender" ? campaign.sender : name_of(campaign, *this), *value)))
        found.push_back(&campaign);
    order(found, sort, way == "desc");
    auto items = ordered_json::array();
    for (auto const* campaign : page_of(found, window.offset, window.limit))
      items.push_back(brief_record(*campaign, *this, true));
    return window.answer(std::move(items), static_cast<std::int64_t>(found.size()), *this, "total_at");
  }

  bool matches(std::string_view text, std::string_view value) const {
    return is("search_match", "exact") ? text == value : contains_text(text, value);
  }

  static void order(std::vector<SimulatedCampaign const*>& found, std::string_view sort, bool descending) {
    auto const key = [&](SimulatedCampaign const* c) {
      std::string_view const text = sort == "sender"   ? std::string_view{c->sender}
                                    : sort == "type"   ? std::string_view{type_word(c->channel)}
                                    : sort == "status" ? status_word(c->status)
                                                       : std::string_view{};
      return std::tuple{text, sort == "date" ? c->created : sys_seconds{}, c->number};
    };
    std::ranges::sort(
        found, [&](auto const* a, auto const* b) { return descending ? key(b) < key(a) : key(a) < key(b); });
  }

  std::string api_key_;
  Tokens tokens_;
  Repeats repeats_{*this};
  ContactBook contacts_{*this, repeats_};
  Writing writing_{*this, contacts_, repeats_};
  Messages messages_{*this};
};

constexpr SimulatedVendor entry{.name = "bsg",
                                .make = [](SimulatorOptions options) -> std::unique_ptr<VendorSimulator> {
                                  return std::make_unique<BsgSimulator>(std::move(options));
                                },
                                .switches = []() noexcept -> std::span<Switch const> { return switches; }};

}  // namespace

SimulatedVendor const& simulated() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::testing::bsg
