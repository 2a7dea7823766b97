#pragma once

#include "polycampaign/protocol/list.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// What the pages of a list have brought, against what they say about it. See
/// docs/decisions/0006-lists-that-change.md.
class TotalWatch {
 public:
  /// `tokens`: each page is known only from the one before.
  explicit TotalWatch(bool tokens) noexcept : tokens_{tokens} {}

  /// `Adapter::first`: the pages that begin a part differ from it in the part alone.
  void begin(protocol::PageKey first) { first_ = std::move(first); }
  /// The page is delivered, and for the first time.
  void pass(protocol::PageKey const& key, protocol::PageInfo const& info);
  /// The vendor has no further page.
  void end();
  /// Adds to ListReport::missed.
  void explain(std::vector<std::string>& missed) const;

  /// What `Adapter::ahead` is given, after `pass`. `size` is the one that the vendor applied, where the first
  /// page of a part shows it.
  [[nodiscard]] protocol::PageKey applied(protocol::PageKey key, protocol::PageInfo const& info) const;
  /// The same. A total that the pages have passed is none.
  [[nodiscard]] protocol::PageInfo credible(protocol::PageInfo info) const;

 private:
  [[nodiscard]] bool begins_part(protocol::PageKey const& key) const;

  bool tokens_;
  protocol::PageKey first_{};

  // the part that is being read
  std::optional<std::int64_t> part_{};
  bool whole_ = false;  // read from its beginning
  std::int64_t received_ = 0;
  std::optional<std::int64_t> total_{};  // told last
  std::int64_t inserted_ = 0;            // since its first page, where tokens lead past them

  // all parts
  std::int64_t lacking_ = 0;
  std::int64_t deleted_ = 0;  // while tokens were followed
};

}  // namespace polycampaign::inline v1::engine
