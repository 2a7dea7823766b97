#include "vendors/yeastar/adapter.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "vendors/yeastar/answers.hpp"
#include "vendors/yeastar/records.hpp"
#include "vendors/yeastar/requests.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageKey;
using protocol::Token;

bool refused(ErrorCode code) noexcept {
  return code == ErrorCode::unsupported || code == ErrorCode::rejected || code == ErrorCode::not_found ||
         code == ErrorCode::invalid_argument || code == ErrorCode::permission_denied;
}

YeastarAdapter::YeastarAdapter(protocol::Endpoint endpoint, Secret client_id, Secret client_secret)
    : endpoint_{std::move(endpoint)},
      client_id_{std::move(client_id)},
      client_secret_{std::move(client_secret)} {}

std::vector<std::string_view> YeastarAdapter::secrets() const {
  return {client_id_.reveal(), client_secret_.reveal()};
}

protocol::Loggable YeastarAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {"page", "page_size", "id", "ids"};
  return {.query = query};
}

// Without a User-Agent, the PBX cannot "identify the application" ("Get Access Token").
void YeastarAdapter::sign(HttpRequest& request, Token const* token) const {
  if (std::none_of(request.headers.begin(), request.headers.end(),
                   [](Header const& header) { return text::equal_ignoring_case(header.name, "User-Agent"); }))
    request.headers.push_back({"User-Agent", "polycampaign"});
  if (token == nullptr) return;
  auto escaped = protocol::escape(token->access.reveal());
  request.url.append(request.url.find('?') == std::string::npos ? "?" : "&")
      .append("access_token=")
      .append(escaped);
  wipe(escaped);
}

std::optional<Exchange<Token>> YeastarAdapter::log_in() const {
  return Exchange<Token>{log_in_call(endpoint_, client_id_, client_secret_), &read_token};
}

std::optional<Exchange<Token>> YeastarAdapter::refresh(Token const& token) const {
  if (token.refresh.empty()) return std::nullopt;
  return Exchange<Token>{refresh_call(endpoint_, token.refresh), &read_token};
}

std::optional<Exchange<protocol::Done>> YeastarAdapter::revoke(Token const&) const {
  return Exchange<protocol::Done>{revoke_call(endpoint_), &read_revocation};
}

Result<Listing<Campaign>> YeastarAdapter::pages(ListCampaigns const& list,
                                                protocol::ListQuery const& query) const {
  auto spare = std::make_shared<protocol::SparePages<Campaign>>();
  return Listing<Campaign>{
      .first = {.offset = 1, .size = query.page_size},
      .page = [this, search = list.filter.search, reading = Reading{query.keep_raw, spare}](
                  PageKey const& key) -> Result<Exchange<ListPage<Campaign>>> {
        auto call = page_call(endpoint_, search, key);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<Campaign>>{*std::move(call), [reading](HttpResponse response) {
                                              return read_page(std::move(response), reading);
                                            }};
      },
      .ahead = &pages_behind,
      .complete =
          [this, keep_raw = query.keep_raw](Campaign listed, Conversation& conversation) {
            return complete(std::move(listed), keep_raw, conversation);
          },
      .spare = std::move(spare)};
}

Exchange<Campaign> YeastarAdapter::campaign(std::string_view id, bool keep_raw) const {
  return {campaign_call(endpoint_, id),
          [id = std::string{id}, reading = Reading{keep_raw, {}}](HttpResponse response) {
            return read_campaign(std::move(response), id, reading);
          }};
}

Result<void> YeastarAdapter::for_each_listed(std::string const& search, Conversation& conversation,
                                             std::function<bool(Campaign& listed)> const& stop) const {
  // According to its reseller, a PBX holds at most 1,000 campaigns. Twice as many are read, whatever the
  // search matches.
  constexpr int most_pages = 20;
  ListCampaigns const named{.filter = {.search = search}};
  auto const listing = pages(named, {.page_size = yeastar::capabilities().default_page_size});
  if (!listing) return listing.error();
  auto key = listing->first;
  for (int read = 0; read < most_pages; ++read) {
    auto page = listing->page(key).and_then([&](auto const& exchange) { return conversation.run(exchange); });
    if (!page) return std::move(page).error();
    for (auto& listed : page->items)
      if (stop(listed)) return {};
    auto const next = listing->ahead(key, page->info, 1);
    if (next.empty()) break;
    key = next.front();
  }
  return {};
}

Result<Campaign> YeastarAdapter::run(GetCampaign const& get, Conversation& conversation) const {
  auto const id = protocol::numeric_id(get.id);
  if (!id) return id.error();
  auto detail = conversation.run(campaign(*id, get.keep_raw));
  if (!detail || detail->status.vendor_word) return detail;
  std::optional<Campaign> listed;
  auto read = for_each_listed(detail->name.value_or(""), conversation, [&](Campaign& entry) {
    if (entry.id != detail->id) return false;
    listed = std::move(entry);
    return true;
  });
  if (!read && !refused(read.error().code)) return std::move(read).error();
  if (listed) return merged(*std::move(listed), *std::move(detail));
  detail->notes.emplace_back(read ? "status and counters are unknown: no listed campaign has this id"
                                  : "status and counters are unknown: the PBX refused the search for them");
  return detail;
}

Result<Campaign> YeastarAdapter::complete(Campaign listed, bool keep_raw, Conversation& conversation) const {
  if (!text::is_digits(listed.id)) {
    listed.notes.emplace_back("no detail: the campaign has no usable id");
    return listed;
  }
  auto detail = conversation.run(campaign(listed.id, keep_raw));
  if (detail) return merged(std::move(listed), *std::move(detail));
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::yeastar
