#include "vendors/bsg/outcomes.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/json_text.hpp"

#include "vendors/bsg/answers.hpp"
#include "vendors/bsg/records.hpp"
#include "vendors/bsg/refusals.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using wire::JsonValue;

/// Returns the object under `data`, or the root if there is no `data`.
JsonValue content_of(JsonValue root) {
  auto const data = root["data"];
  return data ? data : root;
}

/// Reads the one campaign of the answer to a write.
Result<Campaign> read_one(HttpResponse& response, wire::ClockRule const& clock, Action action) {
  auto document = open_answer(response, action);
  if (!document) return std::move(document).error();
  auto const root = document->root();
  wire::JsonList const list{content_of(root)};
  Campaign campaign;
  bool read = false;
  wire::RecordTexts texts{*document, root["data"] ? "data" : "", list};
  Reading const reading{.clock = clock, .form = Form::brief, .channel = Channel::sms};
  if (list.size() == 1)
    list.for_each([&](JsonValue record, std::size_t place) {
      read = read_record(record, place, texts, reading, campaign);
    });
  if (read) return campaign;
  return without_outcome(root, response, "expected a campaign under data");
}

std::optional<Cost> cost_of(Campaign const& campaign) {
  auto cost = static_cast<std::optional<Cost>>(campaign.cost);
  if (cost) cost->kind = CostKind::estimate;  // nothing has been sent yet
  return cost;
}

constexpr std::pair<std::string_view, SenderStatusCode> sender_words[] = {
    {"active", SenderStatusCode::active},
    {"blocked", SenderStatusCode::blocked},
    {"registering", SenderStatusCode::pending},
};

Sender read_sender(JsonValue record) {
  Sender sender{.provider = "bsg", .channel = Channel::sms};
  wire::Notes notes{sender.notes};
  sender.id = wire::read_word(record["id"].scalar(), "id", notes);
  sender.text = wire::read_text(record["sender"].scalar(), "sender", notes).value_or("");
  sender.status.vendor_word = wire::read_word(record["status"].scalar(), "status", notes);
  for (auto const& [word, code] : sender_words)
    if (sender.status.vendor_word && wire::same_word(*sender.status.vendor_word, word))
      sender.status.code = code;
  if (auto country = wire::read_word(record["country"].scalar(), "country", notes))
    sender.countries.push_back(*std::move(country));
  auto const by_default = record["is_default"].scalar();
  if (by_default.kind == wire::Scalar::Kind::boolean)
    sender.is_default = by_default.boolean;
  else if (auto const number = wire::whole_number_of(by_default))
    sender.is_default = *number != 0;
  return sender;
}

}  // namespace

Result<Submission> read_submission(HttpResponse response, wire::ClockRule const& clock,
                                   std::optional<std::chrono::sys_seconds> start) {
  auto campaign = read_one(response, clock, Action::sends);
  if (!campaign) {
    auto error = std::move(campaign).error();
    if (!is_too_many(error)) return error;
    return of_equal_requests(
        std::move(error),
        "the same campaign may have been created already; check the list before you create it again");
  }
  Submission submission{.provider = "bsg"};
  submission.notes = std::move(campaign->notes);
  if (campaign->id.empty())
    submission.notes.emplace_back("BSG accepted the campaign, but reported no id");
  else
    submission.id = std::move(campaign->id);
  submission.status = std::move(campaign->status);
  // Every sample of a create says `done`, with nothing sent yet.
  auto& status = submission.status;
  if (status.code == StatusCode::completed || !status.vendor_word)
    status.code = start ? StatusCode::scheduled : StatusCode::queued;
  submission.cost = cost_of(*campaign);
  if (start && campaign->scheduled_at && campaign->scheduled_at->time != *start)
    submission.notes.push_back("BSG reports another start than requested: " +
                               to_string(*campaign->scheduled_at) + " instead of " + to_rfc3339(*start));
  return submission;
}

Result<Campaign> read_stopped(HttpResponse response, std::string_view id, wire::ClockRule const& clock) {
  auto campaign = read_one(response, clock, Action::write);
  if (campaign) {
    if (campaign->id.empty()) campaign->id = id;
    return campaign;
  }
  // "Cancel SMS campaign": 422 for a campaign whose status does not allow it
  if (response.status == 422) protocol::refine(campaign.error(), ErrorCode::conflict);
  return campaign;
}

Result<std::optional<Cost>> read_campaign_price(HttpResponse response) {
  auto document = open_answer(response, Action::read);
  if (!document) return std::move(document).error();
  auto const root = document->root();
  auto const content = content_of(root);
  auto const price = content["price"];
  if (!price) {
    if (auto error = message_only(root, response)) return *std::move(error);
    return protocol::no_answer(response, "expected a price");
  }
  if (price.is_null()) return std::optional<Cost>{};
  std::vector<std::string> problems;
  wire::Notes notes{problems};
  auto const exact = protocol::json_member(document->text(root["data"] ? "data" : ""), "price");
  auto amount = wire::read_decimal(price.scalar(), exact, "price", notes);
  auto currency = wire::read_word(content["currency"].scalar(), "currency", notes);
  if (!amount || !currency) return protocol::no_answer(response, "the price has no amount or no currency");
  return std::optional{Cost{*std::move(amount), *std::move(currency), CostKind::estimate}};
}

Result<Balance> read_balance(HttpResponse response) {
  auto document = open_answer(response, Action::read);
  if (!document) return std::move(document).error();
  auto const root = document->root();
  auto const content = content_of(root);
  Balance balance{.provider = "bsg"};
  wire::Notes notes{balance.notes};
  auto const record = document->text(root["data"] ? "data" : "");
  auto const read = [&](std::string_view name) {
    return wire::read_decimal(content[name].scalar(), protocol::json_member(record, name), name, notes);
  };
  auto amount = read("balance");
  if (!amount) {
    if (auto error = message_only(root, response)) return *std::move(error);
    return protocol::no_answer(response, "expected a balance under data");
  }
  balance.amount = *std::move(amount);
  balance.credit_limit = read("credit");
  if (auto unit = wire::read_word(content["currency"].scalar(), "currency", notes))
    balance.unit = *std::move(unit);
  else
    notes.add("the balance has no currency");
  return balance;
}

Result<std::vector<Sender>> read_senders(HttpResponse response) {
  auto document = open_answer(response, Action::read);
  if (!document) return std::move(document).error();
  auto const root = document->root();
  wire::JsonList const list{root["data"] ? root["data"] : root};
  if (!list || (list.is_single() && !root["data"].is_object())) {
    if (auto error = message_only(root, response)) return *std::move(error);
    return protocol::no_answer(response, "expected senders under data");
  }
  std::vector<Sender> senders;
  list.for_each([&](JsonValue record, std::size_t) {
    if (record.is_object()) senders.push_back(read_sender(record));
  });
  auto const total = wire::whole_number_of(root["total"].scalar());
  if (total && !senders.empty() && *total > static_cast<std::int64_t>(senders.size()))
    senders.front().notes.push_back("BSG reports " + std::to_string(*total) + " senders, but returned " +
                                    std::to_string(senders.size()));
  return senders;
}

}  // namespace polycampaign::inline v1::bsg
