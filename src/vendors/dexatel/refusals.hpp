#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace polycampaign::inline v1::dexatel {

/// The errors that an answer's body tells.
class Complaints {
 public:
  /// An entry of `errors`; or, by its members `message` and `error`, a body without that list.
  void add(wire::JsonValue entry);

  [[nodiscard]] bool any() const noexcept { return any_; }

  /// The failure they and the HTTP status mean; the first complaint decides. The HTTP status that a complaint
  /// repeats stands for that of an answer which came with a success, or was kept without one. Effect: as
  /// `protocol::refusal`.
  [[nodiscard]] Error as_error(HttpResponse const& response) const;

 private:
  bool any_ = false;
  std::size_t reported_ = 0;
  std::string words_{};
  std::string code_text_{};
  std::optional<std::int64_t> code_{};
  std::optional<int> http_status_{};
};

}  // namespace polycampaign::inline v1::dexatel
