#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "wire/campaigns.hpp"
#include "wire/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::smsup {

/// How an answer is to be read.
struct Reading {
  Document document = Document::list;
  wire::ClockRule clock{};
  bool keep_raw = false;
};

/// The zone of campaign times when the account names none: the one documented for `delay`, and the one that
/// fits the offsets in push samples.
inline constexpr std::string_view assumed_zone = "Europe/Paris";

struct Answer {
  std::vector<Campaign> campaigns{};
  /// What the answer held, whatever it was.
  std::int64_t records = 0;
  /// Campaigns of the whole list, where the answer tells.
  std::optional<std::int64_t> total{};
};

/// The campaigns of an answer, in JSON or XML whatever was asked for: the service falls back to XML when it
/// does not understand `Accept` (page "Getting started"). `response` may have any status.
/// Errors: what the body or the HTTP status says; `protocol` for anything else. Their effect is `none`.
[[nodiscard]] Result<Answer> read_answer(HttpResponse response, Reading const& reading);

[[nodiscard]] Result<Answer> read_json_answer(HttpResponse response, Reading const& reading);
[[nodiscard]] Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading);

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

/// To read so many records into.
[[nodiscard]] wire::Campaigns campaigns_of(std::size_t records);
/// The answer that these make. Errors: `protocol`, when they are none.
[[nodiscard]] Result<Answer> finished_answer(wire::Campaigns campaigns, Envelope const& envelope,
                                             HttpResponse const& response, Reading const& reading);

}  // namespace polycampaign::inline v1::smsup
