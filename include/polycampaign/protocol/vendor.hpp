#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/redact.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

namespace protocol {

/// How a campaign is asked for. A plain value.
struct GetQuery {
  bool keep_raw = false;  ///< fill `Campaign::raw_record`
  bool brief = false;     ///< the short form, where the vendor has two
};

}  // namespace protocol

/// A vendor's adapter: builds requests, reads answers, and nothing else. To be derived from, for a vendor
/// that this library does not know: docs/adapter.md. `make_client` makes a client of it.
///
/// Threads: immutable, so every member may be called from several threads at once. None blocks, throws, or
/// looks at a clock.
class POLYCAMPAIGN_EXPORT Vendor {
 public:
  Vendor();
  virtual ~Vendor();
  Vendor(Vendor const&) = delete;
  Vendor& operator=(Vendor const&) = delete;

  /// What this vendor, as it is configured, can do. Valid as long as this.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;
  /// Where all requests go: nothing is sent elsewhere by way of this. Valid as long as this.
  [[nodiscard]] virtual protocol::Endpoint const& endpoint() const noexcept = 0;
  /// Texts that must never be seen outside (keys, passwords); tokens are known to the engine. Valid as long
  /// as this.
  [[nodiscard]] virtual std::vector<std::string_view> secrets() const = 0;

  /// What a log may show of this vendor's URLs beyond their words: constant data. Here: nothing, so that
  /// every query value is `REDACTED` until an adapter names its parameter.
  [[nodiscard]] virtual protocol::Loggable loggable() const noexcept { return {}; }

  /// Adds the headers that every request of this vendor needs, and the credential: the token's, or the static
  /// key when the vendor has no log-in. `token` is null for calls that are not authenticated and for vendors
  /// without a log-in.
  virtual void sign(HttpRequest& request, protocol::Token const* token) const = 0;

  /// How a token is had; its call is not `authenticated`, and an `idempotent_write`. Nothing for vendors with
  /// a static key. A refused one (`unauthenticated`) is never sent again by the same client, a forbidden one
  /// (`permission_denied`) not for a minute.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> log_in() const {
    return std::nullopt;
  }
  /// How a token that ends is made new, under the same rules. Nothing when it cannot be: log in again.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const&) const {
    return std::nullopt;
  }
  /// How a session is ended by `CampaignClient::close`. Nothing when the vendor has no log-out.
  [[nodiscard]] virtual std::optional<protocol::Exchange<protocol::Done>> revoke(
      protocol::Token const&) const {
    return std::nullopt;
  }

  /// The first page. Filters that `capabilities()` calls native are in its request; the engine applies the
  /// emulated ones, and `since` and `until` to every list. Called for every list, before its first request.
  /// Errors: `invalid_argument` for a query that the vendor cannot answer; the list ends with it.
  [[nodiscard]] virtual Result<protocol::PageKey> first(protocol::ListQuery const& query) const = 0;
  /// The request of one page, and how it is read. Any key within the limits of protocol/list.hpp may come,
  /// also one that `first` and `ahead` would not give: anybody may have written it into a resume token.
  /// Errors: `invalid_argument` for a key that names no page; the list ends with it where the page would be.
  [[nodiscard]] virtual Result<protocol::Exchange<protocol::ListPage>> page(
      protocol::ListQuery const& query, protocol::PageKey const& key) const = 0;
  /// The keys after `key` that are already known from its answer, in order, at most `most`; none: the list
  /// ends here. With `Capabilities::pages_known_ahead` false, one at most. The `size` of a first page's key
  /// is what the vendor applied, where `info` shows that it was not what was asked for. A total that is less
  /// than what has been received is absent.
  [[nodiscard]] virtual std::vector<protocol::PageKey> ahead(protocol::ListQuery const& query,
                                                             protocol::PageKey const& key,
                                                             protocol::PageInfo const& info,
                                                             std::size_t most) const = 0;
  /// How many parts of the list are periods of time; 0 where the vendor needs none.
  [[nodiscard]] virtual int windows(protocol::ListQuery const&) const { return 0; }
  /// What this list cannot show, beyond `capabilities().blind_spots`: sentences.
  [[nodiscard]] virtual std::vector<std::string> unseen(protocol::ListQuery const&) const { return {}; }

  /// Everything that the vendor tells about one campaign, by as many requests as it takes. `id` is any text.
  /// Errors: `not_found`; `invalid_argument` for an id that the vendor cannot have; those of the requests.
  [[nodiscard]] virtual Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                                             protocol::Conversation& conversation) const = 0;
  /// A listed campaign with what its detail adds; one that is gone meanwhile comes back as it was, with a
  /// note. Here: `protocol::completed` with what `get` gives. Errors: as `get`.
  [[nodiscard]] virtual Result<Campaign> complete(Campaign listed, protocol::GetQuery const& query,
                                                  protocol::Conversation& conversation) const;
};

}  // namespace polycampaign::inline v1
