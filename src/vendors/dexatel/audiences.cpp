#include "vendors/dexatel/audiences.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/http_error.hpp"

#include "vendors/dexatel/answers.hpp"
#include "vendors/dexatel/bodies.hpp"
#include "vendors/dexatel/next_page.hpp"
#include "vendors/dexatel/outcomes.hpp"
#include "vendors/dexatel/requests.hpp"
#include "wire/recipient_lists.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::dexatel {

using protocol::Exchange;

namespace {

constexpr std::string_view too_many_contacts = "1308";
constexpr std::size_t fewest_contacts = 10;
/// More requests for one audience are not made: a conversation is no way to upload a large list.
constexpr std::size_t most_small_requests = 1000;

void write_contacts(wire::JsonWriter& json, Numbers numbers) {
  json.name("contacts").open('[');
  for (auto const number : numbers) json.open('{').name("number").value(number).close('}');
  json.close(']');
}

void read_audience_record(wire::JsonValue record, RecipientList& list, wire::Notes& notes) {
  static constexpr wire::ClockRule utc{};
  list.id = wire::read_word(record["id"].scalar(), "id", notes);
  list.name = wire::read_text(record["name"].scalar(), "name", notes);
  list.size = wire::read_count(record["contacts_count"].scalar(), "contacts_count", notes);
  list.created_at = wire::read_time(record["create_date"].scalar(), utc, "create_date", notes);
  auto const channel = protocol::read_channel(record["channel"].scalar(), "channel", notes);
  if (channel && *channel != Channel::sms && *channel != Channel::unknown)
    notes.add({"only campaigns on the channel ", to_string(*channel), " can be sent to it"});
}

wire::RecipientLists read_audience_records(wire::JsonDocument const& document, bool is_page) {
  auto const root = document.root();
  bool const bare = !root["data"] && root["id"];
  wire::JsonList const records{bare ? root : root["data"],
                               wire::Campaigns::most(dexatel::capabilities().max_page_size)};
  if (!records) return {.fault = "expected an audience or a list of audiences under data"};
  wire::RecordTexts texts{document, bare ? std::string_view{} : "data", records};
  return wire::read_recipient_lists(records, texts, dexatel::capabilities().max_page_size, is_page,
                                    &read_audience_record);
}

Result<RecipientList> read_audience(HttpResponse response, std::string_view id) {
  auto const document = open_answer(response, Action::read);
  if (!document) return document.error();
  auto lists = read_audience_records(*document, false);
  if (!lists.fault.empty()) return protocol::no_answer(response, std::string{lists.fault});
  return wire::only(std::move(lists.items), id, response.status);
}

Result<RecipientList> read_new_audience(HttpResponse response) {
  auto const document = open_answer(response, Action::write);
  if (!document) return document.error();
  auto lists = read_audience_records(*document, false);
  if (lists.items.size() != 1 || !is_id(lists.items.front().id.value_or("")))
    return protocol::unreadable(response, "expected an audience with an id under data");
  return std::move(lists.items.front());
}

}  // namespace

Result<protocol::ListPage<RecipientList>> read_audiences(HttpResponse response, protocol::Url const& base) {
  auto const document = open_answer(response, Action::read);
  if (!document) return document.error();
  auto lists = read_audience_records(*document, true);
  if (!lists.fault.empty()) return protocol::no_answer(response, std::string{lists.fault});
  protocol::ListPage<RecipientList> page;
  page.info.records = lists.sent;
  page.items = std::move(lists.items);
  read_pagination(document->root(), base, audiences_path, response.status, page.info);
  return page;
}

bool AudienceRequests::takes_fewer(Error const& error, std::size_t contacts) noexcept {
  bool const fewer =
      error.vendor_code == too_many_contacts && error.effect == Effect::none && contacts > fewest_contacts;
  if (fewer) most_ = fewest_contacts;
  return fewer;
}

std::string AudienceRequests::url(std::string_view audience, std::string_view rest) const {
  auto url = endpoint_.base_url + std::string{audiences_path};
  if (!audience.empty()) url.append("/").append(protocol::escape(audience)).append(rest);
  return url;
}

Result<RecipientList> AudienceRequests::create_once(std::string_view name, Channel channel, Numbers numbers) {
  return conversation_.run([&] {
    auto json = open_data(numbers.size() * 32 + 256);
    json.name("name").value(name).name("channel").value(channel_word(channel));
    if (!numbers.empty()) write_contacts(json, numbers);
    auto call = with_body(call_of(operation_, url({})), "POST", Action::write, close_data(json));
    call.preparation = prepares_;
    return Exchange<RecipientList>{
        std::move(call), protocol::discreet<RecipientList>({std::string{name}}, &read_new_audience)};
  });
}

Result<RecipientList> AudienceRequests::create(std::string_view name, Channel channel, Numbers numbers) {
  auto const some = [&] { return numbers.first(std::min(numbers.size(), most_)); };
  auto list = create_once(name, channel, some());
  if (list || !takes_fewer(list.error(), some().size())) return list;
  if (numbers.size() > most_ * most_small_requests)
    return protocol::failure(ErrorCode::unsupported,
                             "recipients: Dexatel takes 10 contacts a request for this account; create an "
                             "audience first and send to it");
  return create_once(name, channel, some());
}

Result<protocol::Done> AudienceRequests::add(std::string_view audience, Numbers numbers) {
  return conversation_.run([&] {
    auto json = open_data(numbers.size() * 32 + 64);
    write_contacts(json, numbers);
    auto call =
        with_body(call_of(operation_, url(audience, "/contacts")), "POST", Action::write, close_data(json));
    call.preparation = prepares_;
    return Exchange<protocol::Done>{std::move(call), &read_added};
  });
}

Result<RecipientList> AudienceRequests::read(std::string_view audience) {
  return conversation_.run(Exchange<RecipientList>{call_of(operation_, url(audience)),
                                                   [id = std::string{audience}](HttpResponse response) {
                                                     return read_audience(std::move(response), id);
                                                   }});
}

Result<protocol::Done> AudienceRequests::remove(std::string_view audience) {
  auto call = call_of(operation_, url(audience));
  call.request.method = "DELETE";
  call.request.action = Action::write;
  return conversation_.run(Exchange<protocol::Done>{std::move(call), &read_deleted});
}

}  // namespace polycampaign::inline v1::dexatel
