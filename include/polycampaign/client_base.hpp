#pragma once

#include "polycampaign/campaign_client.hpp"

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace polycampaign::inline v1 {

/// Base class for a client of your own. `Derived` provides an overload for each operation that it supports.
/// An operation without an overload is `unsupported`:
///
///     class Archive final : public ClientBase<Archive> {
///      public:
///       Capabilities const& capabilities() const noexcept override;
///       Result<Campaign> run(GetCampaign const& get, CallOptions const& options);
///       std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const& list, ListOptions options);
///     };
///
/// The overloads must be accessible to this class. Asynchronous calls run them on the calling thread, before
/// they return.
///
/// Threads: as CampaignClient, so several threads may call an overload at once.
template <class Derived>
class ClientBase : public CampaignClient {
 public:
  /// Runs the operation through the overload of `run`.
  ///
  /// Errors: those of the overload; `unsupported` if there is none.
  /// Retried: up to the overload.
  Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override {
    std::optional<Result<AnyAnswer>> answer;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
      if constexpr (CallOperation<Op> && requires(Derived & self) { self.run(it, options); }) {
        auto typed = static_cast<Derived&>(*this).run(it, options);
        constexpr bool right = std::is_same_v<decltype(typed), Result<typename Op::Answer>>;
        static_assert(right, "run(Op const&, CallOptions const&) must return Result<Op::Answer>");
        if constexpr (right) answer.emplace(detail::erased(std::move(typed)));
      }
    });
    if (!answer) return unsupported(capabilities(), operation.what());
    return *std::move(answer);
  }

  /// Opens the list through the overload of `pages`. Returns null if there is none.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: up to the overload.
  std::unique_ptr<AnyPageSource> open(AnyOperation const& operation, ListOptions options) override {
    return pages_of(operation, std::move(options), [](auto source) { return source; });
  }

  /// Opens the list through the overload of `pages`. Each page is passed on before `next_page` returns.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: up to the overload.
  std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation, ListOptions options) override {
    return pages_of(operation, std::move(options), []<class Item>(std::unique_ptr<PageSource<Item>> source) {
      return std::make_unique<detail::ImmediatePages<Item>>(std::move(source));
    });
  }

 private:
  // Found if `Derived` has no overload at all; they match no operation. Overloads in `Derived` hide them.
  void run() const;
  void pages() const;

  /// Returns what `wrap` makes of the pages from the overload, or null if there is no overload.
  template <class Wrap>
  std::unique_ptr<AnyPageSource> pages_of(AnyOperation const& operation, ListOptions options, Wrap wrap) {
    std::unique_ptr<AnyPageSource> source;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
      if constexpr (ListOperation<Op> && requires(Derived & self) { self.pages(it, options); }) {
        auto pages = static_cast<Derived&>(*this).pages(it, std::move(options));
        constexpr bool right =
            std::is_same_v<decltype(pages), std::unique_ptr<PageSource<typename Op::Item>>>;
        static_assert(right,
                      "pages(Op const&, ListOptions) must return std::unique_ptr<PageSource<Op::Item>>");
        if constexpr (right) source = wrap(std::move(pages));
      }
    });
    return source;
  }
};

}  // namespace polycampaign::inline v1
