#pragma once

#include "polycampaign/channel.hpp"
#include "polycampaign/testing/http_message.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::dexatel {

/// An entry of `errors` in a response.
struct Problem {
  std::string message{};
  int code = 0;  ///< 0: no page documents one
};
using Problems = std::vector<Problem>;

/// What is wrong with a request, or the document of the answer.
struct Answer {
  int status = 200;
  Problems problems{};                  ///< of a refusal
  nlohmann::ordered_json data{};        ///< null: no body
  nlohmann::ordered_json pagination{};  ///< of a list
  bool bare = false;                    ///< the data is the whole document
};

[[nodiscard]] Answer success(nlohmann::ordered_json data, int status = 200);
[[nodiscard]] Answer refusal(int status, std::string message, int code);
/// Returns a refusal with HTTP 409 if the only problem is that something already exists, else with HTTP 400.
[[nodiscard]] Answer refusal(Problems problems);

/// The longest name of a campaign, template or audience, in characters.
inline constexpr std::size_t longest_name = 45;
[[nodiscard]] std::size_t characters(std::string_view text) noexcept;

/// Returns a member that is a string, or an empty string.
[[nodiscard]] std::string text_of(nlohmann::ordered_json const& data, char const* name);
/// Returns the channel that `data` names.
[[nodiscard]] std::optional<Channel> channel_of(nlohmann::ordered_json const& data);
/// Returns whether the request's filter with that name lets the value through.
[[nodiscard]] bool passes(RequestTarget const& target, std::string const& name, std::string_view value);

}  // namespace polycampaign::inline v1::testing::dexatel
