#pragma once

#include "wire/json.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

/// The exact texts of the records of one answer, looked up only when the first is needed: that is a second
/// pass over the body. The document must outlive it.
class RecordTexts {
 public:
  /// `member` of the root holds the records; empty: the root itself does.
  RecordTexts(JsonDocument const& document, std::string_view member) noexcept
      : document_{document}, member_{member} {}

  [[nodiscard]] JsonDocument const& document() const noexcept { return document_; }
  /// Empty when there is none of that number.
  [[nodiscard]] std::string_view operator[](std::size_t record) {
    if (!looked_up_) {
      texts_ = member_.empty() ? document_.texts({}) : document_.texts({member_});
      looked_up_ = true;
    }
    return record < texts_.size() ? texts_[record] : std::string_view{};
  }
  /// The exact text of a member of that record: of a number its digits. Empty when there is none.
  [[nodiscard]] std::string member(std::size_t record, std::string_view name) {
    return document_.member_text((*this)[record], name);
  }

 private:
  JsonDocument const& document_;
  std::string_view member_;
  bool looked_up_ = false;
  std::vector<std::string_view> texts_{};
};

}  // namespace polycampaign::inline v1::wire
