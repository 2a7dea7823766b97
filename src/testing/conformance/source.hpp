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

/// Edits by response of a conversation, counted from 0.
using Edits = std::map<std::size_t, std::vector<Edit>>;
/// What `conformance::reported` returns.
using Reported = std::map<std::string, std::string>;

/// What the library made of rewritten responses.
struct Outcome {
  std::optional<Campaign> campaign{};
  std::string trouble{};  ///< the error, or what happened to other campaigns
  bool rewritten = true;  ///< false: the format cannot express the edit

  [[nodiscard]] Reported values() const;
};

/// One campaign, read from a list or as a detail. Its responses are rewritten on their way.
class Source {
 public:
  Source(Site& site, bool list) : site_{site}, list_{list} {}

  [[nodiscard]] std::string name() const { return list_ ? "list" : "get"; }
  /// Chooses the campaign that reports most, among the first `most` ones. Returns false if there is none.
  bool choose(std::size_t most);
  [[nodiscard]] std::string const& id() const noexcept { return id_; }
  /// The campaigns that it was chosen from.
  [[nodiscard]] std::vector<Campaign> const& healthy() const noexcept { return healthy_; }
  /// The campaign without edits.
  [[nodiscard]] Outcome const& base() const noexcept { return base_; }

  /// Returns the responses that contain that campaign: the index in the conversation, and the members of its
  /// record.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::vector<Member>>> answers(std::string const& id);
  /// Reads the campaign with these edits.
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
