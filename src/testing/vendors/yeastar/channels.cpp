#include "testing/vendors/yeastar/channels.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::yeastar {

using nlohmann::ordered_json;

std::span<MessageChannel const> channels_of_pbx() noexcept {
  static constexpr MessageChannel all[] = {
      {1, "SMS channel", "sms", {"+41791234567", "+41791234568"}, 11},
      {2, "WhatsApp channel", "whatsapp", {"+41791234567", nullptr}, 21},
      {3, "Marketing", "sms", {"+41791234569", nullptr}, 31},
      {4, "Web chat", "livechat", {nullptr, nullptr}, 41},
  };
  return all;
}

MessageChannel const* find_channel(std::int64_t id) noexcept {
  auto const all = channels_of_pbx();
  auto const found = std::ranges::find(all, id, &MessageChannel::id);
  return found == all.end() ? nullptr : &*found;
}

char const* number_with(MessageChannel const& channel, std::int64_t id) noexcept {
  auto const index = id - channel.first_number_id;
  return index >= 0 && index < 2 ? channel.numbers[static_cast<std::size_t>(index)] : nullptr;
}

bool is_found(MessageChannel const& channel, std::string_view keyword, VendorSimulator const& simulator) {
  bool const by_number = simulator.is("channel_search", "name_and_number") &&
                         std::ranges::any_of(channel.numbers, [&](char const* number) {
                           return number != nullptr && contains_text(number, keyword);
                         });
  return keyword.empty() || by_number || contains_text(channel.name, keyword);
}

ordered_json channel_item(MessageChannel const& channel) {
  auto numbers = ordered_json::array();
  for (auto const* const number : channel.numbers)
    if (number != nullptr) numbers.push_back(number);
  return {{"id", channel.id},
          {"status", "status_connect_succ"},
          {"reason", ""},
          {"name", channel.name},
          {"channel", "twilio"},
          {"type", channel.type},
          {"number", std::move(numbers)},
          {"sent", 10},
          {"delivered", 9},
          {"failed", 1},
          {"received", 3}};
}

ordered_json channel_detail(MessageChannel const& channel, VendorSimulator const& simulator) {
  auto dids = ordered_json::array();
  for (std::size_t i = 0; i < channel.numbers.size(); ++i) {
    if (channel.numbers[i] == nullptr) continue;
    ordered_json did{{"id", channel.first_number_id + static_cast<std::int64_t>(i)}};
    if (!simulator.is("dids", "bare"))
      did[simulator.is("dids", "number") ? "number" : "did_number"] = channel.numbers[i];
    did["route_type"] = "extension";
    dids.push_back(std::move(did));
  }
  auto account = ordered_json::array();
  account.push_back({{"k", "auth_token"}, {"v", hex_text(simulator.options().seed ^ 0xacc, 32)}});
  return {{"id", channel.id},       {"name", channel.name},    {"domain_type", "fqdn"},
          {"type", channel.type},   {"channel", "twilio"},     {"account_data", std::move(account)},
          {"send_rate", 10},        {"auto_close_session", 1}, {"session_expired_time", 7},
          {"dids", std::move(dids)}};
}

}  // namespace polycampaign::inline v1::testing::yeastar
