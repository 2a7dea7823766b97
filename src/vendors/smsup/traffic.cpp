#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "text/number.hpp"
#include "vendors/smsup/adapter.hpp"
#include "vendors/smsup/answers.hpp"
#include "vendors/smsup/listed_records.hpp"
#include "vendors/smsup/requests.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// The messages, replies and opt-outs of campaigns.
///
/// No call takes a campaign's id and shows its messages, but `/messages` shows those of a period. Part 0 of
/// such a list reads the campaign, whose date gives the period; its page has no records. Every later part is
/// 1 + the day on which the period begins, counted from 1970-01-01, so that its requests know it.
namespace polycampaign::inline v1::smsup {

using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageInfo;
using protocol::PageKey;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

/// The part of the replies that is the campaign's own list. No period begins as late.
constexpr std::int64_t own_replies = protocol::max_list_parts;

constexpr days before{1};
constexpr days behind{7};

constexpr std::string_view only_given =
    "The campaign shows only how many numbers it was given; some may have been removed before sending.";

Error no_such_page() {
  return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
}

sys_days first_day(PageKey const& key) {
  return sys_days{days{static_cast<int>(key.part - 1)}};
}

/// Reads the campaign as part 0.
template <class Item>
Result<ListPage<Item>> read_period(HttpResponse response, std::string_view id, Reading const& reading) {
  auto const campaign = read_campaign(std::move(response), id, reading);
  if (!campaign) return campaign.error();
  auto const& date = campaign->scheduled_at ? campaign->scheduled_at : campaign->created_at;
  if (!date)
    return protocol::failure(ErrorCode::protocol,
                             "the campaign has no readable date, so its period is not known");
  auto const day = std::chrono::floor<days>(reading.clock.zone.to_wall(date->time)) - before;
  auto const count = (std::max)(std::int64_t{0}, std::int64_t{day.time_since_epoch().count()});
  if (count >= own_replies - 1)
    return protocol::failure(ErrorCode::protocol, "the campaign's date is too far in the future");
  ListPage<Item> page;
  page.info.next_token = std::to_string(count);
  auto const& statistics = campaign->statistics;
  page.info.expected = statistics.submitted ? statistics.submitted : statistics.recipients;
  if (!statistics.submitted) page.info.expected_doubt = only_given;
  return page;
}

std::vector<PageKey> pages_of_period(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (key.part > 0) return overlapping_pages(key, info, most);
  auto const day = text::whole_number<std::int64_t>(info.next_token);
  if (!day || most == 0) return {};
  return {{.part = 1 + *day, .size = key.size}};
}

std::vector<PageKey> pages_of_replies(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (key.part == own_replies) return {};
  auto keys = pages_of_period(key, info, most);
  // Without a credible total, only an empty page shows that there are no more.
  bool const counted = key.part > 0 && info.total && *info.total >= key.offset + info.records;
  bool const last = keys.empty() || (counted && keys.size() < most);
  if (last && most > 0) keys.push_back({.part = own_replies, .size = key.size});
  return keys;
}

/// Reads a record of a list of the account, where each has an id. In a campaign's own lists none has one.
template <class Item, ReadRecord<Item> read>
bool read_with_id(ListedRecord const& record, Reading const& reading, Item& item) {
  if (!read(record, reading, item)) return false;
  if (item.id.empty()) item.notes.emplace_back("the record has no id");
  return true;
}

constexpr ListForm messages_form{.name = "messages", .singular = "message"};
constexpr ListForm replies_form{.name = "replies", .singular = "reply"};
constexpr ListForm own_replies_form{
    .name = "replies", .singular = "reply", .most = protocol::max_page_records};
constexpr ListForm stops_form{.name = "stops", .singular = "stop", .most = protocol::max_page_records};
constexpr ListForm blacklist_form{.name = "list", .singular = "lists"};

/// Reads a page that other pages follow. In XML, campaigns have no totals, so the engine requests no page
/// ahead, and takes a total that falls for a sign that records were skipped; the overlap of the pages already
/// shows that.
template <class Item>
std::function<Result<ListPage<Item>>(HttpResponse)> paged(ListForm form, Reading reading,
                                                          ReadRecord<Item> read, PageKey key, Format format) {
  return [form, reading = std::move(reading), read, key = std::move(key), format](HttpResponse response) {
    auto page = read_listed(std::move(response), form, reading, read);
    if (!page) return page;
    if (format == Format::xml) page->info.total.reset();
    settle(*page, key);
    return page;
  };
}

/// Reads the list of a campaign that is one page. Its records need not name the campaign.
template <class Item>
std::function<Result<ListPage<Item>>(HttpResponse)> of_campaign(ListForm form, Reading reading,
                                                                ReadRecord<Item> read, std::string id,
                                                                std::string_view note = {}) {
  return [form, reading = std::move(reading), read, id = std::move(id), note](HttpResponse response) {
    auto page = read_listed(std::move(response), form, reading, read);
    if (!page) return page;
    for (auto& item : page->items) {
      if (!item.campaign) item.campaign = id;
      if (!note.empty()) item.notes.emplace_back(note);
    }
    return page;
  };
}

}  // namespace

Result<Listing<Message>> SmsupAdapter::pages(ListMessages const& list,
                                             protocol::ListQuery const& query) const {
  auto segment = protocol::path_segment(list.campaign);
  if (!segment) return std::move(segment).error();
  return Listing<Message>{
      .first = {.size = query.page_size},
      .page = [this, id = list.campaign, path = "/campaign/" + *segment,
               reading = Reading{clock_, query.keep_raw, {}}](
                  PageKey const& key) -> Result<Exchange<ListPage<Message>>> {
        if (key.size < 1 || key.part >= own_replies) return no_such_page();
        if (key.part == 0)
          return Exchange<ListPage<Message>>{call_of(endpoint_, "messages", path),
                                             [id, reading](HttpResponse response) {
                                               return read_period<Message>(std::move(response), id, reading);
                                             }};
        auto const first = first_day(key);
        return Exchange<ListPage<Message>>{messages_call(endpoint_, first, first + before + behind, key),
                                           paged(messages_form, reading, &read_message, key, format_)};
      },
      .ahead = &pages_of_period,
      .unseen = {"Messages were read from the day before the campaign's date to the seventh day after it, by "
                 "the account's time zone. Those of other campaigns in this period were read, counted and "
                 "left out."}};
}

Result<Listing<Message>> SmsupAdapter::pages(FindMessages const& find,
                                             protocol::ListQuery const& query) const {
  auto const day_of = [&](std::chrono::sys_seconds time) {
    return std::chrono::floor<days>(clock_.zone.to_wall((std::max)(time, std::chrono::sys_seconds{})));
  };
  auto const first = day_of(find.since);
  auto const last = (std::max)(first, day_of(find.until));
  auto const count = std::int64_t{first.time_since_epoch().count()};
  if (count >= own_replies - 1)
    return protocol::failure(ErrorCode::invalid_argument, "since: it is too far in the future");
  return Listing<Message>{
      .first = {.part = 1 + count, .size = query.page_size},
      .page = [this, first, last, reading = Reading{clock_, query.keep_raw, {}}](
                  PageKey const& key) -> Result<Exchange<ListPage<Message>>> {
        if (key.size < 1 || key.part < 1 || first_day(key) != first) return no_such_page();
        auto call = messages_call(endpoint_, first, last, key);
        call.operation = "find_messages";
        return Exchange<ListPage<Message>>{std::move(call),
                                           paged(messages_form, reading, &read_message, key, format_)};
      },
      .ahead = &pages_of_period,
      .unseen = {"All messages of the period were read, because SMSUP has no filter for a reference."}};
}

Result<Listing<Reply>> SmsupAdapter::pages(ListReplies const& list, protocol::ListQuery const& query) const {
  auto segment = protocol::path_segment(list.campaign);
  if (!segment) return std::move(segment).error();
  return Listing<Reply>{
      .first = {.size = query.page_size},
      .page = [this, id = list.campaign, path = "/campaign/" + *segment, now = query.now,
               reading = Reading{clock_, query.keep_raw, {}}](
                  PageKey const& key) -> Result<Exchange<ListPage<Reply>>> {
        if (key.size < 1) return no_such_page();
        if (key.part == 0)
          return Exchange<ListPage<Reply>>{call_of(endpoint_, "replies", path),
                                           [id, reading](HttpResponse response) {
                                             auto page = read_period<Reply>(std::move(response), id, reading);
                                             if (page) page->info.expected.reset();  // it counts messages
                                             return page;
                                           }};
        if (key.part == own_replies)
          return Exchange<ListPage<Reply>>{
              call_of(endpoint_, "replies", path + "/mo"),
              of_campaign(own_replies_form, reading, &read_reply, id,
                          "SMSUP's list of the campaign's replies shows neither an id nor a text")};
        auto const first = first_day(key);
        auto const tomorrow = std::chrono::floor<days>(reading.clock.zone.to_wall(now)) + days{1};
        return Exchange<ListPage<Reply>>{
            replies_call(endpoint_, first, (std::max)(first, tomorrow), key),
            paged(replies_form, reading, &read_with_id<Reply, &read_reply>, key, format_)};
      },
      .ahead = &pages_of_replies,
      .unseen = {"Replies were read from the day before the campaign's date to the day after the list was "
                 "begun, by the account's time zone, and then from the campaign's own list, which shows no "
                 "texts. Those of other campaigns were read, counted and left out."}};
}

Result<Listing<OptOut>> SmsupAdapter::pages(ListOptOuts const& list, protocol::ListQuery const& query) const {
  auto segment = protocol::path_segment(list.campaign);
  if (!segment) return std::move(segment).error();
  return Listing<OptOut>{.first = {.size = query.page_size},
                         .page = [this, id = list.campaign, path = "/campaign/" + *segment + "/blacklist",
                                  reading = Reading{clock_, query.keep_raw, {}}](
                                     PageKey const& key) -> Result<Exchange<ListPage<OptOut>>> {
                           if (key.part != 0 || key.offset != 0) return no_such_page();
                           return Exchange<ListPage<OptOut>>{
                               call_of(endpoint_, "opt_outs", path),
                               of_campaign(stops_form, reading, &read_opt_out, id)};
                         }};
}

Result<Listing<OptOut>> SmsupAdapter::pages(ListStopList const&, protocol::ListQuery const& query) const {
  return Listing<OptOut>{
      .first = {.size = query.page_size},
      .page = [this, reading = Reading{clock_, query.keep_raw, {}}](
                  PageKey const& key) -> Result<Exchange<ListPage<OptOut>>> {
        if (key.size < 1 || key.part != 0) return no_such_page();
        return Exchange<ListPage<OptOut>>{
            stop_list_call(endpoint_, key),
            paged(blacklist_form, reading, &read_with_id<OptOut, &read_opt_out>, key, format_)};
      },
      .ahead = &overlapping_pages};
}

}  // namespace polycampaign::inline v1::smsup
