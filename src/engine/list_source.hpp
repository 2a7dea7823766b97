#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/message.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/reply.hpp"

#include "engine/conversation_effect.hpp"
#include "text/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Returns the id of a list's element, or an empty string if it has none.
template <class Item>
[[nodiscard]] std::string_view id_of(Item const& item) noexcept {
  if constexpr (requires { std::string_view{item.id}; }) {
    return item.id;
  } else if constexpr (requires { std::string_view{*item.id}; }) {
    return item.id ? std::string_view{*item.id} : std::string_view{};
  } else {
    return {};
  }
}

/// Hashes a campaign, to identify it if it has no id.
[[nodiscard]] std::uint64_t contents_of(Campaign const& campaign);
/// Does the same for an element of another type. Absent if nothing identifies it.
/// @{
[[nodiscard]] std::optional<std::uint64_t> contents_of(Message const& message);
[[nodiscard]] std::optional<std::uint64_t> contents_of(Reply const& reply);
[[nodiscard]] std::optional<std::uint64_t> contents_of(OptOut const& opt_out);
template <class Item>
[[nodiscard]] std::optional<std::uint64_t> contents_of(Item const&) {
  return std::nullopt;
}
/// @}

/// Hashes what distinguishes an element that has an id from the others of its list.
template <class Item>
[[nodiscard]] std::uint64_t identity_of(Item const& item) noexcept {
  return text::hash(id_of(item));
}
/// Does the same for a reply. Replies may share an id, such as that of the message that they answer, so what
/// they contain counts, too.
[[nodiscard]] std::uint64_t identity_of(Reply const& reply);

/// A page of a list, whatever the type of its elements. The reader may change elements that have been
/// delivered.
class AnyPage {
 public:
  AnyPage() = default;
  virtual ~AnyPage() = default;
  AnyPage(AnyPage const&) = delete;
  AnyPage& operator=(AnyPage const&) = delete;

  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  [[nodiscard]] virtual std::string_view id(std::size_t record) const noexcept = 0;
  /// Identifies a record that has an id.
  [[nodiscard]] virtual std::uint64_t identity(std::size_t record) const = 0;
  /// Identifies a record that has no id. Absent if nothing does.
  [[nodiscard]] virtual std::optional<std::uint64_t> contents(std::size_t record) const = 0;

  protocol::PageInfo info{};
};

template <class Item>
class PageOf final : public AnyPage {
 public:
  explicit PageOf(protocol::ListPage<Item> page) : items{std::move(page.items)} {
    info = std::move(page.info);
  }

  std::size_t size() const noexcept override { return items.size(); }
  std::string_view id(std::size_t record) const noexcept override { return id_of(items[record]); }
  std::uint64_t identity(std::size_t record) const override { return identity_of(items[record]); }
  std::optional<std::uint64_t> contents(std::size_t record) const override {
    return contents_of(items[record]);
  }

  std::vector<Item> items;
};

/// Where pages come from: a `protocol::Listing` with the type of its elements erased.
struct ListSource {
  /// The request of a page; `decode` returns an AnyPage.
  struct Request {
    protocol::Call call{};
    protocol::Conversation::Decode decode{};
  };
  protocol::PageKey first{};
  std::function<Result<Request>(protocol::PageKey const&)> page{};
  std::function<std::vector<protocol::PageKey>(protocol::PageKey const&, protocol::PageInfo const&,
                                               std::size_t)>
      ahead{};
  int windows = 0;
  std::vector<std::string> unseen{};
};

/// Erases the type of a listing. No request of a page may do more than `most`.
template <class Item>
[[nodiscard]] ListSource source_of(protocol::Listing<Item> listing, Action most) {
  auto page = [page = std::move(listing.page),
               most](protocol::PageKey const& key) -> Result<ListSource::Request> {
    if (!page)
      return Error{.code = ErrorCode::configuration,
                   .message = "the vendor's adapter returned a list without a page function (Listing::page)"};
    auto exchange = page(key);
    if (!exchange) return std::move(exchange).error();
    if (auto error = exceeds(exchange->call, most)) return *std::move(error);
    return ListSource::Request{
        std::move(exchange->call),
        [decode = std::move(exchange->decode)](HttpResponse response) -> Result<AnyAnswer> {
          auto decoded = decode(std::move(response));
          if (!decoded) return std::move(decoded).error();
          std::shared_ptr<AnyPage> any = std::make_shared<PageOf<Item>>(*std::move(decoded));
          return AnyAnswer{std::move(any)};
        }};
  };
  return {.first = std::move(listing.first),
          .page = std::move(page),
          .ahead = std::move(listing.ahead),
          .windows = listing.windows,
          .unseen = std::move(listing.unseen)};
}

}  // namespace polycampaign::inline v1::engine
