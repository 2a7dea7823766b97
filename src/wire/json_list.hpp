#pragma once

#include "wire/json.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::wire {

/// What stands in the place of a list: an array; an object keyed by numbers, which is how PHP writes an array
/// that lost some of its keys, read in the order of the numbers; or a single object. `[]`, `{}` and `null`
/// are empty lists. A view: the document must outlive it.
class JsonList {
 public:
  JsonList() noexcept = default;
  /// Of an object with more than `most` numbers for keys only the size is known.
  explicit JsonList(JsonValue value, std::size_t most = std::size_t{1} << 24U);

  /// Whether a list stands there, an empty one included.
  [[nodiscard]] explicit operator bool() const noexcept { return form_ != Form::none; }
  /// Whether it is one object that stands for a list of itself.
  [[nodiscard]] bool is_single() const noexcept { return form_ == Form::single; }
  /// Exact up to 16,777,214, and not below that for more.
  [[nodiscard]] std::size_t size() const noexcept;

  /// `f(JsonValue item, std::size_t place)` for each item in order; `place`: the how-manieth value of the
  /// array or object it is as written.
  template <class F>
  void for_each(F&& f) const {
    std::size_t place = 0;
    if (form_ == Form::array) value_.for_each_item([&](JsonValue item) { f(item, place++); });
    for (auto const& item : numbered_) f(item.value, item.place);
    if (form_ == Form::single) f(value_, place);
  }

 private:
  enum class Form : std::uint8_t {
    none,
    empty,
    array,
    numbered,
    single
  };
  struct Numbered {
    std::int64_t number = 0;
    std::size_t place = 0;
    JsonValue value{};
  };
  void read_numbered();

  Form form_ = Form::none;
  JsonValue value_{};
  std::vector<Numbered> numbered_{};
};

}  // namespace polycampaign::inline v1::wire
