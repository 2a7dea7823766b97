#include "wire/json.hpp"

#include "polycampaign/secret.hpp"

#include "wire/json_repair.hpp"
#include "wire/json_text.hpp"
#include "wire/utf8.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <vector>

namespace polycampaign::inline v1::wire {

namespace {

using Parser = simdjson::dom::parser;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// A parser's buffers are many times its page. Taken fresh for every page of a list, the page faults alone
// cost more than the parsing; so a few parsers of usual size are kept. Small answers, such as the ones with
// tokens, get a parser of their own, which forgets them.
constexpr std::size_t smallest_kept = std::size_t{4} * 1024;

// The body itself is never quoted: it holds people's data.
Error not_json(std::string_view what, std::optional<std::size_t> position = std::nullopt) {
  Error error{.code = ErrorCode::protocol,
              .effect = Effect::unknown,
              .message = "the response is not valid JSON: " + std::string{what}};
  if (position) error.message += " (byte " + std::to_string(*position) + ")";
  return error;
}

// simdjson may read so far behind the text: the string's own capacity holds it, no copy is made where the
// transport has reserved it.
simdjson::error_code parse_in_place(simdjson::dom::parser& parser, std::string& body, std::size_t skip,
                                    simdjson::dom::element& root) {
  auto const needed = body.size() + simdjson::SIMDJSON_PADDING;
  if (body.capacity() < needed) {
    std::string roomy;
    roomy.reserve(needed);
    roomy.append(body);
    if (body.size() < smallest_kept) wipe(body);
    body = std::move(roomy);
  }
  return parser.parse(body.data() + skip, body.size() - skip, false).get(root);
}

constexpr std::size_t largest_kept = std::size_t{1024} * 1024;
constinit std::array<std::atomic<Parser*>, 4> kept_parsers{};

// As `wipe`, of what simdjson has unescaped.
void wipe_strings(simdjson::dom::document& document) noexcept {
  auto volatile* const bytes = document.string_buf.get();
  if (bytes == nullptr) return;
  for (std::size_t i = 0; i < 5 * document.capacity() / 3; ++i) bytes[i] = 0;
}

std::unique_ptr<Parser> take_parser(std::size_t page) {
  if (page >= smallest_kept)
    for (auto& kept : kept_parsers)
      if (auto* const parser = kept.exchange(nullptr, std::memory_order_acq_rel); parser != nullptr)
        return std::unique_ptr<Parser>{parser};
  return std::make_unique<Parser>();
}

void give_back(std::unique_ptr<Parser> parser) noexcept {
  auto const capacity = parser->capacity();
  if (capacity < smallest_kept || capacity > largest_kept) return;
  for (auto& kept : kept_parsers) {
    Parser* none = nullptr;
    if (kept.compare_exchange_strong(none, parser.get(), std::memory_order_acq_rel)) {
      static_cast<void>(parser.release());
      return;
    }
  }
}

}  // namespace

struct JsonDocument::State {
  explicit State(std::string received) : parser{take_parser(received.size())}, body{std::move(received)} {}
  State(State const&) = delete;
  State& operator=(State const&) = delete;
  ~State() {
    if (body.size() < smallest_kept) {
      wipe(body);
      wipe_strings(parser->doc);
    }
    give_back(std::move(parser));
  }

  std::unique_ptr<Parser> parser;
  std::string body;  // as received
  std::size_t skip = 0;
  std::vector<JsonRepair> repairs;

  [[nodiscard]] std::string_view text() const noexcept { return std::string_view{body}.substr(skip); }
};

JsonDocument::JsonDocument(std::unique_ptr<State> state, JsonValue root) noexcept
    : state_{std::move(state)}, root_{root} {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string body) {
  auto state = std::make_unique<State>(std::move(body));
  if (state->body.starts_with(byte_order_mark)) state->skip = byte_order_mark.size();
  simdjson::dom::element root;
  auto const code = parse_in_place(*state->parser, state->body, state->skip, root);
  if (code == simdjson::SUCCESS) return JsonDocument{std::move(state), JsonValue{root}};

  auto const text = state->text();
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return not_json("it is empty");
  if (!is_utf8(text)) return not_json("it is not UTF-8", invalid_utf8(text) + state->skip);
  auto repairs = repair_json(text);
  if (!repairs.fault.empty()) return not_json(repairs.fault, repairs.fault_position + state->skip);
  if (repairs.made.empty() || parse_in_place(*state->parser, repairs.text, 0, root) != simdjson::SUCCESS)
    return not_json(simdjson::error_message(code));
  state->repairs = std::move(repairs.made);
  return JsonDocument{std::move(state), JsonValue{root}};
}

std::string_view JsonDocument::text(std::string_view member) const noexcept {
  auto const whole = state_->text();
  return member.empty() ? json_value(whole) : json_member(whole, member);
}

bool JsonDocument::repaired() const noexcept {
  return !state_->repairs.empty();
}

void JsonDocument::note_repairs(std::string_view part, Notes& notes) const {
  if (part.empty() || !repaired()) return;
  auto const begin = static_cast<std::size_t>(part.data() - state_->text().data());
  bool number = false;
  bool surrogate = false;
  auto repair = std::ranges::lower_bound(state_->repairs, begin, {}, &JsonRepair::position);
  for (; repair != state_->repairs.end() && repair->position < begin + part.size(); ++repair) {
    (repair->kind == JsonRepair::Kind::number ? number : surrogate) = true;
    if (number && surrogate) break;
  }
  if (number) notes.add("a number that does not fit into 64 bits was kept as a string");
  if (surrogate) notes.add("half of a surrogate pair was replaced with U+FFFD");
}

JsonValue JsonValue::operator[](std::string_view key) const noexcept {
  JsonValue found;
  simdjson::dom::object object;
  if (!present_ || element_.get(object) != simdjson::SUCCESS) return found;
  auto const end = object.end();
  for (auto member = object.begin(); member != end; ++member)
    if (member.key_equals(key)) found = JsonValue{member.value()};
  return found;
}

std::size_t JsonValue::size() const noexcept {
  simdjson::dom::array array;
  if (present_ && element_.get(array) == simdjson::SUCCESS) return array.size();
  simdjson::dom::object object;
  if (present_ && element_.get(object) == simdjson::SUCCESS) return object.size();
  return 0;
}

Scalar JsonValue::scalar() const noexcept {
  using simdjson::dom::element_type;
  Scalar scalar;
  if (!present_) return scalar;
  auto const take = [this](auto& into, Scalar::Kind kind) {
    return element_.get(into) == simdjson::SUCCESS ? kind : Scalar::Kind::absent;
  };
  switch (element_.type()) {
    case element_type::STRING: scalar.kind = take(scalar.text, Scalar::Kind::text); break;
    case element_type::INT64: scalar.kind = take(scalar.integer, Scalar::Kind::integer); break;
    case element_type::UINT64: scalar.kind = take(scalar.big_unsigned, Scalar::Kind::big_unsigned); break;
    case element_type::DOUBLE: scalar.kind = take(scalar.real, Scalar::Kind::real); break;
    case element_type::BOOL: scalar.kind = take(scalar.boolean, Scalar::Kind::boolean); break;
    case element_type::NULL_VALUE: scalar.kind = Scalar::Kind::null; break;
    default: scalar.kind = Scalar::Kind::composite; break;
  }
  return scalar;
}

}  // namespace polycampaign::inline v1::wire
