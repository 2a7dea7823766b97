#pragma once

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/result.hpp"

#include "text/ascii.hpp"
#include "wire/campaigns.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"
#include "wire/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::wire {

/// The recipient lists of one answer, by the rules of Campaigns: what is no list never becomes one, but
/// counts among the records that the vendor sent.
struct RecipientLists {
  std::vector<RecipientList> items{};
  std::int64_t sent = 0;     ///< what the vendor sent, whatever it was
  std::string_view fault{};  ///< why these are not the lists that were asked for; empty if they are
};

/// Reads the records with `read(JsonValue record, RecipientList& list, Notes& notes)`. `is_page`: of a page,
/// one record at least must have an id.
template <class Read>
[[nodiscard]] RecipientLists read_recipient_lists(JsonList const& records, RecordTexts& texts,
                                                  int largest_page, bool is_page, Read&& read) {
  RecipientLists lists;
  if (records.size() > Campaigns::most(largest_page)) {
    lists.fault = "the response contains more than ten times as many records as the largest page size allows";
    return lists;
  }
  bool named = false;
  records.for_each([&](JsonValue record, std::size_t place) {
    ++lists.sent;
    RecipientList list;
    Notes notes{list.notes};
    if (record.is_object()) read(record, list, notes);
    if (!list.id && !list.name && !list.size) return;
    if (!list.id) notes.add("the record has no readable id");
    named = named || list.id;
    texts.note_repairs(place, notes);
    lists.items.push_back(std::move(list));
  });
  if (lists.sent == 0) return lists;
  if (lists.items.empty())
    lists.fault = "the response contains no recipient list where recipient lists were expected";
  else if (is_page && !named)
    lists.fault = "no record in the list has an id";
  auto const others = lists.sent - static_cast<std::int64_t>(lists.items.size());
  if (others > 0 && !lists.items.empty())
    lists.items.front().notes.push_back("the response also contained " + std::to_string(others) +
                                        (others == 1
                                             ? " element that is not a recipient list; it was left out"
                                             : " elements that are not recipient lists; they were left out"));
  return lists;
}

/// Returns the requested list from those in the response to a get, by the rules of `protocol::only`. The case
/// of an id is ignored. Errors: `not_found` if there is no list; `protocol` if there are only others.
[[nodiscard]] inline Result<RecipientList> only(std::vector<RecipientList> answered, std::string_view id,
                                                int http_status) {
  for (auto& list : answered)
    if (list.id && text::equal_ignoring_case(*list.id, id)) return std::move(list);
  if (answered.size() == 1 && !answered.front().id) {
    answered.front().id = id;
    return std::move(answered.front());
  }
  auto error =
      answered.empty()
          ? protocol::failure(ErrorCode::not_found, "the vendor has no list with this id")
          : protocol::failure(ErrorCode::protocol, "the vendor returned a different list than requested");
  error.http_status = http_status;
  return error;
}

}  // namespace polycampaign::inline v1::wire
