#pragma once

#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/json_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

/// The exact texts of the records of one answer, looked up only when the first is needed: that is a second
/// pass over the body. The document and the list must outlive it.
class RecordTexts {
 public:
  /// `member` of the root holds the list; empty: the root itself does.
  RecordTexts(JsonDocument const& document, std::string_view member, JsonList const& list) noexcept
      : document_{document}, member_{member}, list_{list} {}

  /// The record at that place of the list. Empty when there is none.
  [[nodiscard]] std::string_view operator[](std::size_t place) {
    if (!looked_up_) {
      auto const text = document_.text(member_);
      texts_ = list_.is_single() ? std::vector{text} : json_values(text);
      looked_up_ = true;
    }
    return place < texts_.size() ? texts_[place] : std::string_view{};
  }
  /// The exact text of a member of that record: of a number its digits. Empty when there is none.
  [[nodiscard]] std::string member(std::size_t place, std::string_view name) {
    return std::string{json_member((*this)[place], name)};
  }
  /// Notes what had to be replaced in that record.
  void note_repairs(std::size_t place, Notes& notes) {
    if (document_.repaired()) document_.note_repairs((*this)[place], notes);
  }

 private:
  JsonDocument const& document_;
  std::string_view member_;
  JsonList const& list_;
  bool looked_up_ = false;
  std::vector<std::string_view> texts_{};
};

}  // namespace polycampaign::inline v1::wire
