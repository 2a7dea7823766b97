#pragma once

#include "polycampaign/result.hpp"

#include "wire/scalar.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::wire {

/// A value inside a JsonDocument, or an absent one. A view: the document must outlive it.
class JsonValue {
 public:
  JsonValue() noexcept = default;
  explicit JsonValue(simdjson::dom::element element) noexcept : element_{element}, present_{true} {}

  [[nodiscard]] explicit operator bool() const noexcept { return present_; }
  [[nodiscard]] bool is_object() const noexcept { return present_ && element_.is_object(); }
  [[nodiscard]] bool is_array() const noexcept { return present_ && element_.is_array(); }
  [[nodiscard]] bool is_null() const noexcept { return present_ && element_.is_null(); }

  /// The member of that name, of several the last one; absent when there is none or this is no object.
  [[nodiscard]] JsonValue operator[](std::string_view key) const noexcept;

  /// The name of the first member; empty when there is none or this is no object.
  [[nodiscard]] std::string_view first_key() const noexcept {
    simdjson::dom::object object;
    if (!present_ || element_.get(object) != simdjson::SUCCESS || object.begin() == object.end()) return {};
    return object.begin().key();
  }
  /// `f(std::string_view name, JsonValue value)` for each member in order; nothing for another kind of value.
  template <class F>
  void for_each_member(F&& f) const {
    simdjson::dom::object object;
    if (!present_ || element_.get(object) != simdjson::SUCCESS) return;
    for (auto const field : object) f(field.key, JsonValue{field.value});
  }
  /// `f(JsonValue item)` for each item in order; nothing for another kind of value.
  template <class F>
  void for_each_item(F&& f) const {
    simdjson::dom::array array;
    if (!present_ || element_.get(array) != simdjson::SUCCESS) return;
    for (auto const item : array) f(JsonValue{item});
  }
  /// Items of an array, members of an object, else 0. Exact up to 16,777,214, and not below that for more.
  [[nodiscard]] std::size_t size() const noexcept;

  [[nodiscard]] Scalar scalar() const noexcept;
  // the two kinds that records are made of, without a Scalar between
  [[nodiscard]] bool is_text(std::string_view& text) const noexcept {
    if (!present_ || !element_.is_string()) return false;
    text = element_.get_string().value_unsafe();
    return true;
  }
  [[nodiscard]] bool is_integer(std::int64_t& integer) const noexcept {
    if (!present_ || element_.type() != simdjson::dom::element_type::INT64) return false;
    integer = element_.get_int64().value_unsafe();
    return true;
  }

 private:
  simdjson::dom::element element_{};
  bool present_ = false;
};

/// A body that is valid JSON as a whole. A byte order mark is skipped; a number out of range and an unpaired
/// surrogate, which simdjson refuses, are replaced (the number by its text as a string, the surrogate by
/// U+FFFD) and noted. Used by one thread at a time.
class JsonDocument {
 public:
  /// Errors: `protocol`, with what is wrong and where.
  [[nodiscard]] static Result<JsonDocument> parse(std::string body);

  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  [[nodiscard]] JsonValue root() const noexcept { return root_; }

  /// The exact text of that member of the root, byte for byte; of the root itself without a name. Empty when
  /// there is none. A second pass over the body: only where the text itself is needed.
  [[nodiscard]] std::string_view text(std::string_view member) const noexcept;

  /// Whether something was replaced.
  [[nodiscard]] bool repaired() const noexcept;
  /// Notes what was replaced inside `part`, which is a view into what `text` gave: each kind once.
  void note_repairs(std::string_view part, Notes& notes) const;

 private:
  struct State;
  JsonDocument(std::unique_ptr<State> state, JsonValue root) noexcept;
  std::unique_ptr<State> state_;
  JsonValue root_;
};

/// `{"a":"b",...}`: request bodies.
[[nodiscard]] std::string json_object(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);

}  // namespace polycampaign::inline v1::wire
