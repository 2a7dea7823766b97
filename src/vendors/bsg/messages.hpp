#pragma once

#include "polycampaign/message.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

/// The messages of a campaign ("Get SMS messages"). BSG lists messages of a period, and whether a list of one
/// campaign needs the period is not documented, so the list begins with the campaign itself: part 0 is the
/// campaign's detail, and part `1 + days since 1970-01-01` is the messages of the period that begins on that
/// day.
namespace polycampaign::inline v1::bsg {

/// How the messages of one campaign are to be read.
struct MessageReading {
  wire::ClockRule clock{};
  std::string campaign{};  ///< the id as the caller wrote it
  std::string id{};        ///< the same without leading zeros
  bool keep_raw = false;
};

/// Returns the call for a page of messages. `now` is when the list began; the period ends at most 29 days
/// later, because BSG documents 30 days for campaigns. Errors: `invalid_argument` (the list has no such
/// page).
[[nodiscard]] Result<protocol::Call> messages_call(protocol::Endpoint const& endpoint,
                                                   MessageReading const& reading,
                                                   protocol::PageKey const& key,
                                                   std::chrono::sys_seconds now);
/// Returns the call for a page of the messages with a reference. A request covers at most three months, which
/// is more than an outbox needs. Errors: `invalid_argument` (the list has no such page, or the period is
/// longer).
[[nodiscard]] Result<protocol::Call> find_call(protocol::Endpoint const& endpoint, FindMessages const& find,
                                               protocol::Zone const& zone, protocol::PageKey const& key);
/// Returns the keys of at most `most` pages after one that was received.
[[nodiscard]] std::vector<protocol::PageKey> messages_behind(protocol::PageKey const& key,
                                                             protocol::PageInfo const& info,
                                                             std::size_t most);
/// Reads part 0, the campaign's detail: how many messages it has, and the day on which its period begins.
[[nodiscard]] Result<protocol::ListPage<Message>> read_period(HttpResponse response,
                                                              MessageReading const& reading);
/// Reads a page of messages.
[[nodiscard]] Result<protocol::ListPage<Message>> read_messages(HttpResponse response,
                                                                MessageReading const& reading);

}  // namespace polycampaign::inline v1::bsg
