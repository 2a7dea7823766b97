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

/// The `statistics` of a record: an object, an array of one, or an empty array.
class Counters {
 public:
  Counters(wire::JsonValue statistics, wire::Notes& notes);

  /// Whether there is one that short records do not have.
  [[nodiscard]] bool detailed() const noexcept;

  /// Short records: `sent` is everything handed over so far, `delivered` includes `read`. Once.
  void fill_brief(Statistics& statistics);
  /// Details: exclusive buckets. Notes it when they do not add up to `messages`. Once.
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
  /// `bucket_count` for another name.
  [[nodiscard]] static Bucket bucket(std::string_view name) noexcept;
  [[nodiscard]] Count operator[](Bucket bucket) const noexcept {
    return (reported_ >> bucket & 1U) != 0 ? Count{values_[bucket]} : std::nullopt;
  }

  void keep_other(std::string_view name, Count count);

  unsigned reported_ = 0;  // a bit for each bucket
  std::array<std::int64_t, bucket_count> values_;
  std::vector<VendorCounter> others_{};
  std::size_t left_out_ = 0;
};

}  // namespace polycampaign::inline v1::bsg
