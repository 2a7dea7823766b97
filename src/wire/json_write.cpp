#include "polycampaign/capabilities.hpp"
#include "polycampaign/json.hpp"

#include "wire/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {

namespace {

// Writes objects and arrays member by member, in the order given and without a tree in between.
class JsonWriter {
 public:
  JsonWriter() = default;
  explicit JsonWriter(std::size_t expected) { out_.reserve(expected); }

  JsonWriter& name(std::string_view text) {
    separate();
    append_text(text);
    out_.push_back(':');
    fresh_ = true;
    return *this;
  }
  JsonWriter& open(char bracket) {
    separate();
    out_.push_back(bracket);
    fresh_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_.push_back(bracket);
    fresh_ = false;
    return *this;
  }
  JsonWriter& null() {
    separate();
    out_.append("null");
    return *this;
  }
  JsonWriter& value(std::string_view text) {
    separate();
    append_text(text);
    return *this;
  }
  JsonWriter& value(std::int64_t number) {
    separate();
    char digits[24];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    return *this;
  }
  JsonWriter& boolean(bool truth) {
    separate();
    out_.append(truth ? "true" : "false");
    return *this;
  }
  JsonWriter& value(CompactOptional<Timestamp> const& time) {
    return time ? value(std::string_view{to_string(*time)}) : null();
  }
  JsonWriter& value(Count const& count) { return count ? value(*count) : null(); }
  template <class T>
  JsonWriter& value(std::optional<T> const& maybe) {
    return maybe ? value(*maybe) : null();
  }
  JsonWriter& value_or_null(std::string_view text) { return text.empty() ? null() : value(text); }

  [[nodiscard]] std::string text() && { return std::move(out_); }

 private:
  void separate() {
    if (!fresh_) out_.push_back(',');
    fresh_ = false;
  }
  void append_text(std::string_view text) {
    bool const plain =
        std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
    if (plain) {
      out_.append(1, '"').append(text).append(1, '"');
    } else {
      out_.append(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
  }

  std::string out_;
  bool fresh_ = true;  // nothing stands before the next value
};

void write(JsonWriter& json, Statistics const& s) {
  json.open('{');
  for (auto const& [field, counter] : all_counters()) json.name(to_string(field)).value(s.*counter);
  json.name("vendor_counters").open('{');
  for (auto const& counter : s.vendor_counters) json.name(counter.name).value(counter.value);
  json.close('}');
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

}  // namespace

std::string to_json(Campaign const& campaign, std::string_view account) {
  JsonWriter json;
  json.open('{');
  json.name("account").value_or_null(account);
  json.name("provider").value(campaign.provider);
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
  json.name("notes").open('[');
  for (auto const& note : campaign.notes) json.value(note);
  json.close(']');
  json.close('}');
  return std::move(json).text();
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
  json.close('}');
  return std::move(json).text();
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
