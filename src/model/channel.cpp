#include "polycampaign/channel.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace polycampaign::inline v1 {

std::string_view to_string(Channel channel) noexcept {
  switch (channel) {
    case Channel::unknown: return "unknown";
    case Channel::sms: return "sms";
    case Channel::whatsapp: return "whatsapp";
    case Channel::viber: return "viber";
    case Channel::rcs: return "rcs";
  }
  return "unknown";
}

Channel parse_channel(std::string_view word) noexcept {
  if (word == "sms") return Channel::sms;  // nearly always
  constexpr std::string_view blanks = " \t\r\n\v\f";
  auto const first = word.find_first_not_of(blanks);
  if (first == std::string_view::npos) return Channel::unknown;
  word = word.substr(first, word.find_last_not_of(blanks) - first + 1);

  for (auto const channel : {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs})
    if (text::equal_ignoring_case(word, to_string(channel))) return channel;
  return Channel::unknown;
}

}  // namespace polycampaign::inline v1
