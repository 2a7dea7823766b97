#include "polycampaign/protocol/json_text.hpp"

#include "wire/json.hpp"
#include "wire/json_text.hpp"

namespace polycampaign::inline v1::protocol {

std::vector<std::string> json_records(std::string_view body, std::string_view member) {
  auto const document = wire::JsonDocument::parse(std::string{body});
  if (!document) return {};
  auto const texts = member.empty() ? document->texts({}) : document->texts({member});
  return {texts.begin(), texts.end()};
}

std::string json_member(std::string_view record, std::string_view name) {
  return std::string{wire::json_member(record, name)};
}

}  // namespace polycampaign::inline v1::protocol
