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

/// The two statuses of a call that are a success ("Getting started"; "Campaign").
/// @{
inline constexpr std::int64_t ok = 1;
inline constexpr std::int64_t under_moderation = -8;
/// @}

/// Returns whether SMSUP itself reports that there is no such campaign or list. It does so with HTTP 200; the
/// page of a proxy has HTTP 404.
[[nodiscard]] bool says_not_found(Error const& error) noexcept;

/// Returns an id as an error may contain it: at most 40 letters and digits as they are, anything else as
/// `safe_text` returns it.
[[nodiscard]] std::string shown_id(std::string_view id);

/// What surrounds the records: the status of the call and its words.
class Envelope {
 public:
  /// Reads a member of the root that is not a record, and skips unknown ones. If a name occurs more than
  /// once, the last one counts; only `details` are all kept.
  void read(std::string_view name, wire::Scalar const& value);

  /// Returns why the response is a failure, or nothing if its records count. `records` is the number of
  /// records, or nothing if their member is missing. `expected` is the error's message in that case.
  [[nodiscard]] std::optional<Error> refusal(
      HttpResponse const& response, std::optional<std::size_t> records,
      std::string expected = "expected a campaign or a list of campaigns") const;

  /// Returns a note for records that came although the call's status was neither 1 nor missing, or an empty
  /// string.
  [[nodiscard]] std::string odd_status() const;

  /// Adds `odd_status` to each campaign.
  void note_odd_status(std::vector<Campaign>& campaigns) const;

  [[nodiscard]] std::optional<std::int64_t> status() const noexcept { return status_; }
  /// Returns whether the response reports an error: by a negative status, or, as both official SDKs read it,
  /// by a string in `error` without a status.
  [[nodiscard]] bool reports_error() const noexcept {
    return (status_ && *status_ < 0) || (status_ != ok && !error_.empty());
  }
  /// Returns the total after filtering, or before it if only that is reported (the names are those of
  /// DataTables).
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
