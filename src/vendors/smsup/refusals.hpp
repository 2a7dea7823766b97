#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::smsup {

/// What stands around the records: the call's own status and words.
class Envelope {
 public:
  /// A member of the root that is no record; others than the known ones are passed over. Of several with one
  /// name the last one counts; only `details` may be several.
  void read(std::string_view name, wire::Scalar const& value);

  /// Why the answer is a failure; nothing when its records count. `records`: how many there are; nothing when
  /// the member for them is missing.
  [[nodiscard]] std::optional<Error> refusal(HttpResponse const& response,
                                             std::optional<std::size_t> records) const;

  /// A note on each campaign when the call's status was neither 1 nor missing, yet there were records.
  void note_odd_status(std::vector<Campaign>& campaigns) const;

  [[nodiscard]] std::optional<std::int64_t> status() const noexcept { return status_; }
  /// After filtering; before it where only that is told (DataTables' names).
  [[nodiscard]] std::optional<std::int64_t> total() const noexcept { return shown_ ? shown_ : all_; }

 private:
  [[nodiscard]] std::string words() const;

  std::optional<std::int64_t> status_{};
  std::optional<std::int64_t> all_{};
  std::optional<std::int64_t> shown_{};
  std::string message_{};
  std::string details_{};
  std::string error_{};
};

}  // namespace polycampaign::inline v1::smsup
