#include "testing/conformance/answer.hpp"

#include <pugixml.hpp>

#include <charconv>
#include <functional>

namespace polycampaign::inline v1::testing::conformance {

namespace {

struct Collector final : pugi::xml_writer {
  std::string text{};
  void write(void const* data, std::size_t size) override {
    text.append(static_cast<char const*>(data), size);
  }
};

bool has_elements(pugi::xml_node node) {
  return static_cast<bool>(
      node.find_child([](pugi::xml_node one) { return one.type() == pugi::node_element; }));
}

std::size_t elements(pugi::xml_node node) {
  std::size_t count = 0;
  for (auto const& one : node.children()) count += one.type() == pugi::node_element ? 1 : 0;
  return count;
}

void find(pugi::xml_node here, std::string_view id, pugi::xml_node& best, std::size_t& size) {
  for (auto const& one : here.children()) {
    if (!has_elements(one) && id == one.text().get() && elements(here) > size) {
      best = here;
      size = elements(here);
    }
    find(one, id, best, size);
  }
}

pugi::xml_node record_of(pugi::xml_node root, std::string_view id) {
  pugi::xml_node best;
  std::size_t size = 1;  // a record has more elements than that; a recipient list can contain the same id
  find(root, id, best, size);
  return best;
}

/// Adds the members below `here`. Each step of a path is the index of a node among its siblings, because
/// names repeat, followed by its name.
void collect(pugi::xml_node here, std::string const& path, std::vector<Member>& all) {
  std::size_t index = 0;
  for (auto const& one : here.children()) {
    auto const step = path + '/' + std::to_string(index++) + ' ' + one.name();
    if (one.type() != pugi::node_element) continue;
    auto const nested = has_elements(one);
    all.push_back({step, nested ? MemberKind::composite : MemberKind::text, nested ? "" : one.text().get()});
    collect(one, step, all);
  }
}

pugi::xml_node at(pugi::xml_node here, std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    std::size_t index = 0;
    std::from_chars(path.data(), path.data() + path.size(), index);
    here = here.first_child();
    for (; index > 0 && here; --index) here = here.next_sibling();
    auto const next = path.find('/');
    path = next == std::string_view::npos ? std::string_view{} : path.substr(next);
  }
  return here;
}

class XmlAnswer final : public Answer {
 public:
  explicit XmlAnswer(std::string const& body) {
    good_ = static_cast<bool>(document_.load_buffer(body.data(), body.size(), parsing)) &&
            document_.document_element();
  }
  bool good() const { return good_; }

  std::vector<Member> members(std::string_view id) const override {
    std::vector<Member> all;
    collect(record_of(document_, id), "", all);
    return all;
  }

  std::optional<std::string> edited(std::string_view id, std::span<Edit const> edits) const override {
    pugi::xml_document document;
    document.reset(document_);
    auto const record = record_of(document, id);
    std::vector<pugi::xml_node> gone;  // removed last, because paths count nodes
    for (auto const& edit : edits) {
      auto node = at(record, edit.path);
      if (!node) return std::nullopt;
      switch (edit.how) {
        case Rewrite::remove: gone.push_back(node); break;
        case Rewrite::text:
        case Rewrite::number:
          node.remove_children();
          node.text().set(edit.value.c_str());
          break;
        default: return std::nullopt;
      }
    }
    for (auto node : gone) node.parent().remove_child(node);
    return saved(document);
  }

  std::optional<std::string> with_stranger(std::string_view id, std::string_view) const override {
    pugi::xml_document document;
    document.reset(document_);
    auto record = record_of(document, id);
    if (!record) return std::nullopt;
    record.parent().insert_child_before("stranger", record);
    record.parent().remove_child(record);
    return saved(document);
  }
  std::optional<std::string> with_list(std::string_view, std::string_view) const override {
    return std::nullopt;
  }

  std::string with_all_texts(std::string_view text) const override {
    pugi::xml_document document;
    document.reset(document_);
    each_leaf(document, [&](pugi::xml_node leaf) { leaf.text().set(std::string{text}.c_str()); });
    return saved(document);
  }

  std::string with_sentences(std::string_view text) const override {
    pugi::xml_document document;
    document.reset(document_);
    each_leaf(document, [&](pugi::xml_node leaf) {
      if (std::string_view{leaf.text().get()}.find(' ') != std::string_view::npos)
        leaf.text().set(std::string{text}.c_str());
    });
    return saved(document);
  }

  void add_texts(std::set<std::string>& texts) const override {
    each_leaf(document_, [&](pugi::xml_node leaf) { texts.insert(leaf.text().get()); });
  }

 private:
  static constexpr unsigned parsing = pugi::parse_default | pugi::parse_ws_pcdata_single;

  static void each_leaf(pugi::xml_node here, std::function<void(pugi::xml_node)> const& visit) {
    for (auto const& one : here.children()) {
      if (one.type() != pugi::node_element) continue;
      if (has_elements(one))
        each_leaf(one, visit);
      else
        visit(one);
    }
  }
  static std::string saved(pugi::xml_document const& document) {
    Collector out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    // a bare carriage return would be read as a line feed
    for (auto at = out.text.find('\r'); at != std::string::npos; at = out.text.find('\r', at))
      out.text.replace(at, 1, "&#13;");
    return std::move(out.text);
  }

  pugi::xml_document document_{};
  bool good_ = false;
};

}  // namespace

std::unique_ptr<Answer> parse_xml(std::string const& body) {
  auto answer = std::make_unique<XmlAnswer>(body);
  return answer->good() ? std::move(answer) : nullptr;
}

}  // namespace polycampaign::inline v1::testing::conformance
