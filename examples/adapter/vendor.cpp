#include <polycampaign/protocol/detail.hpp>
#include <polycampaign/protocol/endpoint.hpp>
#include <polycampaign/protocol/failure.hpp>
#include <polycampaign/protocol/settings.hpp>
#include <polycampaign/protocol/url.hpp>
#include <polycampaign/protocol/vendor.hpp>

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
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

class HeronVendor final : public Vendor {
 public:
  HeronVendor(protocol::Endpoint endpoint, std::string user, Secret password)
      : endpoint_{std::move(endpoint)}, user_{std::move(user)}, password_{std::move(password)} {}

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
    // a credential of a file may hold any bytes
    call.request.body = account.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    return Exchange<Token>{std::move(call), &read_ticket};
  }

  Result<PageKey> first(ListQuery const& query) const override { return PageKey{.size = query.page_size}; }

  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    protocol::Query parameters;
    parameters.add("count", key.size);
    if (!key.token.empty()) parameters.add("after", key.token);
    if (!query.filter.search.empty()) parameters.add("title", query.filter.search);
    return Exchange<ListPage>{call("list", "/campaigns" + parameters.text()),
                              [keep_raw = query.keep_raw](HttpResponse response) {
                                return read_answer(response, keep_raw).transform([](Answer answer) {
                                  ListPage page;
                                  page.info.records = answer.records;
                                  page.info.next_token = std::move(answer.next);
                                  page.items = std::move(answer.campaigns);
                                  return page;
                                });
                              }};
  }

  std::vector<PageKey> ahead(ListQuery const&, PageKey const& key, PageInfo const& info,
                             std::size_t most) const override {
    if (info.next_token.empty() || most == 0) return {};
    auto next = key;
    next.token = info.next_token;
    return {next};
  }

  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    // as path segments these would name another resource
    if (id.empty() || id == "." || id == "..")
      return protocol::failure(ErrorCode::invalid_argument, "a campaign id is needed");
    return conversation.run(
        Exchange<Campaign>{call("get", "/campaigns/" + protocol::escape(id)),
                           [id = std::string{id}, keep_raw = query.keep_raw](HttpResponse response) {
                             return read_answer(response, keep_raw).and_then([&](Answer answer) {
                               return protocol::only(std::move(answer.campaigns), id, response.status);
                             });
                           }});
  }

 private:
  protocol::Call call(std::string_view operation, std::string const& path) const {
    return {.request = {.url = endpoint_.base_url + path, .action = Action::read}, .operation = operation};
  }

  protocol::Endpoint endpoint_;
  std::string user_;
  Secret password_;
};

Result<std::shared_ptr<Vendor const>> make(Config config) {
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return endpoint.error();
  if (config.user.empty()) return protocol::failure(ErrorCode::configuration, "user: is missing");
  if (auto given = protocol::check_secret("password", config.password); !given) return given.error();
  return std::shared_ptr<Vendor const>{std::make_shared<HeronVendor>(
      *std::move(endpoint), std::move(config.user), std::move(config.password))};
}

}  // namespace

Result<std::shared_ptr<Vendor const>> make_vendor(Config config) {
  return protocol::named("heron", make(std::move(config)));
}

}  // namespace heron
