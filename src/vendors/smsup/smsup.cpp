#include "polycampaign/smsup.hpp"

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/protocol/zone.hpp"

#include "vendors/smsup/answer.hpp"
#include "vendors/smsup/capabilities.hpp"
#include "wire/time.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;

/// The creation date is compared with the send date's filter: room for clocks that differ.
constexpr std::chrono::hours creation_margin{1};

/// Bounds outside of these years are not sent: they bound nothing, and have no four digits.
constexpr std::chrono::sys_seconds first_time = std::chrono::sys_days{std::chrono::year{1971} / 1 / 1};
constexpr std::chrono::sys_seconds last_time = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

/// A campaign is never sent before it was created, so the earliest creation bounds the send date too. Nothing
/// like that holds for the latest.
std::optional<std::chrono::sys_seconds> earliest_send(CampaignFilter const& filter) noexcept {
  auto const within = [](std::chrono::sys_seconds time) { return std::clamp(time, first_time, last_time); };
  auto earliest = first_time;
  if (filter.planned_since) earliest = within(*filter.planned_since);
  if (filter.since) earliest = std::max(earliest, within(*filter.since) - creation_margin);
  if (earliest <= first_time) return std::nullopt;
  return earliest;
}

/// A page that is shorter than asked for is the end of the list or the server's cap on `length`; without a
/// total only the page behind it tells. Its key carries the first id of the short page (`next_token`): a
/// server that looks at no `start` gives that page again, and then there is nothing behind it but the record
/// that both have.
ListPage<Campaign> list_page(Answer answer, PageKey const& key) {
  ListPage<Campaign> page;
  page.items = std::move(answer.campaigns);
  page.info.records = answer.records;
  if (!key.token.empty() && !page.items.empty() && page.items.front().id == key.token) {
    page.items.resize((std::min)(page.items.size(), static_cast<std::size_t>(key.overlap)));
    page.info.records = static_cast<std::int64_t>(page.items.size());
  }
  page.info.total = answer.total;
  if (!page.items.empty() && page.info.records < key.size) page.info.next_token = page.items.front().id;
  return page;
}

/// The pages behind the one that came.
std::vector<PageKey> pages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  std::vector<PageKey> keys;
  if (info.records <= key.overlap || most == 0) return keys;
  // A shorter page than asked for is not the end while the total says more: the server caps `length`. Then
  // that is the step.
  auto next = key;
  next.offset += info.records;
  next.size = std::min(key.size, info.records);
  next.token.clear();
  next.overlap = 0;
  // a total below what was received tells nothing
  if (!info.total || *info.total < next.offset) {
    next.token = info.next_token;
    next.overlap = info.records > 1 ? 1 : 0;
    next.offset -= next.overlap;
    return {std::move(next)};
  }
  for (; keys.size() < most && next.offset < *info.total; next.offset += info.records) keys.push_back(next);
  return keys;
}

class SmsupAdapter final : public AdapterBase<SmsupAdapter> {
 public:
  SmsupAdapter(Secret token, protocol::Endpoint endpoint, Format format, wire::ClockRule clock)
      : token_{std::move(token)}, endpoint_{std::move(endpoint)}, format_{format}, clock_{clock} {}

  Capabilities const& capabilities() const noexcept override { return smsup::capabilities(format_); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {token_.reveal()}; }

  protocol::Loggable loggable() const noexcept override {
    static constexpr std::string_view query[] = {"start",    "length",  "sort",   "date_start",
                                                 "date_end", "sms_min", "sms_max"};
    static constexpr std::string_view before_id[] = {"campaign"};
    return {.query = query, .before_id = before_id};
  }

  /// The query form of the token, documented for some calls, is never used: queries end in access logs.
  void sign(HttpRequest& request, protocol::Token const*) const override {
    request.headers.push_back({"Accept", format_ == Format::xml ? "application/xml" : "application/json"});
    constexpr std::string_view scheme = "Bearer ";
    std::string value;
    value.reserve(scheme.size() + token_.reveal().size());  // so that no smaller copy is left behind
    value.append(scheme).append(token_.reveal());
    request.headers.push_back({"Authorization", std::move(value)});
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
    if (key.size < 1) return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
    return Exchange<ListPage<Campaign>>{
        call("list", "/campaigns" + list_query(list.filter, key)),
        [reading = Reading{Document::list, clock_, query.keep_raw}, key](HttpResponse response) {
          return read_answer(std::move(response), reading).transform([&](Answer answer) {
            return list_page(std::move(answer), key);
          });
        }};
  }

  protocol::Call call(std::string_view operation, std::string const& path) const {
    HttpRequest request;
    request.url = endpoint_.base_url + path;
    request.action = Action::read;
    return {std::move(request), operation};
  }

  Exchange<Campaign> detail(std::string_view id, bool keep_raw) const {
    return {
        call("get", "/campaign/" + protocol::escape(id)),
        [id = std::string{id}, reading = Reading{Document::get, clock_, keep_raw}](HttpResponse response) {
          auto const http_status = response.status;
          return read_answer(std::move(response), reading).and_then([&](Answer answer) {
            return protocol::only(std::move(answer.campaigns), id, http_status);
          });
        }};
  }

  std::string list_query(CampaignFilter const& filter, PageKey const& key) const;

  Secret token_;
  protocol::Endpoint endpoint_;
  Format format_;
  wire::ClockRule clock_;
};

/// `date_start` and `date_end` bound the send date, on the wall clock of the account's zone. Whether the
/// bounds count is not documented: a start is sent one second early, and the client checks both.
std::string SmsupAdapter::list_query(CampaignFilter const& filter, PageKey const& key) const {
  protocol::Query query;
  query.add("start", static_cast<long long>(key.offset)).add("length", static_cast<long long>(key.size));
  query.add("sort", filter.sort.empty() ? "-id" : filter.sort);

  if (auto const start = earliest_send(filter))
    query.add("date_start", protocol::format_wall(clock_.zone.to_wall(*start - std::chrono::seconds{1})));
  if (auto const end = filter.planned_until; end && *end < last_time) {
    // In an hour that the wall clock shows twice, its times are read as the first: reach beyond the second.
    auto const until = std::max(*end, first_time);
    auto const wall = clock_.zone.to_wall(until);
    auto const skew = std::max(until - clock_.zone.to_utc(wall).time, std::chrono::seconds{0});
    query.add("date_end", protocol::format_wall(wall + skew));
  }

  if (filter.min_messages) query.add("sms_min", static_cast<long long>(*filter.min_messages));
  if (filter.max_messages) query.add("sms_max", static_cast<long long>(*filter.max_messages));
  if (!filter.destination.empty()) {
    // the samples write numbers without it
    std::string_view number = filter.destination;
    if (number.starts_with('+')) number.remove_prefix(1);
    query.add("destination", number);
  }
  if (!filter.text.empty()) query.add("text", filter.text);
  return query.text();
}

Result<std::shared_ptr<Adapter const>> make(Config config) {
  if (auto token = protocol::check_header_secret("token", config.token); !token)
    return std::move(token).error();
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto clock = protocol::clock_rule(config.time_zone, assumed_zone);
  if (!clock) return std::move(clock).error();
  return std::shared_ptr<Adapter const>{
      std::make_shared<SmsupAdapter>(std::move(config.token), *std::move(endpoint), config.format, *clock)};
}

}  // namespace

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("smsup", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::smsup
