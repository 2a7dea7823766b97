#include "polycampaign/protocol/json_text.hpp"

#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/json_text.hpp"
#include "wire/record_texts.hpp"

namespace polycampaign::inline v1::protocol {

std::vector<std::string> json_records(std::string_view body, std::string_view member) {
  std::vector<std::string> records;
  auto const document = wire::JsonDocument::parse(std::string{body});
  if (!document) return records;
  wire::JsonList const list{member.empty() ? document->root() : document->root()[member]};
  wire::RecordTexts texts{*document, member, list};
  list.for_each([&](wire::JsonValue, std::size_t place) { records.emplace_back(texts[place]); });
  return records;
}

std::string json_member(std::string_view record, std::string_view name) {
  return std::string{wire::json_member(record, name)};
}

}  // namespace polycampaign::inline v1::protocol
