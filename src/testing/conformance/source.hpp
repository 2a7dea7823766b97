#pragma once

#include "testing/conformance/answer.hpp"
#include "testing/conformance/workbench.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// By the answer of a conversation, counted from 0.
using Edits = std::map<std::size_t, std::vector<Edit>>;
/// `conformance::reported`.
using Reported = std::map<std::string, std::string>;

/// What came of answers that were rewritten.
struct Outcome {
  std::optional<Campaign> campaign{};
  std::string trouble{};  ///< the error, or what happened to other campaigns
  bool rewritten = true;  ///< false: the format has no such edit

  [[nodiscard]] Reported values() const;
};

/// One campaign by way of a list or of a detail, whose answers are rewritten on their way.
class Source {
 public:
  Source(Site& site, bool list) : site_{site}, list_{list} {}

  [[nodiscard]] std::string name() const { return list_ ? "list" : "get"; }
  /// Chooses the campaign with the most to report, of the first `most` ones. False when there is none.
  bool choose(std::size_t most);
  [[nodiscard]] std::string const& id() const noexcept { return id_; }
  /// The campaigns among which it was chosen.
  [[nodiscard]] std::vector<Campaign> const& healthy() const noexcept { return healthy_; }
  /// The campaign without edits.
  [[nodiscard]] Outcome const& base() const noexcept { return base_; }

  /// The answers that hold that campaign: which one of the conversation, and the members of its record.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::vector<Member>>> answers(std::string const& id);
  /// The campaign with these edits.
  [[nodiscard]] Outcome ask(Edits const& edits);

 private:
  void finish();
  void ask_list(Outcome& outcome);
  void ask_detail(Outcome& outcome);

  Site& site_;
  bool list_;
  std::string id_{};
  std::vector<Campaign> healthy_{};
  std::vector<Campaign> others_{};
  Outcome base_{};
};

}  // namespace polycampaign::inline v1::testing::conformance
