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

#include <algorithm>
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
    if (action == Action::read)
      error.effect = Effect::none;
    else if (succeeded && (!word_of(root["id"]).empty() || wire::JsonList{root["data"]}.size() > 0))
      error.effect = Effect::unknown;  // content beside the errors: something may have been made
    return error;
  }
  if (!succeeded) return protocol::no_answer(response, {}, action);
  return document;
}

void read_pagination(wire::JsonValue root, std::optional<protocol::Url> const& base,
                     std::string_view list_path, int http_status, protocol::PageInfo& info) {
  auto const pagination = root["pagination"];
  if (auto const total = pagination["total"].scalar();
      total.kind == wire::Scalar::Kind::integer && total.integer >= 0)
    info.total = total.integer;
  if (!base) return;
  auto next = read_next(pagination["links"]["next"], *base, list_path);
  info.applied_size = next.size;
  info.next_token = std::move(next.token);
  info.next_error = std::move(next.error);
  if (info.next_error) info.next_error->http_status = http_status;
}

wire::JsonValue content_of(wire::JsonValue root) {
  auto const data = root["data"];
  if (!data) return root;
  wire::JsonValue first;
  wire::JsonList{data}.for_each([&](wire::JsonValue item, std::size_t place) {
    if (place == 0) first = item;
  });
  return first;
}

std::string word_of(wire::JsonValue value) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  return wire::read_word(value.scalar(), "", notes).value_or("");
}

bool is_id(std::string_view id) {
  constexpr std::size_t longest = 64;
  return !id.empty() && id.size() <= longest && std::ranges::all_of(id, [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '-' || c == '_';
  });
}

Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading) {
  auto records = read_records(response, reading, true);
  if (!records) return std::move(records).error();
  protocol::ListPage<Campaign> page;
  page.info.records = records->campaigns.sent();
  page.items = records->campaigns.take();
  read_pagination(records->document.root(), reading.base, campaigns_path, response.status, page.info);
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
