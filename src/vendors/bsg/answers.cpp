#include "vendors/bsg/answers.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/http_error.hpp"

#include "vendors/bsg/jwt.hpp"
#include "vendors/bsg/refusals.hpp"
#include "wire/campaigns.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/scalar.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using wire::JsonDocument;
using wire::JsonValue;

Error of_read(Error error) {
  error.effect = Effect::none;
  return error;
}

Error without_content(JsonDocument const& document, HttpResponse const& response, std::string expected) {
  if (auto error = message_only(document.root(), response)) return *std::move(error);
  return protocol::unreadable(response, std::move(expected));
}

struct Records {
  std::string_view member{};  ///< empty: the root itself
  wire::JsonList list{};
};

std::size_t most_records() noexcept {
  return wire::Campaigns::most(bsg::capabilities().max_page_size);
}

Records records_of(JsonValue root) {
  if (auto const data = root["data"]) return {"data", wire::JsonList{data, most_records()}};
  wire::JsonList list{root, most_records()};
  bool const bare = root.is_array() || (list.is_single() ? bool{root["id"]} : list.size() > 0);
  return bare ? Records{"", std::move(list)} : Records{};
}

Result<wire::Campaigns> read_records(JsonDocument const& document, HttpResponse const& response,
                                     Reading const& reading, bool is_list) {
  auto const records = records_of(document.root());
  if (!records.list) return of_read(without_content(document, response, "expected campaigns under data"));
  if (document.root()["data"].is_null())
    if (auto error = message_only(document.root(), response)) return of_read(*std::move(error));
  wire::Campaigns campaigns{records.list.size(), bsg::capabilities().max_page_size, reading.spare.get()};
  wire::RecordTexts texts{document, records.member, records.list};
  records.list.for_each([&](JsonValue record, std::size_t place) {
    campaigns.add([&](Campaign& campaign) { return read_record(record, place, texts, reading, campaign); });
  });
  if (auto const fault = campaigns.fault(is_list); !fault.empty())
    return of_read(without_content(document, response, std::string{fault}));
  return campaigns;
}

Count read_number(JsonValue value) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  return wire::read_count(value.scalar(), "", notes);
}

// The token goes into a header as it is: nothing in it may end that header.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<JsonDocument> open_answer(HttpResponse& response, Action action) {
  auto document = JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message, action);
  if (auto error = refusal(document->root(), response)) return *std::move(error);
  return document;
}

Result<protocol::Token> read_token(HttpResponse response) {
  auto document = open_answer(response, Action::idempotent_write);
  if (!document) return std::move(document).error();
  auto bearer = document->root()["bearer"].scalar();
  if (bearer.empty()) bearer = document->root()["data"]["bearer"].scalar();
  if (bearer.kind != wire::Scalar::Kind::text || !is_token(bearer.text))
    return without_content(*document, response, "expected a bearer token");
  protocol::Token token;
  token.access = Secret{std::string{bearer.text}};
  read_lifetime(token);
  return token;
}

Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading) {
  auto const document = open_answer(response, Action::read);
  if (!document) return of_read(document.error());
  auto records = read_records(*document, response, reading, true);
  if (!records) return std::move(records).error();
  auto const root = document->root();
  protocol::ListPage<Campaign> page;
  page.info.records = records->sent();
  page.items = records->take();
  auto const reported = root["meta"]["page"];
  page.info.total = read_number(reported["total"]);
  if (!page.info.total) page.info.total = read_number(root["total"]);
  page.info.applied_size = read_number(reported["limit"]);
  return page;
}

Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading) {
  auto const document = open_answer(response, Action::read);
  if (!document) return of_read(document.error());
  return read_records(*document, response, reading, false).transform([](wire::Campaigns&& campaigns) {
    return campaigns.take();
  });
}

Result<Campaign> read_campaign(HttpResponse response, std::string_view id, Reading const& reading) {
  auto const http_status = response.status;
  return read_campaigns(std::move(response), reading).and_then([&](std::vector<Campaign> campaigns) {
    return protocol::only(std::move(campaigns), id, http_status);
  });
}

}  // namespace polycampaign::inline v1::bsg
