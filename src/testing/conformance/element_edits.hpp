#pragma once

#include "testing/conformance/answer.hpp"
#include "testing/conformance/elements.hpp"

#include <functional>
#include <optional>
#include <string>

namespace polycampaign::inline v1::testing::conformance {

/// What became of an element whose record was changed.
struct EditedElement {
  std::optional<Element> element{};  ///< absent: it is not there
  std::optional<Error> error{};
  bool left_out = false;  ///< whether the report says that something is missing
};

/// Changes the members of one record, one at a time, and checks what the adapter makes of each.
class ElementEdits {
 public:
  /// Returns nothing if the format cannot express the edit.
  using Read = std::function<std::optional<EditedElement>(Edit const& edit)>;

  /// `what` is for findings. `campaign` is the campaign that was asked for, or empty.
  ElementEdits(Workbench& workbench, std::string what, Element base, std::string campaign)
      : workbench_{workbench},
        what_{std::move(what)},
        base_{std::move(base)},
        campaign_{std::move(campaign)} {}

  void try_member(Member const& member, Read const& read);

 private:
  struct Attempt {
    Edit edit{};
    std::string how{};
    bool noted = false;  ///< whether a value that it makes unreadable must leave a note
    bool equal = false;  ///< whether it means the same as before
    bool scalar = true;  ///< whether the member has no members of its own
  };

  [[nodiscard]] static std::vector<Attempt> attempts(Member const& member);
  void expect_sound(Attempt const& attempt, Element const& now) const;
  [[nodiscard]] bool allowed(Attempt const& attempt, Element const& now, std::string const& name) const;
  [[nodiscard]] bool names_it(Member const& member) const;

  Workbench& workbench_;
  std::string what_;
  Element base_;
  std::string campaign_;
};

}  // namespace polycampaign::inline v1::testing::conformance
