#pragma once

#include "polycampaign/channel.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// Audiences: what a campaign is sent to, and what the library calls recipient lists.
namespace polycampaign::inline v1::dexatel {

/// Reads a page of "Audience, Query". `base` is the URL of the endpoint.
[[nodiscard]] Result<protocol::ListPage<RecipientList>> read_audiences(HttpResponse response,
                                                                       protocol::Url const& base);

/// E.164 with `+`.
using Numbers = std::span<std::string_view const>;

/// The requests of one operation about audiences.
///
/// Threads: use from one thread at a time.
class AudienceRequests {
 public:
  /// `operation` names the operation. `prepares`: what is made only prepares it. All must outlive this
  /// object.
  AudienceRequests(protocol::Endpoint const& endpoint, protocol::Conversation& conversation,
                   std::string_view operation, bool prepares = false) noexcept
      : endpoint_{endpoint}, conversation_{conversation}, operation_{operation}, prepares_{prepares} {}

  /// Contacts that Dexatel takes in one request, as far as its answers have shown: 1,000 by the newer text of
  /// error 1308, 10 by the older one.
  [[nodiscard]] std::size_t most() const noexcept { return most_; }
  /// Returns whether Dexatel refused so many contacts in one request because it takes fewer. From then on,
  /// `most` is that number.
  [[nodiscard]] bool takes_fewer(Error const& error, std::size_t contacts) noexcept;

  /// Creates an audience with the first `most()` of the numbers in it ("Audience, Create"). The list has an
  /// id. Errors: those of the request; `unsupported` if that many numbers would take too many requests.
  [[nodiscard]] Result<RecipientList> create(std::string_view name, Channel channel, Numbers numbers);
  /// Adds contacts in one request. Its path and its form are by analogy with other resources, because no page
  /// about it is known.
  [[nodiscard]] Result<protocol::Done> add(std::string_view audience, Numbers numbers);
  /// Reads an audience without its contacts ("Audience, Read").
  [[nodiscard]] Result<RecipientList> read(std::string_view audience);
  /// Deletes an audience ("Audience, Delete").
  [[nodiscard]] Result<protocol::Done> remove(std::string_view audience);

 private:
  [[nodiscard]] std::string url(std::string_view audience, std::string_view rest = {}) const;
  [[nodiscard]] Result<RecipientList> create_once(std::string_view name, Channel channel, Numbers numbers);

  protocol::Endpoint const& endpoint_;
  protocol::Conversation& conversation_;
  std::string_view operation_;
  bool prepares_;
  std::size_t most_ = 1000;
};

}  // namespace polycampaign::inline v1::dexatel
