// The JSON and XML readers: what the library's own scanner finds in a text is what the parser finds.

#include "polycampaign/protocol/json_text.hpp"

#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/json_text.hpp"
#include "wire/record_texts.hpp"
#include "wire/xml.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

namespace wire = polycampaign::wire;

void require(bool good) {
  if (!good) std::abort();
}

void compare(std::string_view text, wire::JsonValue value) {
  require(!text.empty());
  auto const again = wire::JsonDocument::parse(std::string{text});
  require(again.has_value());
  auto const one = value.scalar();
  auto const other = again->root().scalar();
  require(one.kind == other.kind && one.integer == other.integer && one.big_unsigned == other.big_unsigned);
  require(one.real == other.real && one.boolean == other.boolean && one.text == other.text);
  require(value.size() == again->root().size());
  require(wire::json_values(text).size() == value.size());
}

void check_json(std::string const& body) {
  auto const document = wire::JsonDocument::parse(body);
  if (!document) return;
  auto const root = document->root();
  require(document->text("").size() <= body.size());

  std::size_t members = 0;
  root.for_each_member([&](std::string_view key, wire::JsonValue) {
    if (key.empty() || ++members > 4) return;
    compare(document->text(key), root[key]);
  });

  wire::JsonList const list{root};
  wire::RecordTexts texts{*document, "", list};
  std::size_t items = 0;
  list.for_each([&](wire::JsonValue item, std::size_t place) {
    if (++items > 4) return;
    compare(texts[place], item);
    std::vector<std::string> sentences;
    wire::Notes notes{sentences};
    texts.note_repairs(place, notes);
    require(sentences.size() <= 2);
  });
  require(items == list.size());
}

void check_xml(std::string const& body) {
  auto const document = wire::XmlDocument::parse(body);
  if (!document) return;
  auto const text = document->text(document->root());
  auto const again = wire::XmlDocument::parse(std::string{text}, false);
  require(again.has_value());
  require(again->root().name() == document->root().name());
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const body{reinterpret_cast<char const*>(data), size};
  body.find('<') < 4 ? check_xml(body) : check_json(body);
  return 0;
}
