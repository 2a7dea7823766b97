#include <polycampaign/protocol/adapter.hpp>
#include <polycampaign/protocol/detail.hpp>
#include <polycampaign/protocol/endpoint.hpp>
#include <polycampaign/protocol/failure.hpp>
#include <polycampaign/protocol/settings.hpp>
#include <polycampaign/protocol/url.hpp>

#include "answer.hpp"
#include "heron.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace heron {
namespace {

using namespace polycampaign;
using protocol::Exchange;
using CampaignPage = protocol::ListPage<Campaign>;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

/// Returns the key of the page after one that was received, or nothing after the last page.
std::vector<PageKey> next_pages(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (info.next_token.empty() || most == 0) return {};
  auto next = key;
  next.token = info.next_token;
  return {next};
}

class HeronAdapter final : public AdapterBase<HeronAdapter> {
 public:
  HeronAdapter(protocol::Endpoint endpoint, std::string user, Secret password, protocol::ClockRule clock)
      : endpoint_{std::move(endpoint)},
        user_{std::move(user)},
        password_{std::move(password)},
        clock_{clock} {}

  Capabilities const& capabilities() const noexcept override { return heron::capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {password_.reveal()}; }

  protocol::Loggable loggable() const noexcept override {
    static constexpr std::string_view query[] = {"count"};
    static constexpr std::string_view before_id[] = {"campaigns"};
    return {.query = query, .before_id = before_id};
  }

  void sign(HttpRequest& request, Token const* token) const override {
    request.headers.push_back({"Accept", "application/json"});
    if (token != nullptr) request.headers.push_back({"X-Ticket", std::string{token->access.reveal()}});
  }

  std::optional<Exchange<Token>> log_in() const override {
    auto call = this->call("log_in", "/session");
    call.authenticated = false;
    call.request.method = "POST";
    call.request.action = Action::idempotent_write;
    call.request.headers.push_back({"Content-Type", "application/json"});
    nlohmann::json const account{{"user", user_}, {"password", password_.reveal()}};
    // A credential from a file can contain any bytes.
    call.request.body = account.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    return Exchange<Token>{std::move(call), &read_ticket};
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
    return conversation.run(Exchange<Campaign>{
        call("get", "/campaigns/" + *segment),
        [id = get.id, clock = clock_, keep_raw = get.keep_raw](HttpResponse const& response) {
          return read_answer(response, clock, keep_raw).and_then([&](Answer answer) {
            return protocol::only(std::move(answer.campaigns), id, response.status);
          });
        }});
  }

 private:
  Result<Exchange<CampaignPage>> page(ListCampaigns const& list, ListQuery const& query,
                                      PageKey const& key) const {
    protocol::Query parameters;
    parameters.add("count", key.size);
    if (!key.token.empty()) parameters.add("after", key.token);
    if (!list.filter.search.empty()) parameters.add("title", list.filter.search);
    return Exchange<CampaignPage>{
        call("list", "/campaigns" + parameters.text()),
        [clock = clock_, keep_raw = query.keep_raw](HttpResponse const& response) {
          return read_answer(response, clock, keep_raw).transform([](Answer answer) {
            CampaignPage page;
            page.info.records = answer.records;
            page.info.next_token = std::move(answer.next);
            page.info.next_error = std::move(answer.next_error);
            page.items = std::move(answer.campaigns);
            return page;
          });
        }};
  }

  protocol::Call call(std::string_view operation, std::string const& path) const {
    return {.request = {.url = endpoint_.base_url + path, .action = Action::read}, .operation = operation};
  }

  protocol::Endpoint endpoint_;
  std::string user_;
  Secret password_;
  protocol::ClockRule clock_;
};

Result<std::shared_ptr<Adapter const>> make(Config config) {
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return endpoint.error();
  if (config.user.empty()) return protocol::failure(ErrorCode::configuration, "user: is missing");
  if (auto given = protocol::check_secret("password", config.password); !given) return given.error();
  auto const clock = office_clock();
  if (!clock) return clock.error();
  return std::shared_ptr<Adapter const>{std::make_shared<HeronAdapter>(
      *std::move(endpoint), std::move(config.user), std::move(config.password), *clock)};
}

}  // namespace

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("heron", make(std::move(config)));
}

}  // namespace heron
