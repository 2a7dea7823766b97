#include "polycampaign/capabilities.hpp"
#include "polycampaign/json.hpp"

#include "wire/json.hpp"
#include "wire/json_writer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {

namespace wire {

void JsonWriter::append_text(std::string_view text) {
  bool const plain =
      std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
  if (plain) {
    out_.append(1, '"').append(text).append(1, '"');
  } else {
    out_.append(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
}

}  // namespace wire

namespace {

using wire::JsonWriter;

void write(JsonWriter& json, std::vector<std::string> const& texts) {
  json.open('[');
  for (auto const& text : texts) json.value(text);
  json.close(']');
}

void write(JsonWriter& json, std::vector<VendorCounter> const& counters) {
  json.open('{');
  for (auto const& counter : counters) json.name(counter.name).value(counter.value);
  json.close('}');
}

void write(JsonWriter& json, Statistics const& s) {
  json.open('{');
  for (auto const& [field, counter] : all_counters()) json.name(to_string(field)).value(s.*counter);
  write(json.name("vendor_counters"), s.vendor_counters);
  json.name("reported_rates").open('{');
  for (auto const& rate : s.reported_rates) json.name(rate.name).value(rate.text);
  json.close('}');
  json.close('}');
}

void write(JsonWriter& json, std::optional<Cost> const& cost) {
  if (!cost) {
    json.null();
    return;
  }
  json.open('{');
  json.name("amount").value(cost->amount.text());
  json.name("unit").value(cost->unit);
  json.name("kind").value(to_string(cost->kind));
  json.close('}');
}

JsonWriter begin(std::string_view account, ProviderName provider) {
  JsonWriter json;
  json.open('{');
  json.name("account").value_or_null(account);
  json.name("provider").value(provider);
  return json;
}

std::string end(JsonWriter&& json) {
  json.close('}');
  return std::move(json).text();
}

}  // namespace

std::string to_json(Campaign const& campaign, std::string_view account) {
  auto json = begin(account, campaign.provider);
  json.name("id").value(campaign.id);
  json.name("name").value(campaign.name);
  json.name("sender").value(campaign.sender);
  json.name("text").value(campaign.text);
  json.name("channel");
  campaign.channel ? json.value(to_string(*campaign.channel)) : json.null();
  json.name("status").value(to_string(campaign.status.code));
  json.name("vendor_status").value(campaign.status.vendor_word);
  json.name("created_at").value(campaign.created_at);
  json.name("scheduled_at").value(campaign.scheduled_at);
  json.name("started_at").value(campaign.started_at);
  json.name("finished_at").value(campaign.finished_at);
  json.name("updated_at").value(campaign.updated_at);
  write(json.name("statistics"), campaign.statistics);
  write(json.name("cost"), campaign.cost);
  json.name("recipient_lists").open('[');
  for (auto const& list : campaign.recipient_lists)
    json.open('{').name("id").value(list.id).name("name").value(list.name).close('}');
  json.close(']');
  write(json.name("notes"), campaign.notes);
  return end(std::move(json));
}

std::string to_json(Error const& error, std::string_view account) {
  JsonWriter json;
  json.open('{');
  json.name("account").value_or_null(account);
  json.name("provider").value_or_null(error.provider);
  json.name("code").value(to_string(error.code));
  json.name("effect").value(to_string(error.effect));
  json.name("transient").boolean(error.transient);
  json.name("retry_after");
  error.retry_after ? json.value(error.retry_after->count()) : json.null();
  json.name("http_status");
  error.http_status == 0 ? json.null() : json.value(error.http_status);
  json.name("vendor_code").value_or_null(error.vendor_code);
  json.name("attempts").value(error.attempts);
  json.name("message").value(error.message);
  return end(std::move(json));
}

std::string to_json(Submission const& submission, std::string_view account) {
  auto json = begin(account, submission.provider);
  json.name("id").value(submission.id);
  json.name("status").value(to_string(submission.status.code));
  json.name("vendor_status").value(submission.status.vendor_word);
  json.name("recipients").value(submission.recipients);
  json.name("filtered").value(submission.filtered);
  write(json.name("filtered_by"), submission.filtered_by);
  json.name("scheduled_at").value(submission.scheduled_at);
  write(json.name("cost"), submission.cost);
  write(json.name("notes"), submission.notes);
  return end(std::move(json));
}

std::string to_json(Estimate const& estimate, std::string_view account) {
  auto json = begin(account, estimate.provider);
  json.name("recipients").value(estimate.recipients);
  json.name("parts").value(estimate.parts);
  json.name("messages").value(estimate.messages);
  json.name("counted_by").value(to_string(estimate.counted_by));
  json.name("filtered").value(estimate.filtered);
  write(json.name("filtered_by"), estimate.filtered_by);
  write(json.name("cost"), estimate.cost);
  write(json.name("warnings"), estimate.notes);
  return end(std::move(json));
}

std::string to_json(Balance const& balance, std::string_view account) {
  auto json = begin(account, balance.provider);
  json.name("amount").value(balance.amount.text());
  json.name("unit").value(balance.unit);
  json.name("credit_limit");
  balance.credit_limit ? json.value(balance.credit_limit->text()) : json.null();
  return end(std::move(json));
}

std::string to_json(Sender const& sender, std::string_view account) {
  auto json = begin(account, sender.provider);
  json.name("id").value(sender.id);
  json.name("sender").value(sender.text);
  json.name("channel");
  sender.channel ? json.value(to_string(*sender.channel)) : json.null();
  json.name("status").value(to_string(sender.status.code));
  json.name("vendor_status").value(sender.status.vendor_word);
  write(json.name("countries"), sender.countries);
  json.name("is_default");
  sender.is_default ? json.boolean(*sender.is_default) : json.null();
  return end(std::move(json));
}

std::string to_json(Message const& message, std::string_view account) {
  auto json = begin(account, message.provider);
  json.name("id").value_or_null(message.id);
  json.name("campaign").value(message.campaign);
  json.name("reference").value(message.reference);
  json.name("number").value(message.number);
  json.name("sender").value(message.sender);
  json.name("text").value(message.text);
  json.name("status").value(to_string(message.status.code));
  json.name("vendor_status").value(message.status.vendor_word);
  json.name("created_at").value(message.created_at);
  json.name("sent_at").value(message.sent_at);
  json.name("reported_at").value(message.reported_at);
  json.name("parts").value(message.parts);
  write(json.name("cost"), message.cost);
  json.name("country").value(message.country);
  write(json.name("notes"), message.notes);
  return end(std::move(json));
}

namespace {

/// A reply and an opt-out have the same members.
template <class Answer>
std::string answer_json(Answer const& answer, std::string_view account) {
  auto json = begin(account, answer.provider);
  json.name("campaign").value(answer.campaign);
  json.name("number").value(answer.number);
  json.name("text").value(answer.text);
  json.name("at").value(answer.at);
  json.name("reference").value(answer.reference);
  return end(std::move(json));
}

}  // namespace

std::string to_json(Reply const& reply, std::string_view account) {
  return answer_json(reply, account);
}

std::string to_json(OptOut const& opt_out, std::string_view account) {
  return answer_json(opt_out, account);
}

std::string to_json(RecipientList const& list, ProviderName provider, std::string_view account) {
  auto json = begin(account, provider);
  json.name("id").value(list.id);
  json.name("name").value(list.name);
  json.name("size").value(list.size);
  json.name("created_at").value(list.created_at);
  write(json.name("notes"), list.notes);
  return end(std::move(json));
}

std::string wire::json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::size_t length = 2;
  for (auto const& [name, value] : members) length += name.size() + value.size() + 6;
  JsonWriter json{length};  // credentials: no smaller copy is left behind
  json.open('{');
  for (auto const& [name, value] : members) json.name(name).value(value);
  json.close('}');
  return std::move(json).text();
}

}  // namespace polycampaign::inline v1
