#pragma once

#include "polycampaign/channel.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Message channels: what a PBX sends with. A campaign needs the ids of a channel and of one of its numbers.
/// Lists show only the numbers; their ids are in the channel's detail.
namespace polycampaign::inline v1::yeastar {

/// An item of "Query Message Channel List". A plain value.
struct MessageChannel {
  std::string id{};
  std::string name{};
  std::string type{};    ///< `sms`, `whatsapp`, ...
  std::string status{};  ///< `status_connect_succ`, ...
  std::vector<std::string> numbers{};
};

struct ChannelPage {
  std::vector<MessageChannel> channels{};
  std::int64_t records = 0;
  std::optional<std::int64_t> total{};
};

/// A number of a channel, from the channel's detail. Only the member `id` is documented; every other member
/// that looks like a phone number counts.
struct ChannelNumber {
  std::string id{};
  std::vector<std::string> digits{};
};

inline constexpr std::int64_t channel_page_size = 100;

/// Returns the call for a page of channels, counted from 1: all, or those that a search finds.
[[nodiscard]] protocol::Call channels_call(protocol::Endpoint const& endpoint, std::string_view operation,
                                           std::string_view search, std::int64_t page);
[[nodiscard]] protocol::Call channel_call(protocol::Endpoint const& endpoint, std::string_view operation,
                                          std::string_view id);

[[nodiscard]] Result<ChannelPage> read_channels(HttpResponse response);
[[nodiscard]] Result<std::vector<ChannelNumber>> read_channel_numbers(HttpResponse response);

/// Returns the digits of a number, without `+` and separators.
[[nodiscard]] std::string digits_of(std::string_view number);
/// Returns whether the channel sends campaigns of that kind.
[[nodiscard]] bool sends(MessageChannel const& channel, Channel wanted) noexcept;
/// Returns the id of a number among those of its channel. `alone`: the channel has no other number. Nothing
/// if it cannot be told.
[[nodiscard]] std::optional<std::string> number_id(std::vector<ChannelNumber> const& numbers,
                                                   std::string_view number, bool alone);
/// Returns a number of a channel as a sender.
[[nodiscard]] Sender sender_of(MessageChannel const& channel, std::string const& number,
                               std::optional<std::string> id);

}  // namespace polycampaign::inline v1::yeastar
