#include "testing/vendors/yeastar/simulator.hpp"

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/pages.hpp"
#include "testing/vendors/yeastar/records.hpp"
#include "testing/vendors/yeastar/refusals.hpp"
#include "testing/vendors/yeastar/sessions.hpp"
#include "testing/vendors/yeastar/writing.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

using nlohmann::ordered_json;

constexpr Switch switches[] = {
    {"list_key", "list|data",
     "member that holds the array in responses to list and search: as in the page's sample, or as in its "
     "table"},
    {"get_shape", "object|array|list",
     "get, of campaigns and of phonebooks, returns data as one object, as an array of one, or under list"},
    {"query_key", "list|data", "member that holds the array in responses to query"},
    {"order", "newest|oldest", "order of lists; none is documented"},
    {"page_cap", "10000|100|20", "the maximum page_size; any number"},
    {"page_size_over", "clamp|refuse", "what happens when page_size is above the maximum"},
    {"page_zero", "refuse|first", "what a request for page 0 returns"},
    {"past_end", "empty|refuse", "what a request for a page after the last one returns"},
    {"total_number", "number|text", "type of total_number"},
    {"id", "number|text", "type of the ids of campaigns and phonebooks"},
    {"result_count", "failed_total|spaced|sent_total|number|empty|null",
     "form of result_count: failed/total, sent/total (as in the sample), or another form"},
    {"response_rate", "percent|number|decimal|comma|empty",
     "form of response_rate: \"3%\", 3, 3.5, \"3,5%\" or \"\""},
    {"send_time", "seconds|milliseconds|text", "form of send_time"},
    {"no_send_time", "zero|empty|null", "send_time of a campaign without one"},
    {"immediate_send_time", "filled|zero", "send_time of an immediate campaign"},
    {"empty_fields", "empty|null", "recipient_name and similar members of a campaign without a phonebook"},
    {"status_word", "documented|portal|unknown",
     "status words: as documented (stop), as in the portal (Stopped), or an undocumented word instead of "
     "completed"},
    {"detail_status", "absent|present", "whether get and query also report the status"},
    {"success", "success|partial|processing", "errcode of a successful response: 0, 1 or 2"},
    {"error_http", "ok|matching", "HTTP status of an error: 200, or a matching 4xx or 5xx"},
    {"user_agent", "refuse|silent|ignore",
     "a request without User-Agent: refused, answered with an empty body, or accepted"},
    {"ip", "allowed|forbidden|blocked",
     "the caller's IP address: allowed, or every response is 70087 or 70004"},
    {"token_lifetime", "1800|60|1", "lifetime of an access token in seconds"},
    {"refresh_lifetime", "86400|600", "lifetime of a refresh token in seconds"},
    {"create_answer", "id|bare|data",
     "where the response to a create contains the campaign's id: at the top, nowhere, or under data"},
    {"dids", "number|did_number|bare",
     "the numbers in the detail of a message channel: by which name, or only their ids"},
    {"channel_search", "name_and_number|name", "what a search for message channels looks at"},
    {"quota", "on|off", "whether a PBX stores at most 1,000 campaigns"},
    {"busy_retry", "retrying|pending",
     "a retry while the PBX sends another campaign: starts at once, or waits as pending"},
};

constexpr StatusCode statuses[] = {StatusCode::draft,      StatusCode::scheduled, StatusCode::queued,
                                   StatusCode::sending,    StatusCode::retrying,  StatusCode::completed,
                                   StatusCode::interrupted};
constexpr Channel vendor_channels[] = {Channel::sms, Channel::sms, Channel::whatsapp, Channel::whatsapp};
constexpr CampaignShape campaign_shape{
    .statuses = statuses, .channels = vendor_channels, .number_senders = true, .max_messages = 1000};

class YeastarSimulator final : public VendorSimulator {
 public:
  explicit YeastarSimulator(SimulatorOptions wanted)
      : VendorSimulator{std::move(wanted), switches, campaign_shape},
        client_id_{hex_text(options().seed ^ 0x1d, 32)},
        client_secret_{hex_text(options().seed ^ 0x5ec, 32)},
        sessions_{options().seed} {}

  std::map<std::string, std::string> credentials() const override {
    return {{"client_id", client_id_}, {"client_secret", client_secret_}};
  }
  void expire_tokens() override { sessions_.expire_all(); }
  // A PBX runs one campaign at a time. The others are pending.
  StatusCode next_status(SimulatedCampaign const& campaign) const override {
    if (campaign.status == StatusCode::scheduled) return StatusCode::queued;
    if (campaign.status == StatusCode::queued && is_busy(*this)) return campaign.status;
    // One that was sent before has waited for its retry.
    if (campaign.status == StatusCode::queued && campaign.started) return StatusCode::retrying;
    return VendorSimulator::next_status(campaign);
  }
  // "Request Structure": the PBX closes the connection after its response
  bool keeps_connections() const override { return false; }

  HttpResponse answer(HttpRequest const& request, RequestTarget const& target) override {
    if (!is("user_agent", "ignore") && request_header(request, "User-Agent").value_or("").empty())
      return is("user_agent", "silent") ? text_answer(200, "application/json", "") : refuse(access_denied);
    if (is("ip", "forbidden")) return refuse(ip_forbidden);
    if (is("ip", "blocked") || strikes_ >= most_strikes) return refuse(ip_blocked);

    auto const& path = target.segments;
    if (path.size() < 3 || path[0] != "openapi") return refuse(no_interface);
    if (path[1] != "v1.0") return refuse(no_version);
    if (path.size() == 3 && request.method == "POST" && path[2] == "get_token") return log_in(request);
    if (path.size() == 3 && request.method == "POST" && path[2] == "refresh_token") return refresh(request);

    auto const operation = path.size() == 4 && path[2] == "message_campaign" ? path[3] : "";
    auto const known = (path.size() == 3 && path[2] == "del_token") || operation == "list" ||
                       operation == "search" || operation == "get" || operation == "query" ||
                       operation == "create" || operation == "update" || operation == "delete" ||
                       operation == "retry" ||
                       (path.size() == 4 && (path[2] == "message_channel" || path[2] == "phonebook"));
    bool const posts = operation == "create" || operation == "update";
    if (!known || request.method != (posts ? "POST" : "GET")) return refuse(no_interface);
    auto const token = target.parameter("access_token").value_or("");
    if (!sessions_.accepts(token, now())) return refuse(token_expired);
    if (path.size() == 4)
      if (auto const written = writing_.answer(request, target, path[2], path[3])) return render(*written);
    if (path[2] == "message_channel" || path[2] == "phonebook") return refuse(no_interface);
    if (operation == "list" || operation == "search") return list(target, operation == "search");
    if (operation == "get") return get(target);
    if (operation == "query") return query(target);
    sessions_.revoke(token);
    return good({});
  }

 private:
  static constexpr int most_strikes = 5;

  HttpResponse render(Answer const& answer) const {
    if (!answer.refusal) return good(answer.content);
    if (!answer.field.empty()) return invalid(answer.field.c_str(), answer.validation.c_str());
    return refuse(*answer.refusal);
  }

  HttpResponse refuse(Refusal refusal, ordered_json const& more = ordered_json::object()) const {
    ordered_json body{{"errcode", refusal.errcode}, {"errmsg", refusal.errmsg}};
    body.update(more);
    return json_answer(is("error_http", "matching") ? refusal.http : 200, body.dump());
  }
  HttpResponse invalid(char const* field, char const* validation) const {
    return refuse(parameter_error,
                  {{"invalid_param_list", {{{"field", field}, {"validation_type", validation}}}}});
  }
  /// Returns errcode and errmsg, followed by the content.
  HttpResponse good(ordered_json const& content) const {
    ordered_json body = is("success", "partial") ? ordered_json{{"errcode", 1}, {"errmsg", "PARTIAL SUCCESS"}}
                        : is("success", "processing") ? ordered_json{{"errcode", 2}, {"errmsg", "PROCESSING"}}
                                                      : ordered_json{{"errcode", 0}, {"errmsg", "SUCCESS"}};
    if (!content.empty()) body.update(content);
    return json_answer(200, body.dump());
  }

  Sessions::Lifetimes lifetimes() const {
    return {.access = std::chrono::seconds{switch_number("token_lifetime")},
            .refresh = std::chrono::seconds{switch_number("refresh_lifetime")}};
  }
  HttpResponse tokens(Sessions::Session const& session) const {
    return good({{"access_token_expire_time", lifetimes().access.count()},
                 {"access_token", session.access},
                 {"refresh_token_expire_time", lifetimes().refresh.count()},
                 {"refresh_token", session.refresh}});
  }

  HttpResponse log_in(HttpRequest const& request) {
    auto const body = ordered_json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refuse(syntax_error);
    for (auto const* field : {"username", "password"}) {
      if (!body.contains(field)) return invalid(field, "required");
      if (!body[field].is_string()) return invalid(field, "string");
    }
    if (body["username"] != client_id_ || body["password"] != client_secret_) {
      ++strikes_;
      return refuse(failure,
                    {{"invalid_param_list", {{{"field", "username or password"}, {"value", "error"}}}}});
    }
    strikes_ = 0;
    // The error code for a ninth token is not documented. This is the one for a full quota.
    auto const session = sessions_.log_in(now(), lifetimes());
    return session ? tokens(*session) : refuse(too_many);
  }

  HttpResponse refresh(HttpRequest const& request) {
    auto const body = ordered_json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refuse(syntax_error);
    if (!body.contains("refresh_token")) return invalid("refresh_token", "required");
    if (!body["refresh_token"].is_string()) return invalid("refresh_token", "string");
    auto const session = sessions_.refresh(body["refresh_token"].get<std::string>(), now(), lifetimes());
    return session ? tokens(*session) : refuse(token_expired);
  }

  HttpResponse list(RequestTarget const& target, bool searching) const {
    auto const keyword = searching ? target.parameter("search_value").value_or("") : std::string{};
    std::vector<SimulatedCampaign const*> found;
    for (auto const& campaign : campaigns())
      if (keyword.empty() || contains_text(campaign.name, keyword)) found.push_back(&campaign);
    if (is("order", "oldest")) std::ranges::reverse(found);

    auto const total = static_cast<std::int64_t>(found.size());
    PageSlice slice;
    if (auto const wrong = read_page(target, *this, total, slice)) return render(*wrong);
    auto items = ordered_json::array();
    for (auto const* campaign : page_of(found, slice.first, slice.size))
      items.push_back(writing_.complete(*campaign, info_record(*campaign, *this)));
    return render(page_answer(*this, total, std::move(items)));
  }

  HttpResponse get(RequestTarget const& target) const {
    auto const id = target.parameter("id").value_or("");
    if (auto const wrong = wrong_id(id)) return render(*wrong);
    auto const* const campaign = find(id);
    if (!campaign) return refuse(not_found);
    return render(one_answer(*this, writing_.complete(*campaign, detail_record(*campaign, *this))));
  }

  HttpResponse query(RequestTarget const& target) const {
    auto const ids = target.parameter("ids");
    if (!ids || ids->empty()) return invalid("ids", "required");
    auto items = ordered_json::array();
    for (std::string_view rest = *ids;;) {
      auto const end = std::min(rest.find(','), rest.size());
      if (!whole_number(rest.substr(0, end))) return invalid("ids", "integer");
      if (auto const* const campaign = find(rest.substr(0, end)))
        items.push_back(writing_.complete(*campaign, detail_record(*campaign, *this)));
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
    if (items.empty()) return refuse(not_found);
    return good({{std::string{switch_value("query_key")}, std::move(items)}});
  }

  std::string client_id_;
  std::string client_secret_;
  Sessions sessions_;
  Writing writing_{*this};
  int strikes_ = 0;
};

constexpr SimulatedVendor entry{.name = "yeastar",
                                .make = [](SimulatorOptions options) -> std::unique_ptr<VendorSimulator> {
                                  return std::make_unique<YeastarSimulator>(std::move(options));
                                },
                                .switches = []() noexcept -> std::span<Switch const> { return switches; }};

}  // namespace

SimulatedVendor const& simulated() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::testing::yeastar
