#include "vendors/yeastar/answers.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/yeastar.hpp"

#include "vendors/yeastar/records.hpp"
#include "vendors/yeastar/refusals.hpp"
#include "wire/campaigns.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"
#include "wire/scalar.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

using wire::JsonDocument;
using wire::JsonValue;

Error for_purpose(Error error, Purpose purpose) {
  if (purpose == Purpose::read) error.effect = Effect::none;
  return error;
}

Error unreadable(HttpResponse const& response, Purpose purpose, std::string what) {
  return for_purpose(protocol::unreadable(response, std::move(what)), purpose);
}

bool blank(JsonValue value) {
  auto const scalar = value.scalar();
  return scalar.empty() || (scalar.kind == wire::Scalar::Kind::text && wire::trim(scalar.text).empty());
}

Result<wire::Campaigns> read_records(Answer const& answer, HttpResponse const& response,
                                     Reading const& reading, bool is_list) {
  auto const records = records_of(answer, response, "campaigns");
  if (!records) return records.error();
  wire::Campaigns campaigns{records->list.size(), yeastar::capabilities().max_page_size, reading.spare.get()};
  wire::RecordTexts texts{answer.document, records->member, records->list};
  auto const note = note_of(answer.verdict);
  records->list.for_each([&](JsonValue record, std::size_t place) {
    campaigns.add([&](Campaign& campaign) {
      if (!read_record(record, place, texts, reading, campaign)) return false;
      if (!note.empty()) campaign.notes.emplace_back(note);
      return true;
    });
  });
  if (auto const fault = campaigns.fault(is_list); !fault.empty())
    return unreadable(response, Purpose::read, std::string{fault});
  return campaigns;
}

// Seconds as told; 0 is no lifetime that a token could have. Capped so that sums of times stay in range.
std::optional<std::chrono::seconds> read_lifetime(JsonValue value) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  auto const seconds = wire::read_count(value.scalar(), "", notes);
  if (!seconds || *seconds == 0) return std::nullopt;
  constexpr std::int64_t ten_years = 315'360'000;
  return std::chrono::seconds{std::min(*seconds, ten_years)};
}

Secret read_secret(JsonValue value) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  return Secret{wire::read_word(value.scalar(), "", notes).value_or("")};
}

}  // namespace

Result<Answer> open_answer(HttpResponse& response, Purpose purpose) {
  auto document = JsonDocument::parse(std::move(response.body));
  Judgement judgement;
  if (document) judgement = judge(document->root(), response, purpose);
  if (!judgement.error) judgement.error = protocol::http_error(response);
  if (judgement.error) return for_purpose(*std::move(judgement.error), purpose);
  if (!document) return unreadable(response, purpose, document.error().message);
  if (!document->root().is_object()) return unreadable(response, purpose, "expected a JSON object");
  return Answer{*std::move(document), judgement.verdict};
}

Result<Records> records_of(Answer const& answer, HttpResponse const& response, std::string_view what) {
  auto const root = answer.document.root();
  Records found;
  for (std::string_view const member : {"data", "list"}) {
    wire::JsonList list{root[member], wire::Campaigns::most(yeastar::capabilities().max_page_size)};
    if (list.size() > 0) return Records{member, std::move(list)};
    if (list && !found.list) found = {member, std::move(list)};
  }
  bool const nothing = answer.verdict == Verdict::success && blank(root["data"]) && blank(root["list"]);
  if (!found.list && !nothing)
    return unreadable(response, Purpose::read, "expected " + std::string{what} + " under data or list");
  return found;
}

std::string_view note_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::partial: return "the PBX returned PARTIAL SUCCESS (errcode 1)";
    case Verdict::processing: return "the PBX returned PROCESSING (errcode 2)";
    default: return {};
  }
}

Count total_of(Answer const& answer) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  return wire::read_count(answer.document.root()["total_number"].scalar(), "", notes);
}

Result<protocol::Token> read_token(HttpResponse response) {
  auto answer = open_answer(response, Purpose::token);
  if (!answer) return std::move(answer).error();
  auto root = answer->document.root();
  if (!root["access_token"] && root["data"].is_object()) root = root["data"];
  protocol::Token token;
  token.access = read_secret(root["access_token"]);
  if (token.access.empty()) return unreadable(response, Purpose::token, "expected an access_token");
  token.refresh = read_secret(root["refresh_token"]);
  token.lifetime = read_lifetime(root["access_token_expire_time"]);
  token.refresh_lifetime = read_lifetime(root["refresh_token_expire_time"]);
  return token;
}

Result<protocol::Done> read_revocation(HttpResponse response) {
  auto answer = open_answer(response, Purpose::revoke);
  if (!answer && answer.error().code != ErrorCode::unauthenticated) return std::move(answer).error();
  return protocol::Done{};
}

Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading) {
  auto answer = open_answer(response, Purpose::read);
  if (!answer) return std::move(answer).error();
  auto campaigns = read_records(*answer, response, reading, true);
  if (!campaigns) return std::move(campaigns).error();
  protocol::ListPage<Campaign> page;
  page.info.records = campaigns->sent();
  page.items = campaigns->take();
  page.info.total = total_of(*answer);
  return page;
}

Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading) {
  auto answer = open_answer(response, Purpose::read);
  if (!answer) return std::move(answer).error();
  return read_records(*answer, response, reading, false).transform([](wire::Campaigns&& campaigns) {
    return campaigns.take();
  });
}

Result<Campaign> read_campaign(HttpResponse response, std::string_view id, Reading const& reading) {
  auto const http_status = response.status;
  return read_campaigns(std::move(response), reading).and_then([&](std::vector<Campaign> details) {
    return protocol::only(std::move(details), id, http_status);
  });
}

}  // namespace polycampaign::inline v1::yeastar
