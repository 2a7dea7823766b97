#include "polycampaign/send_journal.hpp"

#include "text/utf8.hpp"

#include <utility>

namespace polycampaign::inline v1 {

namespace {

bool is_storable(std::string_view text) noexcept {
  while (!text.empty()) {
    auto const character = text::first_code_point(text);
    if (character.bytes == 0 || character.value == 0) return false;
    text.remove_prefix(character.bytes);
  }
  return true;
}

Error refused_member(std::string message) {
  return {.code = ErrorCode::invalid_argument, .message = std::move(message)};
}

}  // namespace

Result<void> check_journal_record(JournalRecord const& record) {
  for (auto const& [name, text] : {std::pair{"account", &record.account},
                                   {"key", &record.key},
                                   {"attempt", &record.attempt},
                                   {"provider", &record.provider},
                                   {"fingerprint", &record.fingerprint},
                                   {"campaign_id", &record.campaign_id},
                                   {"details", &record.details}}) {
    if (!is_storable(*text))
      return refused_member(std::string{"the journal cannot store this "} + name +
                            ": it contains the character NUL or is not valid UTF-8");
  }
  if (record.part < 1) return refused_member("part: the parts of a sending are counted from 1");
  if (record.recipients < 0) return refused_member("recipients: the number must not be negative");
  return {};
}

}  // namespace polycampaign::inline v1
