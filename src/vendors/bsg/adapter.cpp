#include "vendors/bsg/adapter.hpp"

#include "polycampaign/protocol/detail.hpp"

#include "text/ascii.hpp"
#include "vendors/bsg/answers.hpp"
#include "vendors/bsg/messages.hpp"
#include "vendors/bsg/requests.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

BsgAdapter::BsgAdapter(protocol::Endpoint endpoint, Secret api_key, wire::ClockRule clock)
    : endpoint_{std::move(endpoint)}, api_key_{std::move(api_key)}, clock_{clock} {}

protocol::Loggable BsgAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {
      "filter[type]", "filter[from]",        "filter[to]", "page[offset]",  "page[limit]",     "sort",
      "way",          "filter[campaign_id]", "types",      "search[field]", "search[operator]"};
  static constexpr std::string_view before_id[] = {"campaigns", "groups"};
  return {.query = query, .before_id = before_id};
}

void BsgAdapter::sign(HttpRequest& request, Token const* token) const {
  if (token != nullptr) request.headers.push_back({"Authorization", bearer(*token)});
}

std::optional<Exchange<Token>> BsgAdapter::log_in() const {
  return Exchange<Token>{log_in_call(endpoint_, api_key_), &read_token};
}

std::optional<Exchange<Token>> BsgAdapter::refresh(Token const& token) const {
  if (token.access.empty()) return std::nullopt;
  return Exchange<Token>{refresh_call(endpoint_, token), &read_token};
}

Result<Listing<Campaign>> BsgAdapter::pages(ListCampaigns const& list,
                                            protocol::ListQuery const& query) const {
  Windows const windows{list.filter, query.now, clock_.zone};
  auto spare = std::make_shared<protocol::SparePages<Campaign>>();
  return Listing<Campaign>{
      .first = {.size = query.page_size},
      .page = [this, windows, filter = list.filter, keep_raw = query.keep_raw,
               spare](PageKey const& key) -> Result<Exchange<ListPage<Campaign>>> {
        auto call = page_call(endpoint_, windows, filter, key);
        if (!call) return std::move(call).error();
        Reading const reading{.clock = clock_,
                              .form = Form::brief,
                              .channel = windows.channel(key.part),
                              .keep_raw = keep_raw,
                              .spare = spare};
        return Exchange<ListPage<Campaign>>{*std::move(call), [reading](HttpResponse response) {
                                              return read_page(std::move(response), reading);
                                            }};
      },
      .ahead = [parts = windows.parts()](PageKey const& key, PageInfo const& info,
                                         std::size_t most) { return pages_behind(parts, key, info, most); },
      .complete =
          [this, keep_raw = query.keep_raw](Campaign listed, Conversation& conversation) {
            return complete(std::move(listed), keep_raw, conversation);
          },
      .spare = spare,
      .windows = static_cast<int>(windows.periods()),
      .unseen = unseen(windows, list.filter)};
}

Result<Listing<Message>> BsgAdapter::pages(ListMessages const& list, protocol::ListQuery const& query) const {
  auto const id = protocol::numeric_id(list.campaign);
  if (!id) return id.error();
  MessageReading const reading{
      .clock = clock_, .campaign = list.campaign, .id = std::string{*id}, .keep_raw = query.keep_raw};
  return Listing<Message>{
      .first = {.size = query.page_size},
      .page = [this, reading, now = query.now](PageKey const& key) -> Result<Exchange<ListPage<Message>>> {
        if (key.part == 0) {
          auto call = campaign_call(endpoint_, reading.id, false);
          call.operation = "messages";
          return Exchange<ListPage<Message>>{std::move(call), [reading](HttpResponse response) {
                                               return read_period(std::move(response), reading);
                                             }};
        }
        auto call = messages_call(endpoint_, reading, key, now);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<Message>>{*std::move(call), [reading](HttpResponse response) {
                                             return read_messages(std::move(response), reading);
                                           }};
      },
      .ahead = &messages_behind};
}

Result<Listing<Message>> BsgAdapter::pages(FindMessages const& find, protocol::ListQuery const& query) const {
  MessageReading const reading{.clock = clock_, .campaign = {}, .id = {}, .keep_raw = query.keep_raw};
  return Listing<Message>{
      .first = {.size = query.page_size},
      .page = [this, find, reading](PageKey const& key) -> Result<Exchange<ListPage<Message>>> {
        auto call = find_call(endpoint_, find, clock_.zone, key);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<Message>>{*std::move(call), [reading](HttpResponse response) {
                                             return read_messages(std::move(response), reading);
                                           }};
      },
      .ahead = [](PageKey const& key, PageInfo const& info,
                  std::size_t most) { return pages_behind(1, key, info, most); }};
}

Exchange<Campaign> BsgAdapter::campaign(std::string_view id, bool brief, bool keep_raw) const {
  Reading const reading{
      .clock = clock_, .form = brief ? Form::brief : Form::detail, .channel = {}, .keep_raw = keep_raw};
  return {campaign_call(endpoint_, id, brief), [id = std::string{id}, reading](HttpResponse response) {
            return read_campaign(std::move(response), id, reading);
          }};
}

Result<Campaign> BsgAdapter::run(GetCampaign const& get, Conversation& conversation) const {
  auto const id = protocol::numeric_id(get.id);
  if (!id) return id.error();
  return conversation.run(campaign(*id, get.brief, get.keep_raw));
}

Result<Campaign> BsgAdapter::complete(Campaign listed, bool keep_raw, Conversation& conversation) const {
  if (!text::is_digits(listed.id)) {
    listed.notes.emplace_back("no detail: the campaign has no usable id");
    return listed;
  }
  auto detail = conversation.run(campaign(listed.id, false, keep_raw));
  // The two forms are never mixed: `sent` has another meaning in each.
  if (detail && detail->statistics != Statistics{}) listed.statistics = {};
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::bsg
