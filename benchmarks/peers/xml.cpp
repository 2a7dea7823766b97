#include "record.hpp"

#include <expat.h>
#include <pugixml.hpp>
#include <simdjson.h>

#include <stdexcept>

namespace peers {
namespace {

constexpr auto smsup = Shape::smsup;

struct ExpatState {
  Campaigns campaigns{};
  std::string text{};  // of the element that is open
  int level = 0;
  bool in_campaign = false;
  bool in_lists = false;
};

void XMLCALL on_start(void* user, XML_Char const* name, XML_Char const**) {
  auto& state = *static_cast<ExpatState*>(user);
  ++state.level;
  state.text.clear();
  if (state.level == 2) {
    state.in_campaign = std::string_view{name} == "campaign";
    if (state.in_campaign) begin_record<smsup>(state.campaigns.emplace_back());
  } else if (state.level == 3) {
    state.in_lists = state.in_campaign && std::string_view{name} == "lists";
  }
}

void XMLCALL on_end(void* user, XML_Char const* name) {
  auto& state = *static_cast<ExpatState*>(user);
  std::string_view const element{name};
  if (state.level == 2 && !state.in_campaign) {
    if (element == "status" && state.text != "1") throw std::runtime_error{"refused"};
  } else if (state.level == 3 && state.in_campaign) {
    auto const field = field_of<smsup>(element);
    if (field != Field::other && field != Field::lists)
      put_text<smsup>(state.campaigns.back(), field, state.text);
  } else if (state.level == 4 && state.in_lists && element == "id") {
    put_list_id(state.campaigns.back(), state.text);
  }
  --state.level;
}

void XMLCALL on_text(void* user, XML_Char const* text, int length) {
  static_cast<ExpatState*>(user)->text.append(text, static_cast<std::size_t>(length));
}

}

Expat::Expat() : parser_{XML_ParserCreate(nullptr)} {
  if (parser_ == nullptr) throw std::bad_alloc{};
}
Expat::~Expat() {
  XML_ParserFree(static_cast<XML_Parser>(parser_));
}

Campaigns Expat::decode(std::string const& page) {
  auto* const parser = static_cast<XML_Parser>(parser_);
  XML_ParserReset(parser, nullptr);
  ExpatState state;
  XML_SetUserData(parser, &state);
  XML_SetElementHandler(parser, on_start, on_end);
  XML_SetCharacterDataHandler(parser, on_text);
  if (XML_Parse(parser, page.data(), static_cast<int>(page.size()), 1) != XML_STATUS_OK)
    throw std::runtime_error{XML_ErrorString(XML_GetErrorCode(parser))};
  return std::move(state.campaigns);
}

Campaigns pugixml_loop(std::string page) {
  if (!simdjson::validate_utf8(page)) throw std::runtime_error{"not UTF-8"};
  pugi::xml_document document;
  auto const parsed =
      document.load_buffer_inplace(page.data(), page.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) throw std::runtime_error{parsed.description()};
  auto const root = document.child("response");
  if (std::string_view{root.child("status").child_value()} != "1") throw std::runtime_error{"refused"};
  Campaigns campaigns;
  for (auto node = root.child("campaign"); node; node = node.next_sibling("campaign")) {
    auto& campaign = campaigns.emplace_back();
    begin_record<smsup>(campaign);
    for (auto member = node.first_child(); member; member = member.next_sibling()) {
      auto const field = field_of<smsup>(member.name());
      if (field == Field::other) continue;
      if (field == Field::lists) {
        if (auto const id = member.child("id")) put_list_id(campaign, id.child_value());
      } else {
        put_text<smsup>(campaign, field, member.child_value());
      }
    }
  }
  return campaigns;
}

}
