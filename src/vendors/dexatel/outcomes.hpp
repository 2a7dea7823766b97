#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Reads Dexatel's answers to everything but lists and details of campaigns. All readers see every HTTP
/// status; their errors are complete but for provider and attempts.
namespace polycampaign::inline v1::dexatel {

/// A template, as far as a campaign needs it.
struct Template {
  std::string id{};
  std::string text{};
  std::string channel{};
  std::string status{};  ///< `COMPLETED` can be used; other words are not documented
};

/// One page of templates or senders.
template <class Item>
struct Page {
  std::vector<Item> items{};
  std::string next{};                 ///< the token of the next page; empty if there is none
  std::optional<Error> next_error{};  ///< why a next page cannot be requested
};

/// `base` is the URL of the endpoint.
/// @{
[[nodiscard]] Result<Page<Template>> read_templates(HttpResponse response, protocol::Url const& base);
[[nodiscard]] Result<Page<Sender>> read_senders(HttpResponse response, protocol::Url const& base);
/// @}
/// Reads the id of a template that was created.
[[nodiscard]] Result<std::string> read_created(HttpResponse response);
/// Reads the answer to a request that adds contacts, whose form is not documented.
[[nodiscard]] Result<protocol::Done> read_added(HttpResponse response);
/// Reads the answer to the create of a campaign.
[[nodiscard]] Result<Submission> read_submission(HttpResponse response, wire::ClockRule const& schedule,
                                                 std::optional<std::chrono::sys_seconds> start);
/// Reads the answer to an update.
[[nodiscard]] Result<Campaign> read_updated(HttpResponse response, wire::ClockRule const& schedule);
/// Reads the answer to a delete: a success without a body, or with one that reports no error.
[[nodiscard]] Result<protocol::Done> read_deleted(HttpResponse response);

}  // namespace polycampaign::inline v1::dexatel
