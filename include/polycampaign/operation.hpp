#pragma once

#include "polycampaign/action.hpp"
#include "polycampaign/result.hpp"

#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

/// What makes a struct an operation, and how an operation is passed on without its type. The operations
/// themselves are in operations.hpp.
namespace polycampaign::inline v1 {

/// The name of an operation and what the operation does at the vendor. Constant data; the name is valid for
/// the lifetime of the program. Two operations are equal if their names are equal.
struct Operation {
  std::string_view name{};       ///< the name used in logs, capabilities and JSON: `get`
  Action action = Action::read;  ///< the most that any request of the operation does
  /// Compares by name.
  friend constexpr bool operator==(Operation a, Operation b) noexcept { return a.name == b.name; }
};

/// Returns the operation's name.
[[nodiscard]] constexpr std::string_view to_string(Operation operation) noexcept {
  return operation.name;
}

/// A struct with a constant member `operation`.
template <class Op>
concept AnOperation = requires {
  { Op::operation } -> std::same_as<Operation const&>;
};
/// An operation that returns one result. It defines the type of the result, `Answer`, which may be `void`.
template <class Op>
concept CallOperation = AnOperation<Op> && requires {
  typename Op::Answer;
};
/// An operation that returns a list. It defines the type `Item` of the list's elements.
template <class Op>
concept ListOperation = AnOperation<Op> && requires {
  typename Op::Item;
};

/// A list of operation types, in order.
template <AnOperation... Ops>
struct OperationList {};

/// An operation whose static type has been erased. The virtual functions of clients and adapters take it. It
/// holds the operation; copies share it.
///
/// Threads: a plain value; not synchronized.
class AnyOperation {
 public:
  /// Holds `operation`.
  template <AnOperation Op>
  explicit AnyOperation(Op operation)
      : what_{Op::operation}, value_{std::make_shared<Op const>(std::move(operation))} {}

  /// Returns which operation this is.
  [[nodiscard]] Operation what() const noexcept { return what_; }
  /// Returns the operation if it is of type `Op`, else null. The name decides. Valid as long as this object
  /// or a copy of it exists.
  template <AnOperation Op>
  [[nodiscard]] Op const* as() const noexcept {
    return what_ == Op::operation ? static_cast<Op const*>(value_.get()) : nullptr;
  }
  /// Holds no operation: `as` returns null for every type.
  AnyOperation() = default;

 private:
  Operation what_{};
  std::shared_ptr<void const> value_{};
};

/// A result whose static type has been erased. It points to an `Op::Answer`, or is null if that type is
/// `void`.
using AnyAnswer = std::shared_ptr<void>;

namespace detail {

/// Calls `f(Op const&)` with the operation in its own type. Returns false if its type is not in the list.
template <class... Ops, class F>
bool visit(AnyOperation const& operation, OperationList<Ops...>, F&& f) {
  auto const is = [&]<class Op>(std::type_identity<Op>) {
    auto const* const it = operation.as<Op>();
    if (it != nullptr) f(*it);
    return it != nullptr;
  };
  return (is(std::type_identity<Ops>{}) || ...);
}

/// Calls `f.template operator()<Op>()` for the operation's type. Returns false if that type is not in the
/// list.
template <class... Ops, class F>
constexpr bool visit(Operation operation, OperationList<Ops...>, F&& f) {
  auto const is = [&]<class Op>(std::type_identity<Op>) {
    if (!(operation == Op::operation)) return false;
    f.template operator()<Op>();
    return true;
  };
  return (is(std::type_identity<Ops>{}) || ...);
}

// If `Op` is not an operation of the right kind, these traits supply a substitute type. One static_assert
// then reports the mistake, and nothing else fails to compile.
template <class Op, bool = CallOperation<Op>>
struct CallTraits {
  using Answer = typename Op::Answer;
};
template <class Op>
struct CallTraits<Op, false> {
  static_assert(!ListOperation<Op>, "this operation is a list: use list() or async_list()");
  static_assert(ListOperation<Op>,
                "this type is not an operation that you can call: see polycampaign/operations.hpp");
  using Answer = void;
};
template <class Op, bool = ListOperation<Op>>
struct ListTraits {
  using Item = typename Op::Item;
};
template <class Op>
struct ListTraits<Op, false> {
  static_assert(!CallOperation<Op>, "this operation is not a list: use call() or start()");
  static_assert(CallOperation<Op>,
                "this type is not an operation that you can call: see polycampaign/operations.hpp");
  using Item = int;
};

template <class Op>
using AnswerOf = typename CallTraits<Op>::Answer;
template <class Op>
using ItemOf = typename ListTraits<Op>::Item;

/// Erases the type of the result.
template <class T>
[[nodiscard]] Result<AnyAnswer> erased(Result<T> answer) {
  if (!answer) return std::move(answer).error();
  if constexpr (std::is_void_v<T>) {
    return AnyAnswer{};
  } else {
    return AnyAnswer{std::make_shared<T>(*std::move(answer))};
  }
}

/// Restores the type of the result. Moves the value out, unless another owner still holds it.
template <class T>
[[nodiscard]] Result<T> typed(Result<AnyAnswer> answer) {
  if (!answer) return std::move(answer).error();
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    auto& value = *static_cast<T*>(answer->get());
    if constexpr (std::is_copy_constructible_v<T>)
      if (answer->use_count() > 1) return T(value);
    return std::move(value);
  }
}

}  // namespace detail

}  // namespace polycampaign::inline v1
