#pragma once

#include "polycampaign/statistics.hpp"

#include "wire/json.hpp"
#include "wire/scalar.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// The `statistics` of a record: an object, an array with one object, or an empty array.
class Counters {
 public:
  Counters(wire::JsonValue statistics, wire::Notes& notes);

  /// Returns whether there is a counter that short records do not have.
  [[nodiscard]] bool detailed() const noexcept;

  /// Fills in the counters of a short record. There, `sent` is everything handed over so far, and `delivered`
  /// includes `read`. Call it once.
  void fill_brief(Statistics& statistics);
  /// Fills in the counters of a detail, which are exclusive buckets. Adds a note if they do not add up to
  /// `messages`. Call it once.
  void fill_detail(Statistics& statistics, wire::Notes& notes);

 private:
  enum Bucket : std::size_t {
    delivered,
    scheduled,
    moderation,
    accepted,
    sending,
    sent,
    expired,
    failed,
    undelivered,
    unknown,
    read,
    not_viber_user,
    not_rcs_user,
    bucket_count
  };
  /// Returns `bucket_count` for any other name.
  [[nodiscard]] static Bucket bucket(std::string_view name) noexcept;
  [[nodiscard]] Count operator[](Bucket bucket) const noexcept {
    return (reported_ >> bucket & 1U) != 0 ? Count{values_[bucket]} : std::nullopt;
  }

  void keep_other(std::string_view name, Count count);

  unsigned reported_ = 0;  // one bit for each bucket
  std::array<std::int64_t, bucket_count> values_;
  std::vector<VendorCounter> others_{};
  std::size_t left_out_ = 0;
};

}  // namespace polycampaign::inline v1::bsg
