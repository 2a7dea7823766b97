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

/// What a member of a record is, in the terms of the answer's format. XML has `text` and `composite` only.
enum class MemberKind : std::uint8_t {
  null,
  boolean,
  number,
  text,
  composite
};

/// A member of a record in an answer.
struct Member {
  std::string path{};  ///< from the record: `/statistics/delivered`
  MemberKind kind = MemberKind::null;
  std::string text{};  ///< the value without quotes; empty for `null` and `composite`
};

/// What is done to a member.
enum class Rewrite : std::uint8_t {
  remove,
  null,       ///< JSON's null
  text,       ///< becomes that text
  number,     ///< becomes that number, which is valid JSON
  composite,  ///< becomes an object without a known member
  duplicate,  ///< the same key stands before it, with that text for a value
};
struct Edit {
  std::string path{};
  Rewrite how = Rewrite::remove;
  std::string value{};
};

/// The body of an answer, JSON or XML, with records in it that the suite can rewrite without knowing the
/// vendor: a record is what has the id of a campaign for a member.
class Answer {
 public:
  Answer() = default;
  virtual ~Answer() = default;
  Answer(Answer const&) = delete;
  Answer& operator=(Answer const&) = delete;

  /// Null for a body that is neither JSON nor XML.
  [[nodiscard]] static std::unique_ptr<Answer> parse(std::string const& body);

  /// The members of the record with that id, the nested ones behind the one that holds them; none when there
  /// is no such record.
  [[nodiscard]] virtual std::vector<Member> members(std::string_view id) const = 0;
  /// The body with these edits of that record. Nothing when the format has no such thing, or the record no
  /// such member.
  [[nodiscard]] virtual std::optional<std::string> edited(std::string_view id,
                                                          std::span<Edit const> edits) const = 0;
  /// The body with that JSON value in the record's place (XML: an element for any value). Nothing
  /// when the record is in no list.
  [[nodiscard]] virtual std::optional<std::string> with_stranger(std::string_view id,
                                                                 std::string_view json) const = 0;
  /// The body with that JSON value in the place of the list that holds the record. Nothing when the record is
  /// in no list, or for XML.
  [[nodiscard]] virtual std::optional<std::string> with_list(std::string_view id,
                                                             std::string_view json) const = 0;
  /// The body with that text for every text in it.
  [[nodiscard]] virtual std::string with_all_texts(std::string_view text) const = 0;
  /// Adds every value in the body, as text.
  virtual void add_texts(std::set<std::string>& texts) const = 0;
};

/// In answer_xml.cpp. Null for a body that is no XML.
[[nodiscard]] std::unique_ptr<Answer> parse_xml(std::string const& body);

}  // namespace polycampaign::inline v1::testing::conformance
