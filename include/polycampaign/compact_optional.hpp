#pragma once

#include "polycampaign/export.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace polycampaign::inline v1 {

template <class T>
class CompactOptional;

namespace detail {

/// Whether a CompactOptional<T> takes `U` as its value.
template <class T, class U, class Plain = std::remove_cvref_t<U>>
concept compact_value = std::is_constructible_v<T, U> && !std::is_same_v<Plain, CompactOptional<T>> &&
                        !std::is_same_v<Plain, std::optional<T>> && !std::is_same_v<Plain, bool>;

/// Where a CompactOptional keeps its value: on the heap, once there is one. The memory stays when the value
/// is reset, for the next value. The library has it for the types of `Campaign` only, in its own code: every
/// file that includes this would pay for the instantiation.
template <class T>
class CompactStorage {
 public:
  CompactStorage() noexcept = default;
  POLYCAMPAIGN_EXPORT CompactStorage(CompactStorage const& other);
  CompactStorage(CompactStorage&& other) noexcept : value_{std::exchange(other.value_, nullptr)} {}
  POLYCAMPAIGN_EXPORT CompactStorage& operator=(CompactStorage const& other);
  CompactStorage& operator=(CompactStorage&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  POLYCAMPAIGN_EXPORT ~CompactStorage();

  [[nodiscard]] bool has() const noexcept { return value_ != nullptr && value_->has_value(); }
  POLYCAMPAIGN_EXPORT void clear() noexcept;
  POLYCAMPAIGN_EXPORT void set(T value);
  [[nodiscard]] T& operator*() noexcept { return **value_; }
  [[nodiscard]] T const& operator*() const noexcept { return **value_; }
  [[nodiscard]] T* operator->() noexcept { return &**value_; }
  [[nodiscard]] T const* operator->() const noexcept { return &**value_; }

 private:
  std::optional<T>* value_ = nullptr;
};

/// A counter: no negative number is one.
template <>
class CompactStorage<std::int64_t> {
 public:
  [[nodiscard]] constexpr bool has() const noexcept { return value_ >= 0; }
  constexpr void clear() noexcept { value_ = -1; }
  constexpr void set(std::int64_t value) noexcept { value_ = value < 0 ? -1 : value; }
  [[nodiscard]] constexpr std::int64_t& operator*() noexcept { return value_; }
  [[nodiscard]] constexpr std::int64_t const& operator*() const noexcept { return value_; }

 private:
  std::int64_t value_ = -1;
};

}  // namespace detail

/// A value that may be absent, as in std::optional, but in eight bytes: a `Campaign` has many of these. It
/// converts from and to `std::optional<T>`.
///
/// Threads: a plain value, not synchronized.
template <class T>
class CompactOptional {
  using Storage = detail::CompactStorage<T>;

 public:
  using value_type = T;  ///< as in std::optional

  /// Absent.
  /// @{
  constexpr CompactOptional() noexcept = default;
  constexpr CompactOptional(std::nullopt_t) noexcept {}
  /// @}
  /// Holds `value`. A negative counter becomes absent.
  template <class U = T>
  requires detail::compact_value<T, U>
  constexpr CompactOptional(U&& value) { storage_.set(static_cast<T>(std::forward<U>(value))); }
  /// Holds what `value` holds.
  constexpr CompactOptional(std::optional<T> value) {
    if (value) storage_.set(*std::move(value));
  }

  /// Holds `value` instead.
  template <class U = T>
  requires detail::compact_value<T, U>
  constexpr CompactOptional& operator=(U&& value) {
    storage_.set(static_cast<T>(std::forward<U>(value)));
    return *this;
  }

  /// Whether there is a value.
  /// @{
  [[nodiscard]] constexpr bool has_value() const noexcept { return storage_.has(); }
  [[nodiscard]] constexpr explicit operator bool() const noexcept { return storage_.has(); }
  /// @}
  /// The value, unchecked. A `Timestamp` is returned by value: assign a new one to change it.
  /// @{
  [[nodiscard]] constexpr decltype(auto) operator*() const& noexcept { return *storage_; }
  [[nodiscard]] constexpr decltype(auto) operator*() & noexcept { return *storage_; }
  [[nodiscard]] constexpr T operator*() && noexcept { return std::move(*storage_); }
  [[nodiscard]] constexpr auto operator->() const noexcept { return storage_.operator->(); }
  [[nodiscard]] constexpr auto operator->() noexcept { return storage_.operator->(); }
  /// @}
  /// The value; throws std::bad_optional_access when it is absent (aborts in a program without exceptions).
  [[nodiscard]] constexpr T value() const { return static_cast<std::optional<T>>(*this).value(); }
  /// The value, or `other` when it is absent.
  template <class U>
  [[nodiscard]] constexpr T value_or(U&& other) const {
    return has_value() ? static_cast<T>(*storage_) : static_cast<T>(std::forward<U>(other));
  }
  /// The same as a std::optional.
  [[nodiscard]] constexpr operator std::optional<T>() const {
    return has_value() ? std::optional<T>{*storage_} : std::nullopt;
  }

  /// Makes it absent.
  constexpr void reset() noexcept { storage_.clear(); }
  /// Makes a value of `arguments`, instead of the one that was there.
  template <class... Arguments>
  constexpr decltype(auto) emplace(Arguments&&... arguments) {
    storage_.set(T(std::forward<Arguments>(arguments)...));
    return *storage_;
  }

  /// Absent equals absent, and is less than every value.
  /// @{
  friend constexpr bool operator==(CompactOptional const& one, CompactOptional const& other) {
    return one.has_value() == other.has_value() && (!one.has_value() || *one == *other);
  }
  friend constexpr bool operator==(CompactOptional const& one, std::optional<T> const& other) {
    return other.has_value() ? one.has_value() && *one == *other : !one.has_value();
  }
  friend constexpr bool operator==(CompactOptional const& one, std::nullopt_t) noexcept {
    return !one.has_value();
  }
  friend constexpr bool operator==(CompactOptional const& one, T const& value) {
    return one.has_value() && *one == value;
  }
  friend constexpr auto operator<=>(CompactOptional const& one,
                                    CompactOptional const& other) requires std::three_way_comparable<T> {
    using Order = std::compare_three_way_result_t<T>;
    return one.has_value() && other.has_value() ? *one <=> *other
                                                : Order{one.has_value() <=> other.has_value()};
  }
  /// @}

 private:
  Storage storage_{};
};

}  // namespace polycampaign::inline v1
