#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/refusals.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::yeastar {

/// What a refusal is, or the content of the answer.
struct Answer {
  std::optional<Refusal> refusal{};  ///< nothing: a success
  std::string field{};               ///< of an invalid parameter
  std::string validation{};          ///< what is wrong with it
  nlohmann::ordered_json content = nlohmann::ordered_json::object();
};

[[nodiscard]] Answer refused(Refusal const& refusal);
[[nodiscard]] Answer invalid(std::string field, std::string validation);

/// Reads what a request to create or to update asks for. To create, all required fields must be there. To
/// update, those that are there must be valid.
class OrderReader {
 public:
  OrderReader(VendorSimulator& simulator, nlohmann::ordered_json const& body, bool update) noexcept
      : simulator_{simulator}, body_{body}, update_{update} {}

  /// Reads everything. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<Answer> read();
  [[nodiscard]] bool has(char const* name) const { return body_.contains(name) && !body_[name].is_null(); }

  SimulatedOrder order{};
  /// What the campaign's records show of the request, by the names of their members.
  nlohmann::ordered_json shown = nlohmann::ordered_json::object();

 private:
  [[nodiscard]] std::optional<Answer> read_name();
  [[nodiscard]] std::optional<Answer> read_sender();
  [[nodiscard]] std::optional<Answer> read_recipients();
  [[nodiscard]] std::optional<Answer> read_numbers();
  [[nodiscard]] std::optional<Answer> read_phonebook();
  [[nodiscard]] std::optional<Answer> read_content();
  [[nodiscard]] std::optional<Answer> read_mode();
  [[nodiscard]] std::optional<Answer> read_start();

  /// Checks a field that must be a string that is not empty, and one of `words` if there are any.
  [[nodiscard]] std::optional<Answer> text(char const* name, std::string& value,
                                           std::initializer_list<std::string_view> words = {}) const;
  /// Checks a field that must be an integer.
  [[nodiscard]] std::optional<Answer> number(char const* name, std::int64_t& value) const;

  VendorSimulator& simulator_;
  nlohmann::ordered_json const& body_;
  bool update_;
};

}  // namespace polycampaign::inline v1::testing::yeastar
