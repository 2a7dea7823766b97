#include "answer.hpp"

#include <polycampaign/protocol/http_error.hpp>
#include <polycampaign/protocol/json_text.hpp>
#include <polycampaign/protocol/nlohmann_json.hpp>
#include <polycampaign/protocol/redact.hpp>

#include "body.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace heron {
namespace {

using nlohmann::json;
using namespace polycampaign;
using protocol::member;
using protocol::Notes;
using protocol::Scalar;

constexpr std::array states{
    protocol::StatusWord{"draft", StatusCode::draft},
    protocol::StatusWord{"planned", StatusCode::scheduled},
    protocol::StatusWord{"running", StatusCode::sending},
    protocol::StatusWord{"finished", StatusCode::completed},
    protocol::StatusWord{"called off", StatusCode::canceled},
};

/// Parses a price such as `12,50 EUR`.
std::optional<Cost> read_price(Scalar const& value, Notes& notes) {
  auto const text = protocol::read_word(value, "price", notes);
  if (!text) return std::nullopt;
  auto const space = text->find(' ');
  auto const amount = Decimal::parse(std::string_view{*text}.substr(0, space));
  if (amount && space != std::string::npos && text->size() == space + 4)
    return Cost{*amount, text->substr(space + 1), CostKind::billed};
  notes.unexpected("price", value, "an amount and a currency");
  return std::nullopt;
}

Campaign read_record(json const& record, protocol::ClockRule const& clock) {
  Campaign campaign;
  campaign.provider = "heron";
  Notes notes{campaign.notes};
  if (auto id = protocol::read_word(member(record, "id"), "id", notes))
    campaign.id = *std::move(id);
  else
    notes.add("the record has no id");
  campaign.name = protocol::read_text(member(record, "title"), "title", notes);
  campaign.text = protocol::read_text(member(record, "body"), "body", notes);
  campaign.channel = Channel::sms;  // Heron has no other channel
  campaign.status = protocol::read_status(member(record, "state"), states, "state", notes);
  campaign.created_at = protocol::read_time(member(record, "made"), clock, "made", notes);
  campaign.scheduled_at = protocol::read_time(member(record, "planned"), clock, "planned", notes);
  campaign.cost = read_price(member(record, "price"), notes);
  if (auto const counts = record.find("counts"); counts != record.end()) {
    auto const count = [&](char const* name) {
      return protocol::read_count(member(*counts, name), name, notes);
    };
    campaign.statistics.messages = count("all");
    campaign.statistics.pending = count("waiting");
    campaign.statistics.delivered = count("arrived");
    campaign.statistics.failed = count("lost");
  }
  return campaign;
}

/// Returns what Heron's own error code means. Heron reports an error with HTTP 200, a code and a reason.
ErrorCode meaning(std::string_view code) {
  if (code == "E101" || code == "E102") return ErrorCode::unauthenticated;  // credential; token
  if (code == "E104") return ErrorCode::not_found;
  if (code == "E105") return ErrorCode::unavailable;
  if (code == "E107") return ErrorCode::invalid_argument;
  if (code == "E108") return ErrorCode::conflict;  // the state of the campaign does not allow it
  return ErrorCode::rejected;
}

}  // namespace

Result<json> open_body(HttpResponse const& response, Action action) {
  auto body = json::parse(response.body, nullptr, false);
  if (!body.is_object()) return protocol::no_answer(response, "a JSON object was expected", action);
  std::vector<std::string> ignored;
  Notes notes{ignored};
  auto const result = protocol::read_word(member(body, "result"), "result", notes);
  if (result == "error") {
    auto const reason = protocol::read_word(member(body, "reason"), "reason", notes).value_or("");
    auto error = protocol::refusal(response, protocol::safe_text(reason));
    auto const code = protocol::read_word(member(body, "code"), "code", notes).value_or("");
    error.vendor_code = protocol::safe_text(code);
    protocol::refine(error, meaning(code));
    return error;
  }
  if (result != "ok" || response.status != 200)
    return protocol::no_answer(response, "a result was expected", action);
  return body;
}

std::pair<std::string, std::optional<Error>> next_cursor(json const& body, HttpResponse const& response) {
  // A cursor may be a string or a number. If it is anything else, there may be more pages.
  std::vector<std::string> complaints;
  Notes notes{complaints};
  auto next = protocol::read_word(member(body, "next"), "next", notes).value_or("");
  if (complaints.empty()) return {std::move(next), std::nullopt};
  return {std::string{}, protocol::no_answer(response, "next is not a cursor")};
}

Result<protocol::ClockRule> office_clock() {
  // Heron documents the time zone: "All times are those of our office", which is in Paris.
  return protocol::Zone::find("Europe/Paris").transform([](protocol::Zone zone) {
    return protocol::ClockRule{.zone = zone};
  });
}

Result<Answer> read_answer(HttpResponse const& response, protocol::ClockRule const& clock, bool keep_raw) {
  auto const body = open_body(response, Action::read);
  if (!body) return body.error();
  Answer answer;
  auto const list = body->find("campaigns");
  auto const detail = body->find("campaign");
  auto const is_list = list != body->end() && list->is_array();
  std::vector<std::string> texts;
  if (keep_raw) texts = protocol::json_records(response.body, is_list ? "campaigns" : "campaign");
  auto const add = [&](json const& record) {
    auto const number = static_cast<std::size_t>(answer.records++);
    if (!record.is_object()) return;  // not a campaign
    auto& campaign = answer.campaigns.emplace_back(read_record(record, clock));
    if (number < texts.size()) campaign.raw_record = std::move(texts[number]);
  };
  if (is_list)
    for (auto const& record : *list) add(record);
  else if (detail != body->end())
    add(*detail);
  auto const has_id = [](Campaign const& campaign) { return !campaign.id.empty(); };
  auto const& read = answer.campaigns;
  bool const good =
      is_list ? answer.records == 0 || std::any_of(read.begin(), read.end(), has_id) : !read.empty();
  if (!good) return protocol::no_answer(response, "campaigns or a campaign was expected");
  std::tie(answer.next, answer.next_error) = next_cursor(*body, response);
  return answer;
}

Result<std::string> read_group(HttpResponse const& response) {
  auto const body = open_body(response, Action::write);
  if (!body) return body.error();
  auto const group = member(*body, "group");
  if (group.kind != Scalar::Kind::integer)
    return protocol::unreadable(response, "the id of a group was expected");
  return std::to_string(group.integer);
}

Result<Submission> read_submission(HttpResponse const& response, protocol::ClockRule const& clock) {
  return read_answer(response, clock, false).transform([](Answer answer) {
    auto& campaign = answer.campaigns.front();
    Submission submission{.provider = "heron", .status = campaign.status, .notes = campaign.notes};
    if (!campaign.id.empty()) submission.id = std::move(campaign.id);
    // Nothing has been sent yet, whatever the vendor says.
    if (submission.status.code == StatusCode::completed) submission.status.code = StatusCode::queued;
    return submission;
  });
}

Result<protocol::Done> read_done(HttpResponse const& response) {
  return open_body(response, Action::write).transform([](json const&) { return protocol::Done{}; });
}

Result<protocol::Token> read_ticket(HttpResponse const& response) {
  auto const body = open_body(response, Action::idempotent_write);
  if (!body) return body.error();
  auto const ticket = member(*body, "ticket");
  // Heron calls its token a ticket. It goes into a header, so no byte in it may end that header.
  auto const fit =
      std::all_of(ticket.text.begin(), ticket.text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (ticket.text.empty() || !fit)
    return protocol::no_answer(response, "a ticket was expected", Action::idempotent_write);
  protocol::Token token{.access = Secret{std::string{ticket.text}}};
  if (auto const valid = member(*body, "valid_for"); valid.kind == Scalar::Kind::integer && valid.integer > 0)
    token.lifetime = std::chrono::seconds{std::min<std::int64_t>(valid.integer, 86'400)};
  return token;
}

}  // namespace heron
