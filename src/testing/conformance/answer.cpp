#include "testing/conformance/answer.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

constexpr std::size_t most_members = 80;
constexpr int deepest = 4;
constexpr std::string_view mark = "polycampaign's decoy of ";

bool is_scalar(Json const& value) {
  return value.is_number() || value.is_string();
}

std::string text_of(Json const& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_structured() || value.is_null() ? std::string{} : value.dump();
}

std::string dump(Json const& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// An object that contains the id as a value. Of several, the one with the most members is the record.
struct Place {
  Pointer record{};
  std::size_t size = 0;
};

void find(Json const& value, Pointer const& here, std::string_view id, Place& best) {
  if (value.is_object())
    for (auto const& [key, member] : value.items())
      if (is_scalar(member) && text_of(member) == id && value.size() > best.size) best = {here, value.size()};
  if (value.is_object())
    for (auto const& [key, member] : value.items()) find(member, here / key, id, best);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) find(value[i], here / i, id, best);
}

void collect(Json const& value, Pointer const& here, int depth, std::vector<Member>& all) {
  auto const add = [&](Pointer const& path, Json const& member) {
    if (all.size() >= most_members) return;
    auto const kind = member.is_null()      ? MemberKind::null
                      : member.is_boolean() ? MemberKind::boolean
                      : member.is_number()  ? MemberKind::number
                      : member.is_string()  ? MemberKind::text
                                            : MemberKind::composite;
    all.push_back({path.to_string(), kind, text_of(member)});
    if (depth < deepest) collect(member, path, depth + 1, all);
  };
  if (value.is_object())
    for (auto const& [key, member] : value.items()) add(here / key, member);
  // The elements of a list are alike, so the first one is enough.
  if (value.is_array() && !value.empty()) add(here / 0, value[0]);
}

void replace_all(std::string& text, std::string const& from, std::string const& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

class JsonAnswer final : public Answer {
 public:
  explicit JsonAnswer(Json root) : root_(std::move(root)) {}

  std::vector<Member> members(std::string_view id) const override {
    std::vector<Member> all;
    if (auto const place = find_record(id)) collect(root_[*place], Pointer{}, 0, all);
    return all;
  }

  std::optional<std::string> edited(std::string_view id, std::span<Edit const> edits) const override {
    auto const place = find_record(id);
    if (!place) return std::nullopt;
    auto root = root_;
    std::string decoy;
    for (auto const& edit : edits) {
      Pointer const path{edit.path};
      auto& record = root[*place];
      if (!record.contains(path)) return std::nullopt;
      auto& parent = record[path.parent_pointer()];
      switch (edit.how) {
        case Rewrite::remove:
          if (parent.is_array())
            parent.erase(parent.begin());
          else
            parent.erase(path.back());
          break;
        case Rewrite::null: record[path] = nullptr; break;
        case Rewrite::text: record[path] = edit.value; break;
        case Rewrite::number: record[path] = Json::parse(edit.value); break;
        case Rewrite::composite: record[path] = {{"stranger", true}}; break;
        case Rewrite::duplicate: {
          if (!parent.is_object()) return std::nullopt;
          decoy = path.back();
          auto doubled = Json::object();
          for (auto const& [key, member] : parent.items()) {
            if (key == decoy) doubled[std::string{mark} + key] = edit.value;
            doubled[key] = member;
          }
          parent = std::move(doubled);
          break;
        }
      }
    }
    auto text = dump(root);
    // An object of the parser holds each key once, so the decoy gets its real key only in the text.
    if (!decoy.empty()) replace_all(text, std::string{mark} + decoy, decoy);
    return text;
  }

  std::optional<std::string> with_stranger(std::string_view id, std::string_view json) const override {
    auto const place = list_of(id);
    if (!place) return std::nullopt;
    auto root = root_;
    auto& list = root[place->first];
    list[place->second] = Json::parse(json);
    return dump(root);
  }

  std::optional<std::string> with_list(std::string_view id, std::string_view json) const override {
    auto const place = list_of(id);
    if (!place) return std::nullopt;
    auto root = root_;
    root[place->first] = Json::parse(json);
    return dump(root);
  }

  std::string with_all_texts(std::string_view text) const override {
    auto root = root_;
    fill(root, text, false);
    return dump(root);
  }

  std::string with_sentences(std::string_view text) const override {
    auto root = root_;
    fill(root, text, true);
    return dump(root);
  }

  void add_texts(std::set<std::string>& texts) const override { add(root_, texts); }

 private:
  std::optional<Pointer> find_record(std::string_view id) const {
    Place best;
    find(root_, Pointer{}, id, best);
    return best.size == 0 ? std::nullopt : std::optional{best.record};
  }
  /// Returns the list that holds the record, and the index of the record in it.
  std::optional<std::pair<Pointer, std::size_t>> list_of(std::string_view id) const {
    auto const record = find_record(id);
    if (!record || record->empty()) return std::nullopt;
    auto const list = record->parent_pointer();
    if (!root_[list].is_array()) return std::nullopt;
    return std::pair{list, static_cast<std::size_t>(std::stoul(record->back()))};
  }
  static void fill(Json& value, std::string_view text, bool sentences) {
    if (value.is_string() &&
        (!sentences || value.get_ref<std::string const&>().find(' ') != std::string::npos))
      value = text;
    if (value.is_structured())
      for (auto& member : value) fill(member, text, sentences);
  }
  static void add(Json const& value, std::set<std::string>& texts) {
    if (value.is_structured())
      for (auto const& member : value) add(member, texts);
    else
      texts.insert(text_of(value));
  }

  Json root_;
};

}  // namespace

std::unique_ptr<Answer> Answer::parse(std::string const& body) {
  auto root = Json::parse(body, nullptr, false);
  if (root.is_structured()) return std::make_unique<JsonAnswer>(std::move(root));
  return parse_xml(body);
}

}  // namespace polycampaign::inline v1::testing::conformance
