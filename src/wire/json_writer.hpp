#pragma once

#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::wire {

/// Writes objects and arrays member by member, in the order given and without a tree in between.
class JsonWriter {
 public:
  JsonWriter() = default;
  explicit JsonWriter(std::size_t expected) { out_.reserve(expected); }

  JsonWriter& name(std::string_view text) {
    separate();
    append_text(text);
    out_.push_back(':');
    fresh_ = true;
    return *this;
  }
  JsonWriter& open(char bracket) {
    separate();
    out_.push_back(bracket);
    fresh_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_.push_back(bracket);
    fresh_ = false;
    return *this;
  }
  JsonWriter& null() {
    separate();
    out_.append("null");
    return *this;
  }
  JsonWriter& value(std::string_view text) {
    separate();
    append_text(text);
    return *this;
  }
  JsonWriter& value(std::int64_t number) {
    separate();
    char digits[24];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    return *this;
  }
  JsonWriter& boolean(bool truth) {
    separate();
    out_.append(truth ? "true" : "false");
    return *this;
  }
  JsonWriter& value(CompactOptional<Timestamp> const& time) {
    return time ? value(std::string_view{to_string(*time)}) : null();
  }
  JsonWriter& value(Count const& count) { return count ? value(*count) : null(); }
  template <class T>
  JsonWriter& value(std::optional<T> const& maybe) {
    return maybe ? value(*maybe) : null();
  }
  JsonWriter& value_or_null(std::string_view text) { return text.empty() ? null() : value(text); }

  [[nodiscard]] std::string text() && { return std::move(out_); }

 private:
  void separate() {
    if (!fresh_) out_.push_back(',');
    fresh_ = false;
  }
  void append_text(std::string_view text);

  std::string out_;
  bool fresh_ = true;  // nothing stands before the next value
};

}  // namespace polycampaign::inline v1::wire
