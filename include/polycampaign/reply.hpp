#pragma once

#include "polycampaign/compact_optional.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/timestamp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// What a recipient of a campaign answered. Personal data: keep it out of logs.
///
/// Threads: a plain value, not synchronized.
struct Reply {
  std::string id{};                        ///< the vendor's id; empty if it has none
  ProviderName provider{};                 ///< `smsup`
  std::optional<std::string> campaign{};   ///< the vendor's id of the campaign
  std::optional<std::string> number{};     ///< the phone that answered, in E.164 with `+`
  std::optional<std::string> text{};       ///< the answer; absent if the vendor shows none
  CompactOptional<Timestamp> at{};         ///< when it came
  std::optional<std::string> reference{};  ///< `Recipient::reference`, if the vendor returned it
  std::vector<std::string> notes{};        ///< what was malformed or unexpected, one sentence each

  friend bool operator==(Reply const&, Reply const&) = default;
};

/// A number that wants no more messages. Personal data: keep it out of logs.
///
/// Threads: a plain value, not synchronized.
struct OptOut {
  std::string id{};                        ///< the vendor's id; empty if it has none
  ProviderName provider{};                 ///< `bsg`, `smsup`
  std::optional<std::string> campaign{};   ///< the vendor's id of the campaign to which it was the answer
  std::optional<std::string> number{};     ///< in E.164 with `+`
  std::optional<std::string> text{};       ///< what the recipient wrote
  CompactOptional<Timestamp> at{};         ///< when it came, or when the number was put on the list
  std::optional<std::string> reference{};  ///< `Recipient::reference`, if the vendor returned it
  std::vector<std::string> notes{};        ///< what was malformed or unexpected, one sentence each

  friend bool operator==(OptOut const&, OptOut const&) = default;
};

}  // namespace polycampaign::inline v1
