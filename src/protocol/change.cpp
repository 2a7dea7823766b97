#include "polycampaign/protocol/change.hpp"

#include <utility>

namespace polycampaign::inline v1::protocol {

Result<Campaign> changed(Result<Campaign> answer, ReadCampaign const& read,
                         std::function<bool(Campaign const& campaign)> const& shows) {
  if (answer) {
    if (read == nullptr) return answer;
    auto now = read();
    if (now) {
      bool const shown = shows(*now) || (now->status.code == StatusCode::unknown && shows(*answer));
      for (auto& note : answer->notes) now->notes.push_back(std::move(note));
      if (!shown)
        now->notes.emplace_back("the vendor accepted the change, but the campaign does not show it yet");
      return now;
    }
    answer->notes.push_back(
        "the vendor accepted the change, but the campaign could not be read afterwards: " +
        to_string(now.error()));
    return answer;
  }
  if (answer.error().effect == Effect::none || read == nullptr) return answer;
  auto now = read();
  if (now && shows(*now)) {
    now->notes.push_back("the vendor's answer was lost, but the campaign shows the change (" +
                         to_string(answer.error()) + ")");
    return now;
  }
  answer.error().message += now ? ". The campaign does not show the change; it may still come"
                                : ". Afterwards the campaign could not be read: " + to_string(now.error());
  return answer;
}

namespace {

template <class T>
Result<void> deleted_what(Result<Done> answer, std::function<Result<T>()> const& read,
                          std::string const& what) {
  if (answer) return {};
  if (answer.error().effect == Effect::none) return std::move(answer).error();
  auto const now = read();
  if (!now && now.error().code == ErrorCode::not_found) return {};
  answer.error().message +=
      now ? ". The " + what + " still exists; it may still be deleted"
          : ". Afterwards the " + what + " could not be read: " + to_string(now.error());
  return std::move(answer).error();
}

}  // namespace

Result<void> deleted(Result<Done> answer, ReadCampaign const& read) {
  return deleted_what(std::move(answer), read, "campaign");
}

Result<void> list_deleted(Result<Done> answer, ReadRecipientList const& read) {
  return deleted_what(std::move(answer), read, "list");
}

std::vector<std::string> texts_of(NewCampaign const& campaign) {
  std::vector<std::string> texts;
  if (!campaign.text.empty()) texts.push_back(campaign.text);
  for (auto const& recipient : campaign.recipients)
    if (recipient.text) texts.push_back(*recipient.text);
  return texts;
}

Error leaving(Error error, std::string_view sentence) {
  if (!sentence.empty()) error.message.append(". ").append(sentence);
  return error;
}

}  // namespace polycampaign::inline v1::protocol
