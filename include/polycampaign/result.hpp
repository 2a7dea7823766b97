#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace polycampaign::inline v1 {

/// The exception that `Result::value()` throws on an error. The library throws it nowhere else.
///
/// Threads: a plain value; not synchronized.
class POLYCAMPAIGN_EXPORT BadResultAccess : public std::exception {
 public:
  /// Stores the error.
  explicit BadResultAccess(Error error);
  ~BadResultAccess() override;
  BadResultAccess(BadResultAccess const&) = default;
  BadResultAccess& operator=(BadResultAccess const&) = default;
  BadResultAccess(BadResultAccess&&) = default;
  BadResultAccess& operator=(BadResultAccess&&) = default;

  /// Returns the error as one line that is safe to log. Valid as long as this exception exists.
  [[nodiscard]] char const* what() const noexcept override;
  /// Returns the error that the Result held instead of a value.
  [[nodiscard]] Error const& error() const noexcept { return error_; }

 private:
  Error error_;
  std::string what_;
};

namespace detail {
/// Throws BadResultAccess. In a program built without exceptions, calls std::terminate.
[[noreturn]] POLYCAMPAIGN_EXPORT void throw_bad_result(Error const& error);
}  // namespace detail

/// A value or an Error, with the interface of std::expected. The layout is the same in every language mode.
/// `*` and `->` on an error, and `error()` on a value, are undefined behavior; `value()` checks.
///
/// Threads: a plain value; not synchronized.
template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_same_v<T, Error> && !std::is_reference_v<T>);

 public:
  using value_type = T;      ///< as in std::expected
  using error_type = Error;  ///< always Error

  /// Creates a success.
  Result(T&& value) : value_{std::move(value)} {}
  /// Creates a success from a copy. Not available for a move-only type.
  Result(T const& value) requires std::copy_constructible<T> : value_{value} {}
  /// Creates a failure.
  Result(Error error) : error_{std::move(error)} {}

  /// Returns whether this holds a value, not an error.
  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  /// Returns the same as `has_value`.
  [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

  /// Returns the value without a check.
  /// @{
  [[nodiscard]] T& operator*() & noexcept { return *value_; }
  [[nodiscard]] T const& operator*() const& noexcept { return *value_; }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*value_); }
  [[nodiscard]] T* operator->() noexcept { return &*value_; }
  [[nodiscard]] T const* operator->() const noexcept { return &*value_; }
  /// @}

  /// Returns the error without a check.
  /// @{
  [[nodiscard]] Error& error() & noexcept { return *error_; }
  [[nodiscard]] Error const& error() const& noexcept { return *error_; }
  [[nodiscard]] Error&& error() && noexcept { return std::move(*error_); }
  /// @}

  /// Returns the value. Throws BadResultAccess on an error; a program without exceptions aborts.
  /// @{
  [[nodiscard]] T& value() & { return check(), **this; }
  [[nodiscard]] T const& value() const& { return check(), **this; }
  [[nodiscard]] T&& value() && { return check(), std::move(**this); }
  /// @}

  /// Returns the value, or `other` on an error.
  /// @{
  template <class U>
  [[nodiscard]] T value_or(U&& other) const& {
    return has_value() ? **this : static_cast<T>(std::forward<U>(other));
  }
  template <class U>
  [[nodiscard]] T value_or(U&& other) && {
    return has_value() ? std::move(**this) : static_cast<T>(std::forward<U>(other));
  }
  /// @}

  /// Returns `f(value)`, which is itself a Result, or this error.
  ///
  /// Errors: this one, or those of `f`.
  template <class F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(**this));
  }
  /// Returns `f(value)` as a Result, or this error.
  ///
  /// Errors: this one.
  template <class F>
  auto transform(F&& f) && -> Result<std::invoke_result_t<F, T&&>> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(**this));
  }

 private:
  void check() const {
    if (!has_value()) detail::throw_bad_result(error());
  }
  // Not a variant: every file that includes this would pay for its instantiation.
  std::optional<T> value_;
  std::optional<Error> error_;
};

/// Success without a value, or an Error.
///
/// Threads: a plain value; not synchronized.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;   ///< as in std::expected
  using error_type = Error;  ///< always Error

  /// Creates a success.
  Result() noexcept = default;
  /// Creates a failure.
  Result(Error error) : error_{std::move(error)} {}

  /// Returns whether this is a success.
  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  /// Returns the same as `has_value`.
  [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
  /// Returns the error without a check.
  /// @{
  [[nodiscard]] Error& error() & noexcept { return *error_; }
  [[nodiscard]] Error const& error() const& noexcept { return *error_; }
  [[nodiscard]] Error&& error() && noexcept { return std::move(*error_); }
  /// @}
  /// Returns on success. Throws BadResultAccess on an error; a program without exceptions aborts.
  void value() const {
    if (error_) detail::throw_bad_result(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace polycampaign::inline v1
