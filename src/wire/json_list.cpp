#include "wire/json_list.hpp"

#include "wire/text.hpp"

#include <algorithm>
#include <string_view>

namespace polycampaign::inline v1::wire {

namespace {

bool has_numbers_for_keys(JsonValue object) noexcept {
  std::int64_t number = 0;
  bool all = read_short_count(object.first_key(), number);  // nearly no object goes on
  if (!all) return false;
  object.for_each_member(
      [&](std::string_view key, JsonValue) { all = all && read_short_count(key, number); });
  return all;
}

}  // namespace

JsonList::JsonList(JsonValue value, std::size_t most) : value_{value} {
  if (value.is_array()) {
    form_ = Form::array;
  } else if (value.is_null() || (value.is_object() && value.size() == 0)) {
    form_ = Form::empty;
  } else if (value.is_object()) {
    form_ = has_numbers_for_keys(value) ? Form::numbered : Form::single;
  }
  if (form_ == Form::numbered && value.size() <= most) read_numbered();
}

void JsonList::read_numbered() {
  numbered_.reserve(value_.size());
  std::size_t place = 0;
  value_.for_each_member([&](std::string_view key, JsonValue value) {
    auto& item = numbered_.emplace_back(Numbered{.place = place++, .value = value});
    static_cast<void>(read_short_count(key, item.number));
  });
  std::ranges::stable_sort(numbered_, {}, &Numbered::number);
  // of several with one number the last one
  auto const same = [](Numbered const& one, Numbered const& other) { return one.number == other.number; };
  auto const first = std::unique(numbered_.rbegin(), numbered_.rend(), same).base();
  numbered_.erase(numbered_.begin(), first);
}

std::size_t JsonList::size() const noexcept {
  if (form_ == Form::numbered && !numbered_.empty()) return numbered_.size();
  return form_ == Form::array || form_ == Form::numbered ? value_.size() : form_ == Form::single ? 1 : 0;
}

}  // namespace polycampaign::inline v1::wire
