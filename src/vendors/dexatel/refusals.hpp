#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace polycampaign::inline v1::dexatel {

/// Collects the errors that the body of a response reports.
class Complaints {
 public:
  /// Adds an entry of `errors`, or a body without that list, by its members `message` and `error`.
  void add(wire::JsonValue entry);

  [[nodiscard]] bool any() const noexcept { return any_; }

  /// Returns the failure that the entries and the HTTP status mean. The first entry decides. The HTTP status
  /// that it repeats replaces that of a response that came with a success, or that was stored without a
  /// status. Effect: as `protocol::refusal`.
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
