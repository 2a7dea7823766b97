#include "engine/list_position.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

void ListPosition::take_up(ResumePoint point) {
  point_ = std::move(point);
  known_ = true;
}

void ListPosition::enter(protocol::PageKey const& key) {
  if (known_ && point_.key == key) return;
  point_.key = key;
  point_.index.reset();
  if (key.overlap == 0) point_.id.clear();  // otherwise the page again contains what was delivered last
  known_ = true;
}

void ListPosition::hand_over(std::size_t record, std::string_view id) {
  ids_ += id;
  elements_.push_back({record, ids_.size()});
}

void ListPosition::taken() {
  point_ = after(elements_.size());
  elements_.clear();
  ids_.clear();
}

void ListPosition::end() noexcept {
  point_.ended = true;
  known_ = true;
}

std::string ListPosition::token(std::size_t delivered) const {
  return known_ ? to_token(after(delivered)) : std::string{};
}

ResumePoint ListPosition::after(std::size_t delivered) const {
  auto point = point_;
  auto const count = (std::min)(delivered, elements_.size());
  if (count == 0) return point;
  auto const& last = elements_[count - 1];
  auto const id_begin = count == 1 ? 0 : elements_[count - 2].id_end;
  point.delivered += static_cast<std::int64_t>(count);
  point.index = static_cast<std::int64_t>(last.record);
  point.id = ids_.substr(id_begin, last.id_end - id_begin);
  return point;
}

}  // namespace polycampaign::inline v1::engine
