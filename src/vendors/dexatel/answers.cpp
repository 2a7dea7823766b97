#include "vendors/dexatel/answers.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/http_error.hpp"

#include "text/ascii.hpp"
#include "vendors/dexatel/next_page.hpp"
#include "vendors/dexatel/refusals.hpp"
#include "wire/campaigns.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

/// What the body complains about: `errors`, else what older clients read.
Complaints complaints_of(wire::JsonValue root) {
  Complaints complaints;
  auto const errors = root["errors"];
  if (wire::JsonList const list{errors})
    list.for_each([&](wire::JsonValue entry, std::size_t) { complaints.add(entry); });
  else if (errors)
    complaints.add(errors);
  return complaints;
}

Complaints fallback_complaints(wire::JsonValue root) {
  Complaints complaints;
  if (root["error"].is_object())
    complaints.add(root["error"]);
  else if (root["message"] || root["error"])
    complaints.add(root);
  return complaints;
}

struct Records {
  wire::JsonDocument document;
  wire::Campaigns campaigns;
};

/// `data` as an array or an object, or the root itself.
Result<Records> read_records(HttpResponse& response, Reading const& reading, bool is_list) {
  auto document = open_answer(response, Action::read);
  if (!document) return std::move(document).error();
  auto const root = document->root();
  auto const data = root["data"];
  bool const bare = !data && root["id"];
  auto const records = bare ? root : data;

  wire::JsonList const list{records, wire::Campaigns::most(dexatel::capabilities().max_page_size)};
  if (!list) return protocol::no_answer(response, "expected a campaign or a list of campaigns under data");
  wire::Campaigns campaigns{list.size(), dexatel::capabilities().max_page_size, reading.spare.get()};
  wire::RecordTexts texts{*document, bare ? std::string_view{} : "data", list};
  list.for_each([&](wire::JsonValue record, std::size_t place) {
    campaigns.add([&](Campaign& campaign) { return read_record(record, place, texts, reading, campaign); });
  });
  if (auto const fault = campaigns.fault(is_list); !fault.empty())
    return protocol::no_answer(response, std::string{fault});
  return Records{*std::move(document), std::move(campaigns)};
}

}  // namespace

Result<wire::JsonDocument> open_answer(HttpResponse& response, Action action) {
  if (response.body.empty()) return protocol::no_answer(response, "the response is empty", action);
  auto document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message, action);
  auto const root = document->root();
  if (!root.is_object()) return protocol::no_answer(response, "the response is not a JSON object", action);

  bool const content = root["data"] || root["id"];
  bool const succeeded = response.status >= 200 && response.status < 300;
  auto complaints = complaints_of(root);
  if (!complaints.any() && !(succeeded && content)) complaints = fallback_complaints(root);
  if (complaints.any()) {
    auto error = complaints.as_error(response);
    if (action == Action::read) error.effect = Effect::none;
    return error;
  }
  if (!succeeded) return protocol::no_answer(response, {}, action);
  return document;
}

Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading) {
  auto records = read_records(response, reading, true);
  if (!records) return std::move(records).error();
  protocol::ListPage<Campaign> page;
  page.info.records = records->campaigns.sent();
  page.items = records->campaigns.take();
  auto const pagination = records->document.root()["pagination"];
  if (auto const total = pagination["total"].scalar();
      total.kind == wire::Scalar::Kind::integer && total.integer >= 0)
    page.info.total = total.integer;
  if (!reading.base) return page;
  auto next = read_next(pagination["links"]["next"], *reading.base);
  page.info.applied_size = next.size;
  page.info.next_token = std::move(next.token);
  page.info.next_error = std::move(next.error);
  if (page.info.next_error) page.info.next_error->http_status = response.status;
  return page;
}

Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading) {
  return read_records(response, reading, false).transform([](Records&& records) {
    return records.campaigns.take();
  });
}

Result<Campaign> read_campaign(HttpResponse response, std::string_view id, Reading const& reading) {
  auto const http_status = response.status;
  return read_campaigns(std::move(response), reading).and_then([&](std::vector<Campaign> campaigns) {
    // ids are UUIDs, whose case says nothing
    for (auto& campaign : campaigns)
      if (text::equal_ignoring_case(campaign.id, id)) return Result<Campaign>{std::move(campaign)};
    return protocol::only(std::move(campaigns), id, http_status);
  });
}

}  // namespace polycampaign::inline v1::dexatel
