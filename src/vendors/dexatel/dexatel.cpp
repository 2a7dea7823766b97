#include "polycampaign/dexatel.hpp"

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/protocol/url.hpp"

#include "vendors/dexatel/answer.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;

/// The value for `filter[channel]`; empty when the client has to sort it out: the filter takes one channel,
/// and what it does with an unknown one is not documented.
std::string_view channel_word(CampaignFilter const& filter) noexcept {
  if (filter.channels.size() != 1) return {};
  switch (filter.channels.front()) {
    case Channel::sms: return "SMS";
    case Channel::viber: return "VIBER";
    case Channel::whatsapp: return "WHATSAPP";
    default: return {};
  }
}

ListPage<Campaign> list_page(Answer answer, int http_status) {
  ListPage<Campaign> page;
  page.info.records = answer.records;
  page.info.total = answer.total;
  page.info.applied_size = answer.next.size;
  page.info.next_token = std::move(answer.next.token);
  page.info.next_error = std::move(answer.next.error);
  if (page.info.next_error) page.info.next_error->http_status = http_status;
  page.items = std::move(answer.campaigns);
  return page;
}

/// The page behind the one that came.
std::vector<PageKey> pages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (info.next_token.empty() || most == 0) return {};
  auto next = key;
  next.token = info.next_token;
  next.size = info.applied_size.value_or(key.size);
  return {std::move(next)};
}

class DexatelAdapter final : public AdapterBase<DexatelAdapter> {
 public:
  DexatelAdapter(Secret key, protocol::Endpoint endpoint, protocol::Url base, wire::ClockRule schedule)
      : key_{std::move(key)}, endpoint_{std::move(endpoint)}, base_{std::move(base)}, schedule_{schedule} {}

  Capabilities const& capabilities() const noexcept override { return dexatel::capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {key_.reveal()}; }

  // not `page_token`: what it holds is Dexatel's secret
  protocol::Loggable loggable() const noexcept override {
    static constexpr std::string_view query[] = {"page_size", "filter[channel]"};
    static constexpr std::string_view before_id[] = {"campaigns"};
    return {.query = query, .before_id = before_id};
  }

  void sign(HttpRequest& request, protocol::Token const*) const override {
    request.headers.push_back({"Accept", "application/json"});
    request.headers.push_back({"X-Dexatel-Key", std::string{key_.reveal()}});
  }

  Result<Listing<Campaign>> pages(ListCampaigns const& list, ListQuery const& query) const {
    return Listing<Campaign>{
        .first = {.size = query.page_size},
        .page = [this, list, query](PageKey const& key) { return page(list, query, key); },
        .ahead = &pages_behind};
  }

  Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const {
    // as path segments these two would name another resource
    if (get.id.empty() || get.id == "." || get.id == "..")
      return protocol::failure(ErrorCode::invalid_argument, "a campaign id is needed");
    return conversation.run(detail(get.id, get.keep_raw));
  }

 private:
  Result<Exchange<ListPage<Campaign>>> page(ListCampaigns const& list, ListQuery const& query,
                                            PageKey const& key) const {
    if (key.size < 1 || (!key.token.empty() && key.token[0] != '=' && !is_list_path(key.token, base_)))
      return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
    return Exchange<ListPage<Campaign>>{
        call("list", page_url(list.filter, key)),
        [reading = Reading{schedule_, query.keep_raw, base_, Document::list}](HttpResponse response) {
          auto const http_status = response.status;
          return read_answer(std::move(response), reading).transform([&](Answer answer) {
            return list_page(std::move(answer), http_status);
          });
        }};
  }

  protocol::Call call(std::string_view operation, std::string url) const {
    HttpRequest request;
    request.url = std::move(url);
    request.action = Action::read;
    return {std::move(request), operation};
  }

  std::string page_url(CampaignFilter const& filter, PageKey const& key) const {
    // a link without a page token is asked for as it is; a path cannot leave the origin
    if (key.token.starts_with('/')) return origin() + key.token;
    protocol::Query parameters;
    parameters.add("page_size", static_cast<long long>(key.size));
    if (auto const channel = channel_word(filter); !channel.empty())
      parameters.add("filter[channel]", channel);
    if (!key.token.empty()) parameters.add("page_token", std::string_view{key.token}.substr(1));
    return endpoint_.base_url + std::string{campaigns_path} + parameters.text();
  }

  std::string origin() const {
    auto const host = endpoint_.base_url.find("://") + 3;
    return endpoint_.base_url.substr(0, endpoint_.base_url.find('/', host));
  }

  Exchange<Campaign> detail(std::string_view id, bool keep_raw) const {
    return {call("get", endpoint_.base_url + std::string{campaigns_path} + '/' + protocol::escape(id)),
            [id = std::string{id},
             reading = Reading{schedule_, keep_raw, {}, Document::get}](HttpResponse response) {
              auto const http_status = response.status;
              return read_answer(std::move(response), reading).and_then([&](Answer answer) {
                // ids are UUIDs, whose case says nothing
                for (auto& campaign : answer.campaigns)
                  if (wire::equal_ignoring_case(campaign.id, id))
                    return Result<Campaign>{std::move(campaign)};
                return protocol::only(std::move(answer.campaigns), id, http_status);
              });
            }};
  }

  Secret key_;
  protocol::Endpoint endpoint_;
  protocol::Url base_;
  wire::ClockRule schedule_;
};

Result<std::shared_ptr<Adapter const>> make(Config config) {
  if (auto key = protocol::check_header_secret("api_key", config.api_key); !key)
    return std::move(key).error();
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto base = protocol::parse_url(endpoint->base_url);
  if (!base) return std::move(base).error();
  auto schedule = protocol::clock_rule(config.time_zone);
  if (!schedule) return std::move(schedule).error();
  return std::shared_ptr<Adapter const>{std::make_shared<DexatelAdapter>(
      std::move(config.api_key), *std::move(endpoint), *std::move(base), *schedule)};
}

}  // namespace

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("dexatel", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::dexatel
