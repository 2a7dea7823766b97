#include "vendors/yeastar/channels.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "vendors/yeastar/answers.hpp"
#include "vendors/yeastar/requests.hpp"
#include "wire/json_list.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Call;
using protocol::Endpoint;

namespace {

using wire::JsonValue;

constexpr std::size_t least_digits = 3;  // of a short code

std::string word(JsonValue value) {
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  return wire::read_word(value.scalar(), "", notes).value_or("");
}

/// The array or object under `list` or `data`.
wire::JsonList channel_records(JsonValue root) {
  for (std::string_view const member : {"list", "data"})
    if (wire::JsonList list{root[member]}; list.size() > 0) return list;
  return wire::JsonList{root["list"] ? root["list"] : root["data"]};
}

/// Returns the digits of a text that is a phone number and nothing else.
std::string phone_digits(std::string const& text) {
  if (text.find_first_not_of("+0123456789 -./()") != std::string::npos) return {};
  auto digits = digits_of(text);
  return digits.size() < least_digits ? std::string{} : digits;
}

}  // namespace

Call channels_call(Endpoint const& endpoint, std::string_view operation, std::string_view search,
                   std::int64_t page) {
  auto call = call_of(endpoint, "GET", operation,
                      search.empty() ? "message_channel/list" : "message_channel/search", Action::read);
  protocol::Query query;
  query.add("page", page).add("page_size", channel_page_size).add("time_range", "all");
  if (!search.empty()) query.add("search_value", search);
  call.request.url += query.text();
  return call;
}

Call channel_call(Endpoint const& endpoint, std::string_view operation, std::string_view id) {
  auto call = call_of(endpoint, "GET", operation, "message_channel/get", Action::read);
  call.request.url += protocol::Query{}.add("id", id).text();
  return call;
}

Result<ChannelPage> read_channels(HttpResponse response) {
  auto const answer = open_answer(response, Purpose::read);
  if (!answer) return answer.error();
  auto const root = answer->document.root();
  ChannelPage page;
  auto const records = channel_records(root);
  if (!records && answer->verdict == Verdict::unstated)
    return protocol::no_answer(response, "expected message channels under list or data");
  records.for_each([&](JsonValue record, std::size_t) {
    ++page.records;
    MessageChannel channel{.id = word(record["id"]),
                           .name = word(record["name"]),
                           .type = word(record["type"]),
                           .status = word(record["status"])};
    wire::JsonList const numbers{record["number"]};
    if (numbers)
      numbers.for_each([&](JsonValue number, std::size_t) { channel.numbers.push_back(word(number)); });
    else if (auto number = word(record["number"]); !number.empty())
      channel.numbers.push_back(std::move(number));
    std::erase(channel.numbers, std::string{});
    if (text::is_digits(channel.id)) page.channels.push_back(std::move(channel));
  });
  page.total = wire::whole_number_of(root["total_number"].scalar());
  return page;
}

Result<std::vector<ChannelNumber>> read_channel_numbers(HttpResponse response) {
  auto const answer = open_answer(response, Purpose::read);
  if (!answer) return answer.error();
  std::vector<ChannelNumber> numbers;
  bool found = false;
  channel_records(answer->document.root()).for_each([&](JsonValue channel, std::size_t) {
    wire::JsonList const dids{channel["dids"]};
    found = found || dids;
    dids.for_each([&](JsonValue did, std::size_t) {
      ChannelNumber number{.id = word(did["id"])};
      did.for_each_member([&](std::string_view name, JsonValue value) {
        if (name == "id") return;
        if (auto digits = phone_digits(word(value)); !digits.empty())
          number.digits.push_back(std::move(digits));
      });
      if (text::is_digits(number.id)) numbers.push_back(std::move(number));
    });
  });
  if (!found) return protocol::no_answer(response, "expected a message channel with its numbers (dids)");
  return numbers;
}

std::string digits_of(std::string_view number) {
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits), text::is_digit);
  return digits;
}

bool sends(MessageChannel const& channel, Channel wanted) noexcept {
  return parse_channel(channel.type) == wanted;
}

std::optional<std::string> number_id(std::vector<ChannelNumber> const& numbers, std::string_view number,
                                     bool alone) {
  auto const wanted = digits_of(number);
  std::vector<std::string> ids;
  for (auto const& each : numbers)
    if (std::ranges::find(each.digits, wanted) != each.digits.end()) ids.push_back(each.id);
  if (ids.size() == 1) return ids.front();
  if (ids.empty() && alone && numbers.size() == 1) return numbers.front().id;
  return std::nullopt;
}

Sender sender_of(MessageChannel const& channel, std::string const& number, std::optional<std::string> id) {
  Sender sender{.provider = "yeastar", .id = std::move(id), .text = number};
  if (auto const kind = parse_channel(channel.type); kind != Channel::unknown) sender.channel = kind;
  if (!channel.status.empty()) sender.status.vendor_word = channel.status;
  if (channel.status == "status_connect_succ") sender.status.code = SenderStatusCode::active;
  if (channel.status == "status_connect_fail" || channel.status == "status_sub_invalid")
    sender.status.code = SenderStatusCode::blocked;
  sender.notes.push_back("channel_id " + channel.id + ": " + channel.name);
  return sender;
}

}  // namespace polycampaign::inline v1::yeastar
