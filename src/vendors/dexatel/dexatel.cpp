#include "polycampaign/dexatel.hpp"

#include "polycampaign/protocol/vendor.hpp"

#include "vendors/dexatel/answer.hpp"
#include "wire/text.hpp"
#include "wire/url.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

using protocol::Exchange;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;

constexpr std::string_view campaigns_path = "/v1/campaigns";

Error failure(ErrorCode code, std::string message) {
  Error error;
  error.code = code;
  error.provider = "dexatel";
  error.message = std::move(message);
  return error;
}

/// The campaign of a detail: its page declares an array.
Result<Campaign> only(std::vector<Campaign> campaigns, std::string_view id, int http_status) {
  auto const by_id = std::find_if(campaigns.begin(), campaigns.end(), [&](Campaign const& campaign) {
    return wire::equal_ignoring_case(campaign.id, id);
  });
  if (by_id != campaigns.end()) return std::move(*by_id);
  auto error = campaigns.empty()
                   ? failure(ErrorCode::not_found, "the vendor has no campaign with this id")
                   : failure(ErrorCode::protocol, "the vendor answered with another campaign than asked for");
  error.http_status = http_status;
  if (campaigns.size() != 1 || !campaigns.front().id.empty()) return error;
  campaigns.front().id = id;
  return std::move(campaigns.front());
}

template <class T>
void keep(std::optional<T>& detail, std::optional<T>& listed) {
  if (!detail) detail = std::move(listed);
}

/// What the list told and the detail does not.
void add_listed(Campaign& detail, Campaign listed) {
  keep(detail.name, listed.name);
  keep(detail.channel, listed.channel);
  keep(detail.created_at, listed.created_at);
  keep(detail.updated_at, listed.updated_at);
  keep(detail.scheduled_at, listed.scheduled_at);
  keep(detail.statistics.messages, listed.statistics.messages);
  keep(detail.statistics.delivered, listed.statistics.delivered);
  keep(detail.statistics.failed, listed.statistics.failed);
  if (!detail.status.vendor_word) detail.status = std::move(listed.status);
  if (detail.recipient_lists.empty()) detail.recipient_lists = std::move(listed.recipient_lists);
  for (auto& note : listed.notes)
    if (std::find(detail.notes.begin(), detail.notes.end(), note) == detail.notes.end())
      detail.notes.push_back(std::move(note));
}

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

class DexatelVendor final : public Vendor {
 public:
  DexatelVendor(Secret key, protocol::Endpoint endpoint, wire::Url base, wire::ClockRule schedule)
      : key_{std::move(key)}, endpoint_{std::move(endpoint)}, base_{std::move(base)}, schedule_{schedule} {}

  Capabilities const& capabilities() const noexcept override { return dexatel::capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {key_.reveal()}; }

  void sign(HttpRequest& request, protocol::Token const*) const override {
    request.headers.push_back({"Accept", "application/json"});
    request.headers.push_back({"X-Dexatel-Key", std::string{key_.reveal()}});
  }

  PageKey first(ListQuery const& query) const override { return {.size = query.page_size}; }

  Exchange<ListPage> page(ListQuery const& query, PageKey const& key) const override {
    return {call("list", page_url(query, key)),
            [reading = Reading{schedule_, query.keep_raw, base_}](HttpResponse response) {
              return read_answer(std::move(response), reading).transform([](Answer answer) {
                ListPage page;
                page.info.records = static_cast<std::int64_t>(answer.campaigns.size());
                page.info.total = answer.total;
                page.info.applied_size = answer.next.size;
                page.info.next_token = std::move(answer.next.token);
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
    next.size = info.applied_size.value_or(key.size);
    return {std::move(next)};
  }

  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    // as path segments these two would name another resource
    if (id.empty() || id == "." || id == "..")
      return failure(ErrorCode::invalid_argument, "a campaign id is needed");
    return conversation.run(detail(id, query.keep_raw));
  }

  Result<Campaign> complete(Campaign listed, protocol::GetQuery const& query,
                            protocol::Conversation& conversation) const override {
    if (listed.id.empty()) {
      listed.notes.emplace_back("no details: the record has no id");
      return listed;
    }
    auto detail = get(listed.id, query, conversation);
    if (!detail) {
      if (detail.error().code != ErrorCode::not_found) return detail;
      listed.notes.emplace_back("no details: the campaign is gone");
      return listed;
    }
    add_listed(*detail, std::move(listed));
    return detail;
  }

 private:
  protocol::Call call(std::string_view operation, std::string url) const {
    HttpRequest request;
    request.url = std::move(url);
    request.action = Action::read;
    return {std::move(request), operation};
  }

  std::string page_url(ListQuery const& query, PageKey const& key) const {
    // a link without a page token is asked for as it is; a path cannot leave the origin
    if (key.token.starts_with('/')) return origin() + key.token;
    wire::Query parameters;
    parameters.add("page_size", static_cast<long long>(key.size));
    if (auto const channel = channel_word(query.filter); !channel.empty())
      parameters.add("filter[channel]", channel);
    if (key.token.starts_with('=')) parameters.add("page_token", std::string_view{key.token}.substr(1));
    return endpoint_.base_url + std::string{campaigns_path} + parameters.text();
  }

  std::string origin() const {
    auto const host = endpoint_.base_url.find("://") + 3;
    return endpoint_.base_url.substr(0, endpoint_.base_url.find('/', host));
  }

  Exchange<Campaign> detail(std::string_view id, bool keep_raw) const {
    return {call("get", endpoint_.base_url + std::string{campaigns_path} + '/' + wire::escape(id)),
            [id = std::string{id}, reading = Reading{schedule_, keep_raw, {}}](HttpResponse response) {
              auto const http_status = response.status;
              return read_answer(std::move(response), reading).and_then([&](Answer answer) {
                return only(std::move(answer.campaigns), id, http_status);
              });
            }};
  }

  Secret key_;
  protocol::Endpoint endpoint_;
  wire::Url base_;
  wire::ClockRule schedule_;
};

}  // namespace

Result<std::shared_ptr<Vendor const>> make_vendor(Config config) {
  if (config.api_key.empty())
    return failure(ErrorCode::configuration,
                   "api_key: " + (config.api_key.problem().empty() ? std::string{"is missing"}
                                                                   : config.api_key.problem()));
  if (!std::all_of(config.api_key.reveal().begin(), config.api_key.reveal().end(),
                   [](char c) { return c > ' ' && c < '\x7F'; }))
    return failure(ErrorCode::configuration, "api_key: holds a character that a header cannot carry");

  auto base_url = std::move(config.base_url);
  auto url = wire::parse_url(base_url);
  if (!url) return failure(ErrorCode::configuration, "base_url: " + url.error().message);
  if (base_url.find('?') != std::string::npos)
    return failure(ErrorCode::configuration, "base_url: has a query");
  while (base_url.ends_with('/')) base_url.pop_back();
  protocol::Endpoint endpoint{std::move(base_url), url->scheme == "https", url->loopback()};

  auto schedule = schedule_clock(config.time_zone);
  if (!schedule) return std::move(schedule).error();
  return std::shared_ptr<Vendor const>{std::make_shared<DexatelVendor>(
      std::move(config.api_key), std::move(endpoint), *std::move(url), *schedule)};
}

}  // namespace polycampaign::inline v1::dexatel
