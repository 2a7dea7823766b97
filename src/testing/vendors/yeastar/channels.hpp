#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace polycampaign::inline v1::testing::yeastar {

/// A message channel. The ids of its numbers are in its detail only.
struct MessageChannel {
  std::int64_t id;
  char const* name;
  char const* type;
  std::array<char const*, 2> numbers;  ///< null: fewer
  std::int64_t first_number_id;
};

[[nodiscard]] std::span<MessageChannel const> channels_of_pbx() noexcept;
/// Returns the channel with that id, or null.
[[nodiscard]] MessageChannel const* find_channel(std::int64_t id) noexcept;
/// Returns the number with that id, or null.
[[nodiscard]] char const* number_with(MessageChannel const& channel, std::int64_t id) noexcept;
/// Returns whether a search for the keyword finds the channel.
[[nodiscard]] bool is_found(MessageChannel const& channel, std::string_view keyword,
                            VendorSimulator const& simulator);

/// Returns an item of list and search.
[[nodiscard]] nlohmann::ordered_json channel_item(MessageChannel const& channel);
/// Returns the object of get and query.
[[nodiscard]] nlohmann::ordered_json channel_detail(MessageChannel const& channel,
                                                    VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::yeastar
