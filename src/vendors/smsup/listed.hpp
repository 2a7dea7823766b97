#pragma once

#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/smsup/members.hpp"
#include "vendors/smsup/records.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Reads lists of anything but campaigns, in JSON or XML, whatever was requested.
namespace polycampaign::inline v1::smsup {

/// One record of a list. Valid while it is read.
struct ListedRecord {
  FlatRecord const& members;
  /// Returns the record's own text. In JSON, the first call is a second pass over the body.
  std::function<std::string_view()> const& text;
};

/// What the records of a list are called in a response, and how many a response may contain.
struct ListForm {
  std::string_view name{};      ///< as on the vendor's page: `messages`
  std::string_view singular{};  ///< a second name; the pages of campaigns show both in XML
  std::size_t most = 10'000;    ///< ten times the largest page
};

/// What a response says about the list, besides its records.
struct ListedAnswer {
  std::int64_t records = 0;             ///< records, readable or not
  std::int64_t unreadable = 0;          ///< of these, those that `read` did not accept
  std::optional<std::int64_t> total{};  ///< of the whole list
  std::string odd_status{};             ///< a note for each record, or empty
};

/// Reads a response of any HTTP status. `read` receives the records in order and returns whether it accepts
/// them. `keep_raw`: their texts will be requested. Errors: what the body or the HTTP status means;
/// `protocol` if there is no such list, it has too many records, or none of them was accepted.
[[nodiscard]] Result<ListedAnswer> read_records(HttpResponse response, ListForm const& form, bool keep_raw,
                                                std::function<bool(ListedRecord const&)> const& read);

/// Reads one record. Returns false if it has no member of an element of this kind.
template <class Item>
using ReadRecord = bool (*)(ListedRecord const& record, Reading const& reading, Item& item);

/// Reads a response as a page. Errors: as `read_records`.
template <class Item>
[[nodiscard]] Result<protocol::ListPage<Item>> read_listed(HttpResponse response, ListForm const& form,
                                                           Reading const& reading, ReadRecord<Item> read) {
  protocol::ListPage<Item> page;
  auto answer = read_records(std::move(response), form, reading.keep_raw, [&](ListedRecord const& record) {
    auto& item = page.items.emplace_back();
    if (read(record, reading, item)) return true;
    page.items.pop_back();
    return false;
  });
  if (!answer) return std::move(answer).error();
  page.info.records = answer->records;
  page.info.total = answer->total;
  if (!answer->odd_status.empty())
    for (auto& item : page.items) item.notes.push_back(answer->odd_status);
  if (answer->unreadable > 0)
    page.items.front().notes.push_back(std::to_string(answer->unreadable) +
                                       " records of the same page could not be read");
  return page;
}

}  // namespace polycampaign::inline v1::smsup
