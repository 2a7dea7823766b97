#pragma once

#include "polycampaign/protocol/list.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Compares what the pages of a list have delivered with what they report about it. See
/// docs/decisions/0006-lists-that-change.md.
class TotalWatch {
 public:
  /// `tokens`: each page is known only from the one before.
  explicit TotalWatch(bool tokens) noexcept : tokens_{tokens} {}

  /// Sets `Listing::first`. The pages that begin a part differ from it only in the part.
  void begin(protocol::PageKey first) { first_ = std::move(first); }
  /// Records that the page is delivered for the first time.
  void pass(protocol::PageKey const& key, protocol::PageInfo const& info);
  /// Records that the vendor has no more pages.
  void end();
  /// Adds sentences to ListReport::missed.
  void explain(std::vector<std::string>& missed) const;

  /// Returns the key to pass to `Listing::ahead` after `pass`. `size` is the one that the vendor applied, if
  /// the first page of a part shows it.
  [[nodiscard]] protocol::PageKey applied(protocol::PageKey key, protocol::PageInfo const& info) const;
  /// Returns the page's information to pass to `Listing::ahead`. A total that the pages have exceeded is
  /// removed.
  [[nodiscard]] protocol::PageInfo credible(protocol::PageInfo info) const;

 private:
  [[nodiscard]] bool begins_part(protocol::PageKey const& key) const;

  bool tokens_;
  protocol::PageKey first_{};

  // The part that is being read.
  std::optional<std::int64_t> part_{};
  bool whole_ = false;  // read from its beginning
  std::int64_t received_ = 0;
  std::optional<std::int64_t> total_{};  // last reported
  std::int64_t inserted_ = 0;            // since its first page, if tokens lead past them

  // All parts.
  std::int64_t lacking_ = 0;
  std::int64_t deleted_ = 0;  // while tokens were followed
};

}  // namespace polycampaign::inline v1::engine
