#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/redact.hpp"
#include "polycampaign/protocol/zone.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace polycampaign::inline v1 {

/// The code for one vendor's API. It builds requests and reads responses, and nothing else. To support a
/// vendor that this library does not know, derive from AdapterBase; see docs/adapter.md. `make_client` turns
/// an adapter into a client.
///
/// Threads: immutable, so every member may be called from several threads at once. No member blocks, throws
/// or reads a clock.
class POLYCAMPAIGN_EXPORT Adapter {
 public:
  Adapter();
  virtual ~Adapter();
  Adapter(Adapter const&) = delete;
  Adapter& operator=(Adapter const&) = delete;

  /// Returns what this vendor supports in this configuration. Valid as long as the adapter exists.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;
  /// Returns where all requests of this adapter go. Nothing is sent anywhere else. Valid as long as the
  /// adapter exists.
  [[nodiscard]] virtual protocol::Endpoint const& endpoint() const noexcept = 0;
  /// Returns the strings that must never be visible outside (keys, passwords). The engine itself knows the
  /// tokens. Valid as long as the adapter exists.
  [[nodiscard]] virtual std::vector<std::string_view> secrets() const = 0;

  /// Returns what a log may show of this vendor's URLs in addition to plain words. Constant data. This
  /// implementation returns nothing, so that every query value is `REDACTED` until an adapter names its
  /// parameter.
  [[nodiscard]] virtual protocol::Loggable loggable() const noexcept { return {}; }

  /// Adds the headers that every request of this vendor needs, and the credential: the token's, or the static
  /// key if the vendor has no login. `token` is null for calls that are not authenticated and for vendors
  /// without a login.
  virtual void sign(HttpRequest& request, protocol::Token const* token) const = 0;

  /// Returns the request that obtains a token. Its call is not `authenticated`, and is an `idempotent_write`.
  /// Returns nothing for vendors with a static key. If the vendor rejects the credential (`unauthenticated`),
  /// the same client never sends the request again; if it forbids the login (`permission_denied`), not for
  /// one minute.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> log_in() const {
    return std::nullopt;
  }
  /// Returns the request that renews a token, under the same rules. Returns nothing if the token cannot be
  /// renewed; the client then logs in again.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const&) const {
    return std::nullopt;
  }
  /// Returns the request that ends a session, for `CampaignClient::close`. Returns nothing if the vendor has
  /// no logout.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Done>> revoke(
      protocol::Token const&) const {
    return std::nullopt;
  }

  /// Returns how the vendor reads the start times in requests: the zone of their wall clock. The client then
  /// refuses a start that this clock cannot express, and compares the limit in `CampaignRules::days_ahead`
  /// with its calendar. This implementation returns nothing: the vendor takes instants, such as Unix times.
  [[nodiscard]] virtual std::optional<protocol::ClockRule> start_clock() const { return std::nullopt; }
  /// Checks what only this vendor asks of a new campaign, after `plan` has checked everything that
  /// `CampaignRules` describes. Makes no request. Returns warnings, one sentence each. This implementation
  /// returns none.
  /// Errors: `invalid_argument`, `unsupported`. The message quotes neither number nor text.
  [[nodiscard]] virtual Result<std::vector<std::string>> review(NewCampaign const&) const {
    return std::vector<std::string>{};
  }

  /// Runs an operation with one result, with as many requests as it takes. A NewCampaign is `normalized` and
  /// has passed `plan` and `review`.
  /// Errors: those that the operation's documentation names; those of the requests; `unsupported`, before any
  /// request, if the vendor does not have the operation.
  template <class Op>
  [[nodiscard]] Result<detail::AnswerOf<Op>> call(Op operation, protocol::Conversation& conversation) const {
    return detail::typed<detail::AnswerOf<Op>>(perform(detail::any(std::move(operation)), conversation));
  }
  /// Returns the pages of a list. Makes no request.
  /// Errors: `invalid_argument` for a query that the vendor cannot answer; `unsupported` if the vendor does
  /// not have the list.
  template <class Op>
  [[nodiscard]] Result<protocol::Listing<detail::ItemOf<Op>>> list(Op operation,
                                                                   protocol::ListQuery const& query) const {
    return detail::typed<protocol::Listing<detail::ItemOf<Op>>>(
        open(detail::any(std::move(operation)), query));
  }

  // The virtual functions below carry the members above. AdapterBase implements them.

  /// Returns whether the vendor has the operation. Makes no request.
  [[nodiscard]] virtual bool has(Operation operation) const noexcept = 0;
  /// Runs an operation and returns an `Op::Answer`. Errors: as `call`.
  [[nodiscard]] virtual Result<AnyAnswer> perform(AnyOperation const& operation,
                                                  protocol::Conversation& conversation) const = 0;
  /// Opens a list and returns a `protocol::Listing<Op::Item>`. Errors: as `list`.
  [[nodiscard]] virtual Result<AnyAnswer> open(AnyOperation const& operation,
                                               protocol::ListQuery const& query) const = 0;

 protected:
  /// Returns the listed campaign, completed with what GetCampaign adds to it. Errors: those of GetCampaign,
  /// except `not_found`.
  [[nodiscard]] Result<Campaign> completed(Campaign listed, bool keep_raw,
                                           protocol::Conversation& conversation) const;
};

/// Base class for an adapter. `Derived` provides an overload for each operation of its vendor. An operation
/// without an overload is `unsupported`:
///
///     Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;
///     Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
///                                               protocol::ListQuery const& query) const;
///
/// A conversation that creates something runs everything that can fail first, and makes one request that can
/// reach people, as the last one that changes anything. See docs/adapter.md.
///
/// In a list's filter, only the parts that `capabilities()` declares supported are set. Put the native ones
/// into the request. The engine applies the emulated ones. It also applies `since`, `until`, `statuses` and
/// `channels` to every list.
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
        static_assert(right, "run(Op const&, Conversation&) must return Result<Op::Answer>");
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
        static_assert(right, "pages(Op const&, ListQuery const&) must return Result<Listing<Op::Item>>");
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
  // Found if `Derived` has no overload at all; they match no operation. Overloads in `Derived` hide them.
  void run() const;
  void pages() const;

  [[nodiscard]] Derived const& self() const noexcept { return static_cast<Derived const&>(*this); }
};

}  // namespace polycampaign::inline v1
