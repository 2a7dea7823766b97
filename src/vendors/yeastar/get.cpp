#include "polycampaign/capabilities.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/url.hpp"

#include "vendors/yeastar/decode.hpp"
#include "vendors/yeastar/record.hpp"
#include "vendors/yeastar/yeastar_vendor.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

using protocol::Conversation;
using protocol::Exchange;

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The detail is there and readable: that the search is refused costs its status, not the whole answer.
bool refused(ErrorCode code) {
  return code == ErrorCode::unsupported || code == ErrorCode::rejected || code == ErrorCode::not_found ||
         code == ErrorCode::invalid_argument || code == ErrorCode::permission_denied;
}

}  // namespace

Exchange<Campaign> YeastarAdapter::detail(std::string_view id, bool keep_raw) const {
  auto request = call("GET", "get", "message_campaign/get", Action::read);
  request.request.url += protocol::Query{}.add("id", id).text();
  return {std::move(request), [id = std::string{id}, keep_raw](HttpResponse response) {
            return decode_detail(std::move(response), id, keep_raw);
          }};
}

Result<std::optional<Campaign>> YeastarAdapter::find_listed(Campaign const& detail,
                                                            Conversation& conversation) const {
  // a PBX holds 1,000 campaigns at most, as its reseller says: twice that, whatever the search matches
  constexpr int most_pages = 20;
  ListCampaigns const named{.filter = {.search = detail.name.value_or("")}};
  auto const listing = pages(named, {.page_size = yeastar::capabilities().default_page_size});
  if (!listing) return listing.error();
  auto key = listing->first;
  for (int read = 0; read < most_pages; ++read) {
    auto page = listing->page(key).and_then([&](auto const& exchange) { return conversation.run(exchange); });
    if (!page) return std::move(page).error();
    for (auto& listed : page->items)
      if (listed.id == detail.id) return std::optional{std::move(listed)};
    auto const next = listing->ahead(key, page->info, 1);
    if (next.empty()) break;
    key = next.front();
  }
  return std::optional<Campaign>{};
}

Result<Campaign> YeastarAdapter::run(GetCampaign const& get, Conversation& conversation) const {
  std::string_view id = get.id;
  if (!is_id(id))
    return Error{.code = ErrorCode::invalid_argument, .message = "the id of a Yeastar campaign is digits"};
  while (id.size() > 1 && id.front() == '0') id.remove_prefix(1);
  auto detail = conversation.run(this->detail(id, get.keep_raw));
  if (!detail || detail->status.vendor_word) return detail;
  auto listed = find_listed(*detail, conversation);
  if (!listed && !refused(listed.error().code)) return std::move(listed).error();
  if (listed && *listed) return merged(**std::move(listed), *std::move(detail));
  detail->notes.emplace_back(listed ? "status and counters are unknown: no listed campaign has this id"
                                    : "status and counters are unknown: the PBX refused the search for them");
  return detail;
}

Result<Campaign> YeastarAdapter::complete(Campaign listed, bool keep_raw, Conversation& conversation) const {
  if (!is_id(listed.id)) {
    listed.notes.emplace_back("no detail: the campaign has no id to ask for");
    return listed;
  }
  auto detail = conversation.run(this->detail(listed.id, keep_raw));
  if (detail) return merged(std::move(listed), *std::move(detail));
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::yeastar
