#pragma once

#include "polycampaign/compact_optional.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// What became of one message, in the same terms for every vendor.
enum class MessageStatusCode : std::uint8_t {
  unknown,      ///< the vendor reported no status, or one that this library does not know
  scheduled,    ///< waiting for its start time
  moderation,   ///< waiting for a person at the vendor to approve it
  queued,       ///< accepted, waiting to be sent
  sending,      ///< being handed over to the network
  submitted,    ///< handed over, with the delivery report still to come
  delivered,    ///< arrived on the phone
  read,         ///< was opened on the phone
  undelivered,  ///< not delivered, by the network's report
  expired,      ///< not delivered in time
  failed,       ///< could not be sent
  rejected,     ///< refused by the vendor or the network
  unreported,   ///< handed over, and no delivery report will come
  received,     ///< came from a phone
};

/// Returns the enumerator's name, as in JSON and on the command line; `unknown` for a value out of range.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(MessageStatusCode code) noexcept;
/// Returns the code with exactly this name, or nothing if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<MessageStatusCode> parse_message_status_code(
    std::string_view name) noexcept;
/// Returns every code of this version, in the order of the enumeration. Valid for the lifetime of the
/// program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<MessageStatusCode const> all_message_status_codes() noexcept;

/// The normalized status of a message, and the vendor's own word for it.
struct MessageStatus {
  MessageStatusCode code = MessageStatusCode::unknown;  ///< `unknown` for a word that has no code
  std::optional<std::string> vendor_word{};             ///< as the vendor wrote it; a number as its digits

  /// Returns whether the status can still change. Delivered messages may become read where the channel
  /// reports that; this counts as final. Absent for `unknown`.
  [[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<bool> final() const noexcept;

  friend bool operator==(MessageStatus const&, MessageStatus const&) = default;
};

/// One recipient's message, as a vendor reported it. An absent member means that the vendor did not report
/// it. `number` and `text` are personal data: keep them out of logs.
///
/// Threads: a plain value, not synchronized.
struct Message {
  std::string id{};                           ///< the vendor's id, as a string; empty if it has none
  ProviderName provider{};                    ///< `bsg`, `smsup`
  std::optional<std::string> campaign{};      ///< the vendor's id of the campaign
  std::optional<std::string> reference{};     ///< `Recipient::reference`, if the vendor returned it
  std::optional<std::string> number{};        ///< the recipient, in E.164 with `+`
  std::optional<std::string> sender{};        ///< what the phone shows
  std::optional<std::string> text{};          ///< the message
  MessageStatus status{};                     ///< what became of it
  CompactOptional<Timestamp> created_at{};    ///< when the vendor made it
  CompactOptional<Timestamp> sent_at{};       ///< when it was handed over to the network
  CompactOptional<Timestamp> reported_at{};   ///< when the delivery report came
  Count parts{};                              ///< SMS that it consists of
  CompactOptional<Cost> cost{};               ///< what the vendor charged for it
  std::optional<std::string> country{};       ///< an ISO 3166 code
  std::vector<std::string> notes{};           ///< what was malformed or unexpected, one sentence each
  CompactOptional<std::string> raw_record{};  ///< the value of `raw()`; public for the aggregate

  /// Returns the vendor's own record as a string (JSON or XML), byte for byte. It is empty unless you set
  /// `ListOptions::keep_raw`.
  [[nodiscard]] std::string_view raw() const noexcept {
    return raw_record ? std::string_view{*raw_record} : std::string_view{};
  }

  friend bool operator==(Message const&, Message const&) = default;
};

}  // namespace polycampaign::inline v1
