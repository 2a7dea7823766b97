#pragma once

#include "engine/resume_token.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The reader's position in a list, from which another process can continue.
class ListPosition {
 public:
  /// `start`: provider, list and clock, or the point at which the list was resumed.
  explicit ListPosition(ResumePoint start) : point_{std::move(start)} {}

  void take_up(ResumePoint point);
  /// Returns the time at which the list began.
  [[nodiscard]] std::chrono::sys_seconds began() const noexcept { return point_.now; }
  /// Enters the next page. Nothing of it has been delivered, unless the list's position is already in this
  /// page.
  void enter(protocol::PageKey const& key);
  /// Adds the next element that is handed to the reader: its record in the page, and its id.
  void hand_over(std::size_t record, std::string_view id);
  /// Records that the reader has received everything that was handed over.
  void taken();
  /// Records that nothing is left.
  void end() noexcept;

  /// Returns the token for the position after the first `delivered` of the elements handed over last. Empty
  /// before the first page is known.
  [[nodiscard]] std::string token(std::size_t delivered) const;

 private:
  struct Element {
    std::size_t record;
    std::size_t id_end;  // position in ids_
  };
  [[nodiscard]] ResumePoint after(std::size_t delivered) const;

  ResumePoint point_;  // before the elements that were handed over last
  bool known_ = false;
  std::vector<Element> elements_{};
  std::string ids_{};  // concatenated, to avoid an allocation for each
};

}  // namespace polycampaign::inline v1::engine
