#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/capabilities.hpp"
#include "vendors/smsup/formats.hpp"
#include "wire/campaigns.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"

#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

struct JsonField {
  wire::JsonValue value;
  std::string_view name;
  std::size_t place;
  wire::RecordTexts& texts;

  [[nodiscard]] wire::Scalar scalar() const noexcept { return value.scalar(); }
  [[nodiscard]] bool is_text(std::string_view& text) const noexcept { return value.is_text(text); }
  [[nodiscard]] bool is_integer(std::int64_t& integer) const noexcept { return value.is_integer(integer); }
  [[nodiscard]] std::string exact() const { return texts.member(place, name); }

  [[nodiscard]] std::size_t list_count() const noexcept { return value.is_array() ? value.size() : 1; }
  /// `[]`, objects with an id, bare ids, or one of these without the array.
  template <class F>
  void for_each_list(F&& f) const {
    wire::JsonList const lists{value};
    if (!lists) return f(value);
    lists.for_each([&](wire::JsonValue item, std::size_t) { f(item.is_object() ? item["id"] : item); });
  }
};

struct Parts {
  Envelope envelope{};
  std::string_view records_name{};
  wire::JsonList records{};
  /// How many records there are; nothing when the member for them is missing.
  std::optional<std::size_t> count{};
};

Parts read_parts(wire::JsonValue root, bool is_list) {
  Parts parts;
  wire::JsonValue records;
  wire::JsonValue details;
  root.for_each_member([&](std::string_view name, wire::JsonValue value) {
    if (name == "campaigns" || name == "campaign") {
      records = value;
      parts.records_name = name;
    } else if (name == "details") {
      details = value;
    } else {
      parts.envelope.read(name, value.scalar());
    }
  });
  if (wire::JsonList const several{details}; several && !several.is_single())
    several.for_each(
        [&](wire::JsonValue item, std::size_t) { parts.envelope.read("details", item.scalar()); });
  else
    parts.envelope.read("details", details.scalar());
  parts.records = wire::JsonList{records, wire::Campaigns::most(capabilities(Format::json).max_page_size)};
  if (parts.records || (!records && is_list && parts.envelope.total() == 0))
    parts.count = parts.records.size();
  return parts;
}

bool read_record(wire::JsonValue record, std::size_t place, wire::RecordTexts& texts, Reading const& reading,
                 Campaign& campaign) {
  Members<wire::JsonValue> members;
  record.for_each_member([&](std::string_view name, wire::JsonValue value) {
    if (auto* const member = members.find(name)) *member = value;
  });
  RecordReader reader{members,
                      [&](wire::JsonValue value, std::string_view name) {
                        return JsonField{value, name, place, texts};
                      },
                      reading.clock, campaign};
  if (!reader.read()) return false;
  texts.note_repairs(place, reader.notes());
  if (reading.keep_raw) campaign.raw_record = texts[place];
  return true;
}

}  // namespace

Result<Answer> read_json_answer(HttpResponse response, Reading const& reading, bool is_list) {
  auto document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message);
  if (!document->root().is_object())
    return protocol::no_answer(response, "the response is not a JSON object");
  auto const parts = read_parts(document->root(), is_list);
  if (auto error = parts.envelope.refusal(response, parts.count)) return *std::move(error);

  auto campaigns = campaigns_of(parts.records.size(), reading);
  wire::RecordTexts texts{*document, parts.records_name, parts.records};
  parts.records.for_each([&](wire::JsonValue record, std::size_t place) {
    campaigns.add([&](Campaign& campaign) { return read_record(record, place, texts, reading, campaign); });
  });
  return finished_answer(std::move(campaigns), parts.envelope, response, is_list);
}

}  // namespace polycampaign::inline v1::smsup
