#pragma once

#include "polycampaign/action.hpp"
#include "polycampaign/result.hpp"

#include <array>
#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

/// What makes a struct an operation, and how it is passed on without its type. The operations themselves are
/// in operations.hpp.
namespace polycampaign::inline v1 {

/// The name of an operation and what it does at the vendor. Constant data; the name lives as long as the
/// program. Two are equal when their names are.
struct Operation {
  std::string_view name{};       ///< as in logs, capabilities and JSON: `get`
  Action action = Action::read;  ///< no request of the operation does more than this
  /// By name.
  friend constexpr bool operator==(Operation a, Operation b) noexcept { return a.name == b.name; }
};

/// Its name.
[[nodiscard]] constexpr std::string_view to_string(Operation operation) noexcept {
  return operation.name;
}

/// A struct with a constant `operation` of its own.
template <class Op>
concept AnOperation = requires {
  { Op::operation } -> std::same_as<Operation const&>;
};
/// An operation with one answer: it names the type `Answer`, which may be `void`.
template <class Op>
concept CallOperation = AnOperation<Op> && requires {
  typename Op::Answer;
};
/// An operation whose answer is a list: it names the type `Item` of the list's elements.
template <class Op>
concept ListOperation = AnOperation<Op> && requires {
  typename Op::Item;
};

/// Types of operations, in their order.
template <AnOperation... Ops>
struct OperationList {};

/// An operation whose type is not known: what the virtual functions of clients and adapters take. Keeps the
/// operation; copies share it.
///
/// Threads: a plain value, not synchronised.
class AnyOperation {
 public:
  /// Keeps `operation`.
  template <AnOperation Op>
  explicit AnyOperation(Op operation)
      : what_{Op::operation}, value_{std::make_shared<Op const>(std::move(operation))} {}

  /// Which operation it is.
  [[nodiscard]] Operation what() const noexcept { return what_; }
  /// The operation if it is of this type, which its name decides, else null. Valid as long as this or a copy
  /// of it.
  template <AnOperation Op>
  [[nodiscard]] Op const* as() const noexcept {
    return what_ == Op::operation ? static_cast<Op const*>(value_.get()) : nullptr;
  }
  /// No operation: nothing has it.
  AnyOperation() = default;

 private:
  Operation what_{};
  std::shared_ptr<void const> value_{};
};

/// The answer of an operation whose type is not known: an `Op::Answer`; null where that is `void`.
using AnyAnswer = std::shared_ptr<void>;

namespace detail {

template <class List>
inline constexpr std::array<Operation, 0> operations_of{};
template <class... Ops>
inline constexpr std::array<Operation, sizeof...(Ops)> operations_of<OperationList<Ops...>>{
    Ops::operation...};

/// Calls `f(Op const&)` with the operation as what it is. False when it is none of the list.
template <class... Ops, class F>
bool visit(AnyOperation const& operation, OperationList<Ops...>, F&& f) {
  auto const is = [&]<class Op>(std::type_identity<Op>) {
    auto const* const it = operation.as<Op>();
    if (it != nullptr) f(*it);
    return it != nullptr;
  };
  return (is(std::type_identity<Ops>{}) || ...);
}

/// Calls `f.template operator()<Op>()` for the type of that operation. False when it is none of the list.
template <class... Ops, class F>
constexpr bool visit(Operation operation, OperationList<Ops...>, F&& f) {
  auto const is = [&]<class Op>(std::type_identity<Op>) {
    if (!(operation == Op::operation)) return false;
    f.template operator()<Op>();
    return true;
  };
  return (is(std::type_identity<Ops>{}) || ...);
}

// What the types below stand for where `Op` is no operation of the kind: one static_assert says what is
// wrong, and nothing else fails.
template <class Op, bool = CallOperation<Op>>
struct CallTraits {
  using Answer = typename Op::Answer;
};
template <class Op>
struct CallTraits<Op, false> {
  static_assert(!ListOperation<Op>, "this operation is a list: use list() or async_list()");
  static_assert(ListOperation<Op>,
                "this is no operation that can be called: see polycampaign/operations.hpp");
  using Answer = void;
};
template <class Op, bool = ListOperation<Op>>
struct ListTraits {
  using Item = typename Op::Item;
};
template <class Op>
struct ListTraits<Op, false> {
  static_assert(!CallOperation<Op>, "this operation is no list: use call() or start()");
  static_assert(CallOperation<Op>,
                "this is no operation that can be called: see polycampaign/operations.hpp");
  using Item = int;
};

template <class Op>
using AnswerOf = typename CallTraits<Op>::Answer;
template <class Op>
using ItemOf = typename ListTraits<Op>::Item;

/// The answer without its type.
template <class T>
[[nodiscard]] Result<AnyAnswer> erased(Result<T> answer) {
  if (!answer) return std::move(answer).error();
  if constexpr (std::is_void_v<T>) {
    return AnyAnswer{};
  } else {
    return AnyAnswer{std::make_shared<T>(*std::move(answer))};
  }
}

/// The answer with its type: moved, unless somebody else keeps it.
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
