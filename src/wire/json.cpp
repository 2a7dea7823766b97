#include "wire/json.hpp"

#include "wire/json_text.hpp"

#include <nlohmann/json.hpp>

namespace polycampaign::inline v1::wire {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error not_json(simdjson::error_code code) {
  return {.code = ErrorCode::protocol,
          .effect = Effect::unknown,
          .message = std::string{"the answer is not valid JSON: "} + simdjson::error_message(code)};
}

/// simdjson reads up to SIMDJSON_PADDING bytes behind the text: the string's own capacity holds them.
simdjson::error_code parse_in_place(simdjson::dom::parser& parser, std::string& body, std::size_t skip,
                                    simdjson::dom::element& root) {
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  return parser.parse(body.data() + skip, body.size() - skip, false).get(root);
}

}

struct JsonDocument::State {
  simdjson::dom::parser parser{};
  std::string body{};
  std::size_t skip = 0;
  /// As received, where `body` is a repaired copy.
  std::string original{};
  std::vector<JsonRepair> repairs{};

  std::string_view text() const noexcept {
    return std::string_view{original.empty() ? body : original}.substr(skip);
  }
};

JsonDocument::JsonDocument(std::unique_ptr<State> state, JsonValue root) noexcept
    : state_{std::move(state)}, root_{root} {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string body) {
  auto state = std::make_unique<State>();
  state->body = std::move(body);
  if (state->body.starts_with(byte_order_mark)) state->skip = byte_order_mark.size();

  simdjson::dom::element root;
  auto code = parse_in_place(state->parser, state->body, state->skip, root);
  if (code == simdjson::NUMBER_ERROR || code == simdjson::STRING_ERROR ||
      code == simdjson::NUMBER_OUT_OF_RANGE) {
    state->original = std::move(state->body);
    state->body = repaired_json(state->original, state->repairs);
    if (!state->repairs.empty()) code = parse_in_place(state->parser, state->body, state->skip, root);
  }
  if (code != simdjson::SUCCESS) return not_json(code);
  return JsonDocument{std::move(state), JsonValue{root}};
}

std::vector<std::string> JsonDocument::repairs(std::size_t record) const {
  std::vector<std::string> sentences;
  for (auto const& repair : state_->repairs)
    if (repair.record == record) sentences.emplace_back(repair.sentence);
  return sentences;
}

std::vector<std::string_view> JsonDocument::texts(std::initializer_list<std::string_view> path) const {
  auto text = state_->text();
  for (auto const name : path) text = json_member(text, name);
  return json_items(text);
}

std::string JsonDocument::member_text(std::string_view record_text, std::string_view name) const {
  return std::string{json_member(record_text, name)};
}

std::size_t JsonValue::size() const noexcept {
  simdjson::dom::array array;
  if (present_ && element_.get(array) == simdjson::SUCCESS) return array.size();
  simdjson::dom::object object;
  if (present_ && element_.get(object) == simdjson::SUCCESS) return object.size();
  return 0;
}

Scalar JsonValue::scalar() const noexcept {
  Scalar scalar;
  if (!present_) return scalar;
  switch (element_.type()) {
    case simdjson::dom::element_type::STRING:
      scalar.kind = Scalar::Kind::text;
      static_cast<void>(element_.get(scalar.text));
      break;
    case simdjson::dom::element_type::INT64:
      scalar.kind = Scalar::Kind::integer;
      static_cast<void>(element_.get(scalar.integer));
      break;
    case simdjson::dom::element_type::UINT64:
      scalar.kind = Scalar::Kind::big_unsigned;
      static_cast<void>(element_.get(scalar.big_unsigned));
      break;
    case simdjson::dom::element_type::DOUBLE:
      scalar.kind = Scalar::Kind::real;
      static_cast<void>(element_.get(scalar.real));
      break;
    case simdjson::dom::element_type::BOOL:
      scalar.kind = Scalar::Kind::boolean;
      static_cast<void>(element_.get(scalar.boolean));
      break;
    case simdjson::dom::element_type::NULL_VALUE: scalar.kind = Scalar::Kind::null; break;
    case simdjson::dom::element_type::ARRAY:
    case simdjson::dom::element_type::OBJECT: scalar.kind = Scalar::Kind::composite; break;
  }
  return scalar;
}

std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  auto object = nlohmann::ordered_json::object();
  for (auto const& [name, value] : members) object[std::string{name}] = value;
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}
