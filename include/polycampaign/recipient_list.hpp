#pragma once

#include "polycampaign/compact_optional.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// A list, group, phonebook or audience at a vendor, to which campaigns can be sent. In a Campaign, some
/// vendors report only its id or only its name.
///
/// Threads: a plain value, not synchronized.
struct RecipientList {
  std::optional<std::string> id{};          ///< the vendor's id, as a string
  std::optional<std::string> name{};        ///< as its owner wrote it; may contain personal data
  Count size{};                             ///< how many numbers or contacts it has, as the vendor counts
  CompactOptional<Timestamp> created_at{};  ///< when it was made, by the vendor's clock
  std::vector<std::string> notes{};         ///< what was malformed or unexpected, one sentence each
  friend bool operator==(RecipientList const&, RecipientList const&) = default;
};

/// What became of the numbers of one request that creates a list or adds to it.
///
/// Threads: a plain value, not synchronized.
struct ListAddition {
  ProviderName provider{};  ///< `bsg`, `smsup`, `dexatel`
  /// The list, with what the vendor reported about it in its answer. `size` is absent if it was reported
  /// before the numbers were added.
  RecipientList list{};
  Count added{};                     ///< numbers that are new in the list
  Count duplicates{};                ///< numbers that were in the list already
  Count invalid{};                   ///< numbers that the vendor did not accept
  std::vector<std::string> notes{};  ///< what the caller should know, one sentence each
  friend bool operator==(ListAddition const&, ListAddition const&) = default;
};

}  // namespace polycampaign::inline v1
