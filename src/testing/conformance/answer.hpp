#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// The kind of a member, in terms of the response's format. XML has only `text` and `composite`.
enum class MemberKind : std::uint8_t {
  null,
  boolean,
  number,
  text,
  composite
};

/// A member of a record in a response.
struct Member {
  std::string path{};  ///< path from the record, such as `/statistics/delivered`
  MemberKind kind = MemberKind::null;
  std::string text{};  ///< the value without quotes; empty for `null` and `composite`
};

/// What an edit does to a member. `value` is `Edit::value`.
enum class Rewrite : std::uint8_t {
  remove,
  null,       ///< replaces it with JSON's null
  text,       ///< replaces it with the string `value`
  number,     ///< replaces it with the number `value`, which is valid JSON
  composite,  ///< replaces it with an object without a known member
  duplicate,  ///< puts a member with the same key and the string `value` before it
};
struct Edit {
  std::string path{};
  Rewrite how = Rewrite::remove;
  std::string value{};
};

/// The body of a response, JSON or XML. The suite can rewrite its records without knowing the vendor, because
/// a record is what contains the id of a campaign as a value.
class Answer {
 public:
  Answer() = default;
  virtual ~Answer() = default;
  Answer(Answer const&) = delete;
  Answer& operator=(Answer const&) = delete;

  /// Returns null if the body is neither JSON nor XML.
  [[nodiscard]] static std::unique_ptr<Answer> parse(std::string const& body);

  /// Returns the members of the record with that id. A member that contains others is followed by them.
  /// Returns none if there is no such record.
  [[nodiscard]] virtual std::vector<Member> members(std::string_view id) const = 0;
  /// Returns the body with these edits of that record. Returns nothing if the format cannot express an edit,
  /// or if the record has no such member.
  [[nodiscard]] virtual std::optional<std::string> edited(std::string_view id,
                                                          std::span<Edit const> edits) const = 0;
  /// Returns the body with that JSON value in place of the record. In XML, an empty element replaces the
  /// record, whatever the value is. Returns nothing if no list holds the record.
  [[nodiscard]] virtual std::optional<std::string> with_stranger(std::string_view id,
                                                                 std::string_view json) const = 0;
  /// Returns the body with that JSON value in place of the list that holds the record. Returns nothing for
  /// XML, or if no list holds the record.
  [[nodiscard]] virtual std::optional<std::string> with_list(std::string_view id,
                                                             std::string_view json) const = 0;
  /// Returns the body with `text` in place of every string.
  [[nodiscard]] virtual std::string with_all_texts(std::string_view text) const = 0;
  /// Returns the body with `text` in place of every string that contains a space. Such strings are for
  /// people, and no codes.
  [[nodiscard]] virtual std::string with_sentences(std::string_view text) const = 0;
  /// Adds every value in the body, as text.
  virtual void add_texts(std::set<std::string>& texts) const = 0;
};

/// Defined in answer_xml.cpp. Returns null if the body is not XML.
[[nodiscard]] std::unique_ptr<Answer> parse_xml(std::string const& body);

}  // namespace polycampaign::inline v1::testing::conformance
