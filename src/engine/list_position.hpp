#pragma once

#include "engine/resume_token.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Where the reader of a list stands, so that another process can go on there.
class ListPosition {
 public:
  /// `start`: provider, list and clock, or the point where the list was taken up again.
  explicit ListPosition(ResumePoint start) : point_{std::move(start)} {}

  void take_up(ResumePoint point);
  /// The clock when the list began.
  [[nodiscard]] std::chrono::sys_seconds began() const noexcept { return point_.now; }
  /// A page comes next; nothing of it has been delivered unless the list stands in it already.
  void enter(protocol::PageKey const& key);
  /// The next element of what is handed to the reader: which record of the page, and its id.
  void hand_over(std::size_t record, std::string_view id);
  /// The reader has had all that was handed over.
  void taken();
  /// Nothing is left.
  void end() noexcept;

  /// After the first `delivered` of the elements handed over last. Empty before the first page is known.
  [[nodiscard]] std::string token(std::size_t delivered) const;

 private:
  struct Element {
    std::size_t record;
    std::size_t id_end;  // in ids_
  };
  [[nodiscard]] ResumePoint after(std::size_t delivered) const;

  ResumePoint point_;  // before what was handed over last
  bool known_ = false;
  std::vector<Element> elements_{};
  std::string ids_{};  // one after the other: no allocation for each
};

}  // namespace polycampaign::inline v1::engine
