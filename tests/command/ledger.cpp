#include "ledger.hpp"

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/nlohmann_json.hpp"
#include "polycampaign/protocol/scalar.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/protocol/url.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

namespace {

using nlohmann::json;
using protocol::Exchange;
using protocol::member;

constexpr std::array operations{
    OperationSupport{ListRecipientLists::operation, Support::native, "Ledger: lists"},
    OperationSupport{CreateRecipientList::operation, Support::native, "Ledger: make a list"},
    OperationSupport{AddRecipients::operation, Support::native, "Ledger: add to a list"},
    OperationSupport{DeleteRecipientList::operation, Support::native, "Ledger: delete a list"},
    OperationSupport{ListMessages::operation, Support::native, "Ledger: messages"},
    OperationSupport{ListReplies::operation, Support::native, "Ledger: replies"},
    OperationSupport{ListOptOuts::operation, Support::native, "Ledger: opt-outs"},
    OperationSupport{ListStopList::operation, Support::native, "Ledger: stop list"},
};
constexpr Capabilities ledger_table{
    .provider = "ledger",
    .display_name = "Ledger",
    .operations = operations,
    .max_page_size = 1000,
    .default_page_size = 1000,
    .default_prefetch = 2,
    .lists = {.numbers = {.most = 100, .evidence = "Ledger: add to a list"},
              .name = {.most = 40, .evidence = "Ledger: make a list"},
              .least_name = 2},
    .reports = {.validity_hours = 48, .evidence = "Ledger: reports"},
};
constexpr std::array mute_operations{
    OperationSupport{ListRecipientLists::operation, Support::unsupported, "Mute has no lists"},
};
constexpr Capabilities mute_table{.provider = "mute", .display_name = "Mute", .operations = mute_operations};

constexpr std::array words{
    protocol::MessageStatusWord{"queued", MessageStatusCode::queued},
    protocol::MessageStatusWord{"delivered", MessageStatusCode::delivered},
    protocol::MessageStatusWord{"failed", MessageStatusCode::failed},
};

/// Reads what replies and opt-outs have in common.
template <class Answer>
Answer read_answer(json const& record) {
  Answer answer{.provider = "ledger"};
  protocol::Notes notes{answer.notes};
  answer.id = protocol::read_word(member(record, "id"), "id", notes).value_or("");
  answer.campaign = protocol::read_word(member(record, "campaign"), "campaign", notes);
  answer.number = protocol::read_number(member(record, "number"), "number", notes);
  answer.text = protocol::read_text(member(record, "text"), "text", notes);
  answer.at = protocol::read_time(member(record, "at"), {}, "at", notes);
  answer.reference = protocol::read_word(member(record, "reference"), "reference", notes);
  return answer;
}

template <class Item>
Item read(json const& record);
template <>
RecipientList read(json const& record) {
  RecipientList list;
  protocol::Notes notes{list.notes};
  list.id = protocol::read_word(member(record, "id"), "id", notes);
  list.name = protocol::read_text(member(record, "name"), "name", notes);
  list.size = protocol::read_count(member(record, "size"), "size", notes);
  list.created_at = protocol::read_time(member(record, "created"), {}, "created", notes);
  return list;
}
template <>
Message read(json const& record) {
  Message message{.provider = "ledger"};
  protocol::Notes notes{message.notes};
  message.id = protocol::read_word(member(record, "id"), "id", notes).value_or("");
  message.campaign = protocol::read_word(member(record, "campaign"), "campaign", notes);
  message.reference = protocol::read_word(member(record, "reference"), "reference", notes);
  message.number = protocol::read_number(member(record, "number"), "number", notes);
  message.text = protocol::read_text(member(record, "text"), "text", notes);
  message.status = protocol::read_message_status(member(record, "status"), words, "status", notes);
  message.sent_at = protocol::read_time(member(record, "sent"), {}, "sent", notes);
  message.parts = protocol::read_count(member(record, "parts"), "parts", notes);
  if (auto price = protocol::read_decimal(member(record, "price"), {}, "price", notes))
    message.cost = Cost{*std::move(price), "EUR", CostKind::billed};
  return message;
}
template <>
Reply read(json const& record) {
  return read_answer<Reply>(record);
}
template <>
OptOut read(json const& record) {
  return read_answer<OptOut>(record);
}

template <class Item>
Result<protocol::ListPage<Item>> read_page(HttpResponse const& response) {
  auto const body = json::parse(response.body, nullptr, false);
  if (response.status != 200 || !body.is_object() || !body.contains("items"))
    return protocol::no_answer(response, "a list was expected");
  protocol::ListPage<Item> page;
  for (auto const& record : body["items"]) page.items.push_back(read<Item>(record));
  page.info.records = static_cast<std::int64_t>(page.items.size());
  std::vector<std::string> ignored;
  protocol::Notes notes{ignored};
  page.info.next_token = protocol::read_word(member(body, "next"), "next", notes).value_or("");
  page.info.expected = protocol::read_count(member(body, "expected"), "expected", notes);
  page.info.expected_doubt = "The ledger may be late.";
  return page;
}

Result<ListAddition> read_addition(HttpResponse const& response) {
  auto const body = json::parse(response.body, nullptr, false);
  if (response.status != 200 || !body.is_object())
    return protocol::no_answer(response, "a list was expected", Action::write);
  ListAddition addition{.provider = "ledger"};
  protocol::Notes notes{addition.notes};
  addition.list.id = protocol::read_word(member(body, "id"), "id", notes);
  addition.added = protocol::read_count(member(body, "added"), "added", notes);
  addition.duplicates = protocol::read_count(member(body, "duplicates"), "duplicates", notes);
  addition.invalid = protocol::read_count(member(body, "invalid"), "invalid", notes);
  if (auto note = protocol::read_text(member(body, "note"), "note", notes))
    addition.notes.push_back(*std::move(note));
  return addition;
}

class LedgerAdapter final : public AdapterBase<LedgerAdapter> {
 public:
  explicit LedgerAdapter(protocol::Endpoint endpoint) : endpoint_{std::move(endpoint)} {}

  Capabilities const& capabilities() const noexcept override { return ledger_table; }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}

  Result<protocol::Listing<RecipientList>> pages(ListRecipientLists const&,
                                                 protocol::ListQuery const&) const {
    return listing<RecipientList>("lists", "/lists");
  }
  Result<protocol::Listing<Message>> pages(ListMessages const& list, protocol::ListQuery const&) const {
    return listing<Message>("messages", "/messages/" + list.campaign);
  }
  Result<protocol::Listing<Reply>> pages(ListReplies const& list, protocol::ListQuery const&) const {
    return listing<Reply>("replies", "/replies/" + list.campaign);
  }
  Result<protocol::Listing<OptOut>> pages(ListOptOuts const& list, protocol::ListQuery const&) const {
    return listing<OptOut>("opt_outs", "/opt_outs/" + list.campaign);
  }
  Result<protocol::Listing<OptOut>> pages(ListStopList const&, protocol::ListQuery const&) const {
    return listing<OptOut>("stop_list", "/stop_list");
  }

  Result<ListAddition> run(CreateRecipientList const& create, protocol::Conversation& conversation) const {
    return add("create_list", "/lists", {{"name", create.name}, {"numbers", create.numbers}}, conversation);
  }
  Result<ListAddition> run(AddRecipients const& add_to, protocol::Conversation& conversation) const {
    return add("add_to_list", "/lists/" + add_to.list, {{"numbers", add_to.numbers}}, conversation);
  }
  Result<void> run(DeleteRecipientList const& gone, protocol::Conversation& conversation) const {
    auto call = this->call("delete_list", "/lists/" + gone.id, "DELETE");
    auto const done = conversation.run(Exchange<protocol::Done>{
        std::move(call), [](HttpResponse const& response) -> Result<protocol::Done> {
          if (response.status == 200) return protocol::Done{};
          return protocol::no_answer(response, "nothing was expected", Action::write);
        }});
    if (!done) return done.error();
    return {};
  }

 private:
  template <class Item>
  Result<protocol::Listing<Item>> listing(std::string_view operation, std::string path) const {
    return protocol::Listing<Item>{
        .first = {.size = 1000},
        .page = [this, operation,
                 path](protocol::PageKey const& key) -> Result<Exchange<protocol::ListPage<Item>>> {
          auto where = path;
          if (!key.token.empty()) where += protocol::Query{}.add("after", key.token).text();
          return Exchange<protocol::ListPage<Item>>{call(operation, where, "GET"), &read_page<Item>};
        },
        .ahead =
            [](protocol::PageKey const& key, protocol::PageInfo const& info, std::size_t most) {
              std::vector<protocol::PageKey> keys;
              if (!info.next_token.empty() && most > 0)
                keys.push_back({.size = key.size, .token = info.next_token});
              return keys;
            },
        .unseen = {"pages that were lost in the fire"}};
  }

  protocol::Call call(std::string_view operation, std::string const& path, std::string_view method) const {
    return {.request = {.method = std::string{method},
                        .url = endpoint_.base_url + path,
                        .action = method == "GET" ? Action::read : Action::write},
            .operation = operation};
  }
  Result<ListAddition> add(std::string_view operation, std::string const& path, json const& body,
                           protocol::Conversation& conversation) const {
    auto call = this->call(operation, path, "POST");
    call.request.body = body.dump();
    return conversation.run(Exchange<ListAddition>{std::move(call), &read_addition});
  }

  protocol::Endpoint endpoint_;
};

class MuteAdapter final : public AdapterBase<MuteAdapter> {
 public:
  explicit MuteAdapter(protocol::Endpoint endpoint) : endpoint_{std::move(endpoint)} {}
  Capabilities const& capabilities() const noexcept override { return mute_table; }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}

 private:
  protocol::Endpoint endpoint_;
};

constexpr std::array settings{
    Setting{.name = "base_url", .required = true, .summary = "where the tests are"}};

template <class Adapter_>
Result<std::shared_ptr<Adapter const>> make(Settings given) {
  auto checked = protocol::check_settings(settings, std::move(given));
  if (!checked) return std::move(checked).error();
  auto endpoint = protocol::parse_endpoint(protocol::take_text(*checked, "base_url"));
  if (!endpoint) return std::move(endpoint).error();
  return std::shared_ptr<Adapter const>{std::make_shared<Adapter_>(*std::move(endpoint))};
}

Result<std::vector<Campaign>> decode_none(Document, std::string, DecodeOptions const&) {
  return std::vector<Campaign>{};
}

constexpr Provider ledger_entry{.name = "ledger",
                                .capabilities = []() noexcept -> Capabilities const& { return ledger_table; },
                                .settings = []() noexcept -> std::span<Setting const> { return settings; },
                                .make_adapter = &make<LedgerAdapter>,
                                .decode = &decode_none};
constexpr Provider mute_entry{.name = "mute",
                              .capabilities = []() noexcept -> Capabilities const& { return mute_table; },
                              .settings = []() noexcept -> std::span<Setting const> { return settings; },
                              .make_adapter = &make<MuteAdapter>,
                              .decode = &decode_none};

}  // namespace

Provider const& ledger() noexcept {
  return ledger_entry;
}

Provider const& mute() noexcept {
  return mute_entry;
}

}  // namespace polycampaign::test
