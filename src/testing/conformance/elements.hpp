#pragma once

#include "testing/conformance/workbench.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// An element of any list but that of campaigns, as the checks compare it.
struct Element {
  std::string id{};                             ///< empty if it has none
  std::map<std::string, std::string> values{};  ///< what it reports besides, by the name of the member
  std::set<std::string> assumed{};              ///< times whose zone the library had to assume, by name
  std::vector<std::string> notes{};
  std::string raw{};
  std::string provider{};  ///< empty for a list of recipients, which names none

  /// Returns the value with that name, or an empty string.
  [[nodiscard]] std::string value(std::string const& name) const;
  /// Returns whether the time with that name is so, or absent. One whose zone is assumed may be off by an
  /// hour.
  [[nodiscard]] bool has_time(std::string const& name, std::optional<std::chrono::sys_seconds> so) const;
  /// Returns whether both report the same. Notes and raw texts do not count.
  [[nodiscard]] bool same(Element const& other) const { return id == other.id && values == other.values; }
};

[[nodiscard]] Element element_of(RecipientList const& list);

/// A list of elements that was read to its end.
struct ElementList {
  std::vector<Element> elements{};
  std::optional<Error> error{};
  ListReport report{};
  std::vector<protocol::PageInfo> infos{};  ///< of all pages that were decoded

  /// Returns how many elements the whole list should have, as the vendor said, or nothing.
  [[nodiscard]] std::optional<std::int64_t> expected() const;
};

/// Returns how many elements there are and the error, for findings.
[[nodiscard]] std::string shown(ElementList const& list);
/// Returns whether both contain the same elements in the same order.
[[nodiscard]] bool same(std::vector<Element> const& one, std::vector<Element> const& other);
/// Returns what two elements report differently, or an empty string.
[[nodiscard]] std::string difference(Element const& one, Element const& other);

/// How a list is read.
struct ElementQuery {
  std::string campaign{};  ///< empty for a list that is not of a campaign
  ListOptions options{};
  std::vector<MessageStatusCode> statuses{};  ///< of messages
  std::size_t most = 0;                       ///< stops after so many elements; 0: reads all
  std::string* token = nullptr;               ///< receives the resume token of the place where it stopped
};

/// One of the lists around campaigns.
struct ElementKind {
  Operation operation{};
  bool of_campaign = false;
  std::function<ElementList(Site& site, CampaignClient& client, ElementQuery const& query)> read{};

  [[nodiscard]] std::string name() const { return std::string{operation.name}; }
};

/// Returns those of the lists that the adapter has.
[[nodiscard]] std::vector<ElementKind> element_kinds(Adapter const& adapter);

/// A list of the account that is worth a test.
struct Subject {
  std::string campaign{};  ///< empty for a list that is not of a campaign
  ElementList healthy{};
};

/// Chooses a list with several elements, but not too many. Adds a finding if there is none. Returns nothing,
/// without a finding, if the simulator says that all of these lists are empty.
[[nodiscard]] std::optional<Subject> choose_subject(Workbench& workbench, Site& site,
                                                    ElementKind const& kind);

/// Where one element is in the responses.
struct Spot {
  std::size_t index = 0;  ///< of the element
  std::string key{};      ///< a value that its record has and no other one
  bool twice = false;     ///< whether a record without the key has the element's number, in another response
};

/// Finds an element whose record can be found in the responses. Returns nothing after a finding.
[[nodiscard]] std::optional<Spot> find_spot(Workbench& workbench, Site& site, ElementKind const& kind,
                                            Subject const& subject);

}  // namespace polycampaign::inline v1::testing::conformance
