#pragma once

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/bsg/answers.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

/// Reads pages of anything but campaigns.
namespace polycampaign::inline v1::bsg {

/// What a page says beside its records: the total is in `meta.page` (messages, searches) or at the top level
/// (groups, stop list), and the documents differ about which has it where.
[[nodiscard]] protocol::PageInfo page_info(wire::JsonValue root);

/// Returns the list under `data`, or the root if it is an array. No list: the answer has none.
[[nodiscard]] wire::JsonList list_of(wire::JsonValue root);

/// Returns the error of an answer without what was expected: the vendor's own words, if there are any.
[[nodiscard]] Error without(wire::JsonValue root, HttpResponse const& response, std::string expected);

/// The most records that an answer may hold.
[[nodiscard]] std::size_t most_listed() noexcept;

/// What a record of a page turned out to be.
enum class Record : std::uint8_t {
  element,     ///< one of the elements that were requested
  other,       ///< a record of the right kind that was not requested
  unexpected,  ///< nothing of the right kind
};

/// Returns whether the record has one of these members, and it is not null.
[[nodiscard]] bool reports_any(wire::JsonValue record, std::initializer_list<std::string_view> members);

template <class Item>
[[nodiscard]] bool has_id(Item const& item) {
  if constexpr (requires { item.id.empty(); })
    return !item.id.empty();
  else
    return static_cast<bool>(item.id);
}

/// Reads a page as strictly as pages of campaigns are read: what is unexpected is counted and left out, with
/// a note on the first element. `read(JsonValue, std::size_t place, RecordTexts&, Item&)` fills one element
/// and returns a `Record`. `nouns` names the elements: `messages`. Errors: `protocol` (all records are
/// unexpected, or none of the elements has an id), and those of requests.
template <class Item, class Read>
[[nodiscard]] Result<protocol::ListPage<Item>> read_list(HttpResponse response, std::string_view nouns,
                                                         Read const& read) {
  auto const document = open_answer(response, Action::read);
  if (!document) {
    auto error = document.error();
    error.effect = Effect::none;
    return error;
  }
  auto const root = document->root();
  auto const list = list_of(root);
  if (!list || list.is_single() || (root["data"].is_null() && !root["meta"] && !root["total"]))
    return without(root, response, "expected " + std::string{nouns} + " under data");
  if (list.size() > most_listed())
    return without(root, response, "the response contains far more " + std::string{nouns} + " than a page");
  protocol::ListPage<Item> page{.items = {}, .info = page_info(root)};
  page.info.records = static_cast<std::int64_t>(list.size());
  page.items.reserve(list.size());
  wire::RecordTexts texts{*document, root["data"] ? "data" : "", list};
  std::size_t unexpected = 0;
  list.for_each([&](wire::JsonValue record, std::size_t place) {
    Item item;
    auto const found = record.is_object() ? read(record, place, texts, item) : Record::unexpected;
    if (found == Record::unexpected) ++unexpected;
    if (found == Record::element) page.items.push_back(std::move(item));
  });
  if (list.size() > 0 && unexpected == list.size())
    return without(root, response, "the response contains no " + std::string{nouns});
  if (!page.items.empty() && std::ranges::none_of(page.items, &has_id<Item>))
    return without(root, response, "no record in the list has an id");
  if constexpr (requires(Item item) { item.notes; })
    if (unexpected > 0 && !page.items.empty())
      page.items.front().notes.push_back("the response also contained elements that are not " +
                                         std::string{nouns} +
                                         "; they were left out: " + std::to_string(unexpected));
  return page;
}

}  // namespace polycampaign::inline v1::bsg
