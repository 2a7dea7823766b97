#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/answer.hpp"
#include "vendors/smsup/record.hpp"
#include "wire/json.hpp"
#include "wire/record_texts.hpp"

#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

struct JsonField {
  wire::JsonValue value;
  std::string_view name;
  std::size_t index;
  wire::RecordTexts& texts;

  [[nodiscard]] wire::Scalar scalar() const noexcept { return value.scalar(); }
  [[nodiscard]] bool is_text(std::string_view& text) const noexcept { return value.is_text(text); }
  [[nodiscard]] bool is_integer(std::int64_t& integer) const noexcept { return value.is_integer(integer); }
  [[nodiscard]] std::string exact() const { return texts.member(index, name); }

  [[nodiscard]] std::size_t list_count() const noexcept { return value.is_array() ? value.size() : 1; }
  /// `[]`, objects with an id, bare ids, or one of these without the array.
  template <class F>
  void for_each_list(F&& f) const {
    auto const entry = [&](wire::JsonValue item) { f(item.is_object() ? item["id"] : item); };
    if (value.is_array())
      value.for_each_item(entry);
    else if (!value.is_object() || value.size() != 0)
      entry(value);
  }
};

}  // namespace

Result<Answer> read_json_answer(HttpResponse response, Reading const& reading) {
  auto document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message);
  if (!document->root().is_object()) return protocol::no_answer(response, "the answer is not a JSON object");

  Envelope envelope;
  wire::JsonValue records;
  std::string_view records_name;
  document->root().for_each_member([&](std::string_view name, wire::JsonValue value) {
    if (name == "campaigns" || name == "campaign") {
      records = value;
      records_name = name;
    } else if (name == "details" && value.is_array()) {
      value.for_each_item([&](wire::JsonValue item) { envelope.read(name, item.scalar()); });
    } else {
      envelope.read(name, value.scalar());
    }
  });

  std::optional<std::size_t> count;
  if (records.is_array())
    count = records.size();
  else if (records.is_object())
    count = 1;
  else if (records.is_null() || (!records && reading.document == Document::list && envelope.total() == 0))
    count = 0;
  if (auto error = envelope.refusal(response, count)) return *std::move(error);

  Answer answer;
  answer.total = envelope.total();
  answer.campaigns.reserve(*count);
  wire::RecordTexts texts{*document, records_name};
  auto const record = [&](wire::JsonValue value) {
    auto const index = answer.campaigns.size();
    auto& campaign = answer.campaigns.emplace_back();
    if (value.is_object()) {
      RecordReader reader{campaign, reading.clock};
      value.for_each_member([&](std::string_view name, wire::JsonValue member) {
        reader.read(name, JsonField{member, name, index, texts});
      });
      reader.finish();
    } else {
      note_entry_without_record(campaign);
    }
    for (auto& repair : document->repairs(index)) campaign.notes.push_back(std::move(repair));
    if (reading.keep_raw) campaign.raw_record = texts[index];
  };
  if (records.is_object())
    record(records);
  else
    records.for_each_item(record);
  envelope.note_odd_status(answer.campaigns);
  return answer;
}

}  // namespace polycampaign::inline v1::smsup
