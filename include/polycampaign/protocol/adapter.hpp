#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/redact.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace polycampaign::inline v1 {

/// The code that speaks one vendor's API: builds requests, reads answers, and nothing else. For a vendor that
/// this library does not know, derive from AdapterBase: docs/adapter.md. `make_client` makes a client of it.
///
/// Threads: immutable, so every member may be called from several threads at once. None blocks, throws, or
/// looks at a clock.
class POLYCAMPAIGN_EXPORT Adapter {
 public:
  Adapter();
  virtual ~Adapter();
  Adapter(Adapter const&) = delete;
  Adapter& operator=(Adapter const&) = delete;

  /// What this vendor, as it is configured, can do. Valid as long as this.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;
  /// Where all requests go: nothing is sent elsewhere by way of this. Valid as long as this.
  [[nodiscard]] virtual protocol::Endpoint const& endpoint() const noexcept = 0;
  /// Strings that must never be seen outside (keys, passwords); tokens are known to the engine. Valid as long
  /// as this.
  [[nodiscard]] virtual std::vector<std::string_view> secrets() const = 0;

  /// What a log may show of this vendor's URLs beyond their words: constant data. Here: nothing, so that
  /// every query value is `REDACTED` until an adapter names its parameter.
  [[nodiscard]] virtual protocol::Loggable loggable() const noexcept { return {}; }

  /// Adds the headers that every request of this vendor needs, and the credential: the token's, or the static
  /// key when the vendor has no log-in. `token` is null for calls that are not authenticated and for vendors
  /// without a log-in.
  virtual void sign(HttpRequest& request, protocol::Token const* token) const = 0;

  /// The request that obtains a token; its call is not `authenticated`, and an `idempotent_write`. Nothing
  /// for vendors with a static key. A refused one (`unauthenticated`) is never sent again by the same client,
  /// a forbidden one (`permission_denied`) not for a minute.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> log_in() const {
    return std::nullopt;
  }
  /// The request that renews a token, under the same rules. Nothing when it cannot be: log in again.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const&) const {
    return std::nullopt;
  }
  /// The request that ends a session, for `CampaignClient::close`. Nothing when the vendor has no log-out.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Done>> revoke(
      protocol::Token const&) const {
    return std::nullopt;
  }

  /// Runs an operation with one answer, by as many requests as it takes.
  /// Errors: those that the operation's documentation names; those of the requests; `unsupported`, before any
  /// request, when the vendor has no such operation.
  template <class Op>
  [[nodiscard]] Result<detail::AnswerOf<Op>> call(Op operation, protocol::Conversation& conversation) const {
    return detail::typed<detail::AnswerOf<Op>>(perform(detail::any(std::move(operation)), conversation));
  }
  /// The pages of a list. No request is made.
  /// Errors: `invalid_argument` for a query that the vendor cannot answer; `unsupported` when the vendor has
  /// no such list.
  template <class Op>
  [[nodiscard]] Result<protocol::Listing<detail::ItemOf<Op>>> list(Op operation,
                                                                   protocol::ListQuery const& query) const {
    return detail::typed<protocol::Listing<detail::ItemOf<Op>>>(
        open(detail::any(std::move(operation)), query));
  }

  // What the members above rest on; AdapterBase implements them.

  /// Whether there is such an operation, known without any request.
  [[nodiscard]] virtual bool has(Operation operation) const noexcept = 0;
  /// The answer is an `Op::Answer`. Errors: as `call`.
  [[nodiscard]] virtual Result<AnyAnswer> perform(AnyOperation const& operation,
                                                  protocol::Conversation& conversation) const = 0;
  /// The answer is a `protocol::Listing<Op::Item>`. Errors: as `list`.
  [[nodiscard]] virtual Result<AnyAnswer> open(AnyOperation const& operation,
                                               protocol::ListQuery const& query) const = 0;

 protected:
  /// The listed campaign with what GetCampaign adds to it. Errors: those of GetCampaign but `not_found`.
  [[nodiscard]] Result<Campaign> completed(Campaign listed, bool keep_raw,
                                           protocol::Conversation& conversation) const;
};

/// The base of an adapter. `Derived` has an overload for each operation of its vendor; what has none is
/// `unsupported`:
///
///     Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;
///     Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
///                                               protocol::ListQuery const& query) const;
///
/// Of a list's filter only the parts that `capabilities()` calls supported are set: the native ones belong
/// into the request; the engine applies the emulated ones, and `since` and `until` to every list.
///
/// Threads: as Adapter.
template <class Derived>
class AdapterBase : public Adapter {
  template <class Op>
  static constexpr bool runs = CallOperation<Op>&& requires(Derived const& self, Op const& operation,
                                                            protocol::Conversation& conversation) {
    self.run(operation, conversation);
  };
  template <class Op>
  static constexpr bool lists = ListOperation<Op>&& requires(Derived const& self, Op const& operation,
                                                             protocol::ListQuery const& query) {
    self.pages(operation, query);
  };

 public:
  bool has(Operation operation) const noexcept final {
    bool found = false;
    detail::visit(operation, Operations{}, [&]<class Op>() { found = runs<Op> || lists<Op>; });
    return found;
  }

  Result<AnyAnswer> perform(AnyOperation const& operation, protocol::Conversation& conversation) const final {
    std::optional<Result<AnyAnswer>> answer;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
      if constexpr (runs<Op>) {
        auto typed = self().run(it, conversation);
        constexpr bool right = std::is_same_v<decltype(typed), Result<typename Op::Answer>>;
        static_assert(right, "run(Op const&, Conversation&) returns Result<Op::Answer>");
        if constexpr (right) answer.emplace(detail::erased(std::move(typed)));
      }
    });
    if (!answer) return unsupported(capabilities(), operation.what());
    return *std::move(answer);
  }

  Result<AnyAnswer> open(AnyOperation const& operation, protocol::ListQuery const& query) const final {
    std::optional<Result<AnyAnswer>> answer;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
      if constexpr (lists<Op>) {
        auto typed = self().pages(it, query);
        constexpr bool right = std::is_same_v<decltype(typed), Result<protocol::Listing<typename Op::Item>>>;
        static_assert(right, "pages(Op const&, ListQuery const&) returns Result<Listing<Op::Item>>");
        if constexpr (right) {
          if constexpr (std::is_same_v<typename Op::Item, Campaign>)
            if (typed && !typed->complete)
              typed->complete = [this, keep_raw = query.keep_raw](Campaign listed,
                                                                  protocol::Conversation& with) {
                return this->completed(std::move(listed), keep_raw, with);
              };
          answer.emplace(detail::erased(std::move(typed)));
        }
      }
    });
    if (!answer) return unsupported(capabilities(), operation.what());
    return *std::move(answer);
  }

 private:
  // Found where `Derived` has no overload at all, and fit for no operation; otherwise its own hide them.
  void run() const;
  void pages() const;

  [[nodiscard]] Derived const& self() const noexcept { return static_cast<Derived const&>(*this); }
};

}  // namespace polycampaign::inline v1
