#include "testing/vendors/dexatel/answer.hpp"

#include "testing/vendors/dexatel/records.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::dexatel {

using nlohmann::ordered_json;

Answer success(ordered_json data, int status) {
  return {.status = status, .problems = {}, .data = std::move(data), .pagination = {}};
}

Answer refusal(int status, std::string message, int code) {
  return {.status = status, .problems = {{std::move(message), code}}, .data = {}, .pagination = {}};
}

Answer refusal(Problems problems) {
  bool const exists = problems.size() == 1 && problems.front().message.ends_with("already exists");
  return {.status = exists ? 409 : 400, .problems = std::move(problems), .data = {}, .pagination = {}};
}

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string text_of(ordered_json const& data, char const* name) {
  return data.contains(name) && data[name].is_string() ? data[name].get<std::string>() : std::string{};
}

std::optional<Channel> channel_of(ordered_json const& data) {
  auto const word = text_of(data, "channel");
  for (auto const channel : {Channel::sms, Channel::viber, Channel::whatsapp})
    if (same_text(word, channel_word(channel, false))) return channel;
  return std::nullopt;
}

bool passes(RequestTarget const& target, std::string const& name, std::string_view value) {
  auto const wanted = target.parameter("filter[" + name + ']').value_or("");
  return wanted.empty() || same_text(wanted, value);
}

}  // namespace polycampaign::inline v1::testing::dexatel
