#include "vendors/dexatel/outcomes.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "vendors/dexatel/answers.hpp"
#include "vendors/dexatel/next_page.hpp"
#include "vendors/dexatel/records.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"

#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

using wire::JsonValue;

std::string text(JsonValue value) {
  std::string_view text;
  return value.is_text(text) ? std::string{text} : std::string{};
}

template <class Item, class Read>
Result<Page<Item>> read_items(HttpResponse& response, protocol::Url const& base, std::string_view list_path,
                              Read&& read) {
  auto const document = open_answer(response, Action::read);
  if (!document) return document.error();
  auto const root = document->root();
  wire::JsonList const list{root["data"]};
  if (!list) return protocol::no_answer(response, "expected a list under data");
  Page<Item> page;
  list.for_each([&](JsonValue record, std::size_t) {
    if (record.is_object()) page.items.push_back(read(record));
  });
  auto next = read_next(root["pagination"]["links"]["next"], base, list_path);
  page.next_error = std::move(next.error);
  if (next.token.starts_with('='))
    page.next = next.token.substr(1);
  else if (!next.token.empty())
    page.next_error =
        Error{.code = ErrorCode::protocol, .message = "pagination.links.next has no page token"};
  if (page.next_error) page.next_error->http_status = response.status;
  return page;
}

Result<Campaign> read_campaign_of(HttpResponse& response, wire::ClockRule const& schedule, Action action) {
  auto const document = open_answer(response, action);
  if (!document) return document.error();
  auto const root = document->root();
  wire::JsonList const list{root["data"] ? root["data"] : root};
  wire::RecordTexts texts{*document, root["data"] ? "data" : "", list};
  Campaign campaign;
  bool read = false;
  if (list.size() == 1)
    list.for_each([&](JsonValue record, std::size_t place) {
      read = read_record(record, place, texts, {.schedule = schedule}, campaign);
    });
  if (!read) return protocol::unreadable(response, "expected a campaign under data");
  return campaign;
}

Sender read_sender(JsonValue record) {
  Sender sender{.provider = "dexatel"};
  wire::Notes notes{sender.notes};
  sender.id = wire::read_word(record["id"].scalar(), "id", notes);
  sender.text = wire::read_text(record["name"].scalar(), "name", notes).value_or("");
  if (auto const code = word_of(record["code"]); !code.empty() && code != sender.text)
    notes.add("the phone shows " + code);
  sender.channel = protocol::read_channel(record["channel"].scalar(), "channel", notes);
  sender.status.vendor_word = wire::read_word(record["status"].scalar(), "status", notes);
  auto const is = [&](std::string_view known) {
    return sender.status.vendor_word && wire::same_word(*sender.status.vendor_word, known);
  };
  if (is("available") || is("active")) sender.status.code = SenderStatusCode::active;
  if (is("pending")) sender.status.code = SenderStatusCode::pending;
  if (is("rejected")) sender.status.code = SenderStatusCode::rejected;
  if (is("blocked")) sender.status.code = SenderStatusCode::blocked;
  wire::JsonList{record["countries"]}.for_each([&](JsonValue country, std::size_t) {
    if (auto code = word_of(country); !code.empty()) sender.countries.push_back(std::move(code));
  });
  return sender;
}

}  // namespace

Result<Page<Template>> read_templates(HttpResponse response, protocol::Url const& base) {
  return read_items<Template>(response, base, templates_path, [](JsonValue record) {
    return Template{word_of(record["id"]), text(record["text"]), word_of(record["channel"]),
                    word_of(record["status"])};
  });
}

Result<Page<Sender>> read_senders(HttpResponse response, protocol::Url const& base) {
  return read_items<Sender>(response, base, senders_path, &read_sender);
}

Result<std::string> read_created(HttpResponse response) {
  auto const document = open_answer(response, Action::write);
  if (!document) return document.error();
  auto id = word_of(content_of(document->root())["id"]);
  if (!is_id(id)) return protocol::unreadable(response, "expected an id under data");
  return id;
}

Result<protocol::Done> read_added(HttpResponse response) {
  if (response.status == 204) return protocol::Done{};
  auto const document = open_answer(response, Action::write);
  if (!document) return document.error();
  return protocol::Done{};
}

Result<Submission> read_submission(HttpResponse response, wire::ClockRule const& schedule,
                                   std::optional<std::chrono::sys_seconds> start) {
  auto campaign = read_campaign_of(response, schedule, Action::sends);
  if (!campaign) return std::move(campaign).error();
  Submission submission{.provider = "dexatel"};
  submission.notes = std::move(campaign->notes);
  if (!campaign->id.empty()) submission.id = std::move(campaign->id);
  submission.status = std::move(campaign->status);
  if (submission.status.code == StatusCode::completed || !submission.status.vendor_word)
    submission.status.code = start ? StatusCode::scheduled : StatusCode::queued;
  if (start && campaign->scheduled_at && campaign->scheduled_at->time != *start)
    submission.notes.push_back("Dexatel reports another start than requested: " +
                               to_string(*campaign->scheduled_at) + " instead of " + to_rfc3339(*start));
  return submission;
}

Result<Campaign> read_updated(HttpResponse response, wire::ClockRule const& schedule) {
  return read_campaign_of(response, schedule, Action::write);
}

Result<protocol::Done> read_deleted(HttpResponse response) {
  if (response.status >= 200 && response.status < 300) {
    // "Campaign, Delete": 204 without a body. A page of a proxy is not a success.
    if (response.body.empty()) return protocol::Done{};
    auto const document = open_answer(response, Action::write);
    if (!document) return document.error();
    return protocol::Done{};
  }
  auto const document = open_answer(response, Action::write);
  return document ? protocol::unreadable(response, "expected an error") : document.error();
}

}  // namespace polycampaign::inline v1::dexatel
