#pragma once

#include "polycampaign/testing/http_message.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

/// What a request to send asks for, in whichever form.
struct Message {
  std::string text{};
  std::string sender{};
  std::string push_type{};
  std::string delay{};
  std::string unicode{};
  std::size_t links = 0;
  std::vector<SimulatedRecipient> recipients{};  ///< numbers as they were sent
  std::vector<std::string> lists{};              ///< ids
};

/// Reads the body of a request to send. Returns 1, or the status of the refusal if it cannot be read: -6 for
/// JSON, -2 for XML, -7 for a member of another type.
[[nodiscard]] int read_message(std::string_view body, bool xml, Message& message);
/// Reads the query of `GET /send` ("Single message").
[[nodiscard]] Message read_message(RequestTarget const& target);

/// Returns what is wrong with the message, or an empty string.
[[nodiscard]] std::string complaint(Message const& message);
/// Returns the text as a phone shows it: without `unicode`, each character that GSM-7 lacks arrives as `?`.
[[nodiscard]] std::string arriving_text(Message const& message);
/// Returns the number of SMS that the message takes: 160 characters or 153 a part, or 70 and 67 with
/// `unicode`.
[[nodiscard]] std::int64_t parts_of(Message const& message);

/// How many numbers were removed, by the vendor's names.
struct Removed {
  std::int64_t blacklisted = 0;
  std::int64_t duplicated = 0;
  std::int64_t invalid = 0;
  std::int64_t npai = 0;
  [[nodiscard]] std::int64_t all() const noexcept { return blacklisted + duplicated + invalid + npai; }
};

/// Returns the numbers that a message goes to, with `+`.
[[nodiscard]] std::vector<SimulatedRecipient> filtered(std::vector<SimulatedRecipient> asked, bool stop_list,
                                                       Removed& removed);

}  // namespace polycampaign::inline v1::testing::smsup
