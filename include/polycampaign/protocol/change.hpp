#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/redact.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How operations that change a campaign end, for every vendor.
namespace polycampaign::inline v1::protocol {

/// Reads the campaign of the operation: an exchange of the same conversation.
using ReadCampaign = std::function<Result<Campaign>()>;
/// Reads the recipient list of the operation: an exchange of the same conversation.
using ReadRecipientList = std::function<Result<RecipientList>()>;

/// Finishes the change of a campaign. `answer` is the vendor's answer to the request that makes the change.
///
/// * After a success, the campaign is read and returned. If `shows` says that it does not show the change, a
///   note says so. For a campaign with an unknown status, it is enough that `answer` shows the change. If the
///   campaign cannot be read, `answer` is returned with a note, because the vendor accepted the change. Pass
///   a null `read` if `answer` shows the campaign already.
/// * If the vendor's answer was lost (effect `unknown`), the campaign is read. If `shows` says that it shows
///   the change, it is returned with a note. Otherwise the change may still come: the error stays.
///
/// Errors: that of `answer`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Campaign> changed(
    Result<Campaign> answer, ReadCampaign const& read,
    std::function<bool(Campaign const& campaign)> const& shows);

/// Finishes a deletion: after a lost answer, it was successful if the campaign is `not_found`.
/// Errors: that of `answer`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> deleted(Result<Done> answer, ReadCampaign const& read);
/// Finishes the deletion of a recipient list in the same way. Errors: that of `answer`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> list_deleted(Result<Done> answer,
                                                            ReadRecipientList const& read);

/// Returns the texts of a campaign that no error may repeat.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::vector<std::string> texts_of(NewCampaign const& campaign);

/// Returns `decode`, whose errors repeat nothing of the texts (`mask_texts`): for every request that contains
/// one.
/// Errors: those of `decode`.
template <class T>
[[nodiscard]] std::function<Result<T>(HttpResponse)> discreet(std::vector<std::string> texts,
                                                              std::function<Result<T>(HttpResponse)> decode) {
  return [texts = std::move(texts), decode = std::move(decode)](HttpResponse response) {
    auto answer = decode(std::move(response));
    if (!answer)
      for (auto* const words : {&answer.error().message, &answer.error().vendor_code})
        *words = mask_texts(std::move(*words), texts);
    return answer;
  };
}

/// Returns the error with a sentence about what was created on the way and stays at the vendor, or may stay.
/// The sentence must be safe to log: it names ids and names that the library made.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error leaving(Error error, std::string_view sentence);

}  // namespace polycampaign::inline v1::protocol
