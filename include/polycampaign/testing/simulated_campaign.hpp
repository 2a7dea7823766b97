#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/testing/export.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A list, phonebook or audience that a campaign is sent to.
struct SimulatedList {
  std::string id{};    ///< in the form of `CampaignShape::list_ids`
  std::string name{};  ///< UTF-8, with spaces, quotes and markup

  friend bool operator==(SimulatedList const&, SimulatedList const&) = default;
};

/// Counts of recipients and messages. They are always consistent: `recipients` = `filtered` + `messages`, and
/// the buckets from `pending` to `unreported` add up to `messages`.
struct SimulatedCounters {
  std::int64_t recipients = 0;   ///< numbers targeted
  std::int64_t filtered = 0;     ///< removed before sending; only with `CampaignShape::filters`
  std::int64_t messages = 0;     ///< created
  std::int64_t pending = 0;      ///< not yet handed over
  std::int64_t in_flight = 0;    ///< handed over, report awaited
  std::int64_t delivered = 0;    ///< including messages that were read
  std::int64_t undelivered = 0;  ///< only with `CampaignShape::all_buckets`; otherwise part of `failed`
  std::int64_t expired = 0;      ///< only with `CampaignShape::counts_expired`
  std::int64_t failed = 0;       ///< everything else that went wrong
  std::int64_t unreported = 0;   ///< no report arrived; only with `CampaignShape::all_buckets`
  std::int64_t read = 0;     ///< part of `delivered`; only with `CampaignShape::all_buckets`, and not for SMS
  std::int64_t replies = 0;  ///< at most a twentieth of `delivered`
  std::int64_t opt_outs = 0;    ///< at most a fiftieth of `delivered`
  std::int64_t unassigned = 0;  ///< part of `failed`: numbers that do not exist

  friend bool operator==(SimulatedCounters const&, SimulatedCounters const&) = default;
};

/// A recipient of a campaign that a request created.
struct SimulatedRecipient {
  std::string number{};               ///< `+` and digits
  std::string reference{};            ///< the caller's key for this message; empty if there is none
  std::optional<std::string> text{};  ///< a text of their own

  friend bool operator==(SimulatedRecipient const&, SimulatedRecipient const&) = default;
};

/// A message that was handed over to a person's phone: the ledger of what really happened. A plain value.
struct Reached {
  std::string campaign{};         ///< the campaign's id
  std::string number{};           ///< `+` and digits
  std::string text{};             ///< what the person read
  std::chrono::sys_seconds at{};  ///< when it was handed over
  /// The request that caused it: its place among `Simulator::requests`, from 1. It created the campaign, gave
  /// a draft its start, or had failed messages sent again.
  std::int64_t request = 0;

  friend bool operator==(Reached const&, Reached const&) = default;
};

/// A campaign as it really is, before a vendor's API presents it in its own way. A test compares a client's
/// Campaign with it. A plain value. Times are UTC.
struct SimulatedCampaign {
  std::string id{};  ///< as the vendor writes it, in the form of `CampaignShape::ids`
  /// Increases with each new campaign. If ids are numbers, this is the id.
  std::int64_t number = 0;
  std::string name{};              ///< unique, at most 45 characters; UTF-8
  std::string sender{};            ///< a phone number's digits, or a word
  std::string text{};              ///< UTF-8 with emoji, quotes, markup and line breaks; sometimes empty
  int parts = 1;                   ///< number of SMS per message
  Channel channel = Channel::sms;  ///< one of `CampaignShape::channels`
  StatusCode status = StatusCode::completed;  ///< a status that the vendor has
  std::chrono::sys_seconds created{};         ///< within about two years before the clock's current time
  std::optional<std::chrono::sys_seconds> scheduled{};  ///< planned start, including immediate starts
  std::optional<std::chrono::sys_seconds> started{};    ///< not before the planned start
  std::optional<std::chrono::sys_seconds> finished{};   ///< of completed and some canceled campaigns
  std::chrono::sys_seconds updated{};                   ///< the latest of creation, start and end
  bool immediate = true;                                ///< sent immediately, not scheduled
  SimulatedCounters counters{};                         ///< the counts so far
  std::string cost{};                                   ///< exact decimal; empty if the vendor reports none
  std::string currency{};                               ///< ISO 4217, or `credits`
  /// From `CampaignShape::min_lists` to `max_lists` lists; the same list may occur twice.
  std::vector<SimulatedList> lists{};
  std::uint64_t grain = 0;  ///< seed for anything else that a vendor's record needs
  /// When it entered this status. For a generated campaign, when it was generated.
  std::chrono::sys_seconds since{};
  /// To whom a request sent it, in order; empty for a generated campaign.
  std::vector<SimulatedRecipient> addressed{};
  std::int64_t request = 0;   ///< see `Reached::request`; 0 for a generated campaign
  std::string template_id{};  ///< the template that it was created with; empty if there was none
  /// What happened to each of `addressed`: `w`aiting, `r`eached, `f`ailed or `e`xpired.
  std::string outcomes{};

  friend bool operator==(SimulatedCampaign const&, SimulatedCampaign const&) = default;
};

/// What a request asks a simulated vendor to send. A plain value.
struct SimulatedOrder {
  std::string name{};                                   ///< empty: a generated one
  std::string sender{};                                 ///< as the phone shows it
  std::string text{};                                   ///< UTF-8
  Channel channel = Channel::sms;                       ///< one that the vendor has
  std::vector<SimulatedRecipient> recipients{};         ///< those who are to be reached
  std::int64_t filtered = 0;                            ///< how many more were asked for and removed
  std::vector<SimulatedList> lists{};                   ///< the lists that the recipients come from
  StatusCode status = StatusCode::queued;               ///< the status that it begins with
  std::optional<std::chrono::sys_seconds> scheduled{};  ///< absent: at once
};

/// A list, group, phonebook or audience at a simulated vendor.
struct SimulatedAddressBook {
  std::string id{};                           ///< in the form of `CampaignShape::list_ids`
  std::string name{};                         ///< UTF-8
  std::vector<SimulatedRecipient> members{};  ///< in the order in which they were added
  std::chrono::sys_seconds created{};         ///< when it was created

  friend bool operator==(SimulatedAddressBook const&, SimulatedAddressBook const&) = default;
};

/// A text that a simulated vendor stores.
struct SimulatedTemplate {
  std::string id{};                ///< a UUID
  std::string name{};              ///< unique
  std::string text{};              ///< UTF-8
  Channel channel = Channel::sms;  ///< where it can be used

  friend bool operator==(SimulatedTemplate const&, SimulatedTemplate const&) = default;
};

/// A sender that a simulated vendor knows.
struct SimulatedSender {
  std::string id{};                ///< the vendor's id
  std::string text{};              ///< a word, or `+` and digits
  Channel channel = Channel::sms;  ///< what it can send

  friend bool operator==(SimulatedSender const&, SimulatedSender const&) = default;
};

/// Returns the number of SMS that a text takes.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT int text_parts(std::string_view text);

/// Returns the campaign's recipient with that index (0 to recipients - 1): `+` and 11 digits, always the
/// same.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string recipient_number(SimulatedCampaign const& campaign,
                                                                       std::int64_t index);

/// Returns `digits` hexadecimal digits that depend on the seed alone, for keys, tokens and ids.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string hex_text(std::uint64_t seed, std::size_t digits);
/// Returns a version 4 UUID that depends on the seed alone.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string uuid_text(std::uint64_t seed);

}  // namespace polycampaign::inline v1::testing
