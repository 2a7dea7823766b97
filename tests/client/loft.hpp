#pragma once

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/protocol/adapter.hpp>
#include <polycampaign/protocol/http_error.hpp>
#include <polycampaign/testing/scripted_transport.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A fictional vendor with messages, replies, opt-outs and lists of recipients. Its responses are lines of
/// text, so that a test can write them without a parser. A page begins with `expected=N doubt next=TOKEN`
/// (each can be absent), and each further line is a record: `campaign|id|status|number|seconds|text`, where
/// `-` is absent. The answer to an addition is `list added duplicates invalid note`.
class Loft final : public AdapterBase<Loft> {
 public:
  explicit Loft(std::int64_t numbers_of_a_request = 3) {
    capabilities_.provider = "loft";
    capabilities_.operations = operations;
    capabilities_.min_page_size = 1;
    capabilities_.max_page_size = 100;
    capabilities_.default_page_size = 100;
    capabilities_.lists.numbers = {.most = numbers_of_a_request, .evidence = "Lists"};
  }

  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}

  Result<protocol::Listing<Message>> pages(ListMessages const& list, protocol::ListQuery const&) const {
    return listing<Message>("messages", list.campaign, [](Fields const& fields) {
      Message message{.id = fields.text(1), .provider = "loft", .campaign = fields.word(0)};
      message.status.code = parse_message_status_code(fields.text(2)).value_or(MessageStatusCode::unknown);
      message.number = fields.word(3);
      return message;
    });
  }
  Result<protocol::Listing<Reply>> pages(ListReplies const& list, protocol::ListQuery const&) const {
    return listing<Reply>("replies", list.campaign, &words<Reply>);
  }
  Result<protocol::Listing<OptOut>> pages(ListOptOuts const& list, protocol::ListQuery const&) const {
    return listing<OptOut>("opt_outs", list.campaign, &words<OptOut>);
  }
  Result<ListAddition> run(CreateRecipientList const& create, protocol::Conversation& conversation) const {
    return add("create_list", "/lists", create.numbers, conversation);
  }
  Result<ListAddition> run(AddRecipients const& add_to, protocol::Conversation& conversation) const {
    return add("add_to_list", "/lists/" + add_to.list, add_to.numbers, conversation);
  }

 private:
  static constexpr OperationSupport operations[] = {
      {ListMessages::operation, Support::native, "Messages"},
      {ListReplies::operation, Support::native, "Replies"},
      {ListOptOuts::operation, Support::native, "Opt-outs"},
      {CreateRecipientList::operation, Support::native, "Lists"},
      {AddRecipients::operation, Support::native, "Lists"}};

  /// One line, split at `|`.
  struct Fields {
    explicit Fields(std::string const& line) {
      std::istringstream in{line};
      for (std::string field; std::getline(in, field, '|');) all.push_back(field);
    }
    std::string text(std::size_t which) const {
      return which < all.size() && all[which] != "-" ? all[which] : std::string{};
    }
    std::optional<std::string> word(std::size_t which) const {
      auto field = text(which);
      return field.empty() ? std::nullopt : std::optional{std::move(field)};
    }
    std::vector<std::string> all{};
  };

  template <class Item>
  static Item words(Fields const& fields) {
    Item item{.id = fields.text(1), .provider = "loft", .campaign = fields.word(0)};
    item.number = fields.word(3);
    if (auto const at = fields.word(4))
      item.at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{std::stoll(*at)}}};
    item.text = fields.word(5);
    return item;
  }

  template <class Item>
  protocol::Listing<Item> listing(std::string_view name, std::string const& campaign,
                                  std::function<Item(Fields const&)> read) const {
    using Page = protocol::ListPage<Item>;
    return {
        .page = [name, read, url = endpoint_.base_url + "/" + std::string{name} + "/" + campaign + "?after="](
                    protocol::PageKey const& key) -> Result<protocol::Exchange<Page>> {
          return protocol::Exchange<Page>{
              {.request = {.url = url + key.token, .action = Action::read}, .operation = name},
              [read](HttpResponse const& response) -> Result<Page> {
                if (auto error = protocol::http_error(response, "")) return *std::move(error);
                Page page;
                std::istringstream lines{response.body};
                std::string line;
                std::getline(lines, line);
                std::istringstream head{line};
                for (std::string word; head >> word;) {
                  if (word.starts_with("expected=")) page.info.expected = std::stoll(word.substr(9));
                  if (word == "doubt") page.info.expected_doubt = "Old messages are deleted.";
                  if (word.starts_with("next=")) page.info.next_token = word.substr(5);
                }
                while (std::getline(lines, line)) {
                  ++page.info.records;
                  page.items.push_back(read(Fields{line}));
                }
                return page;
              }};
        },
        .ahead = [](protocol::PageKey const& key, protocol::PageInfo const& info,
                    std::size_t most) -> std::vector<protocol::PageKey> {
          if (info.next_token.empty() || most == 0) return {};
          auto next = key;
          next.token = info.next_token;
          return {next};
        }};
  }

  Result<ListAddition> add(std::string_view operation, std::string const& path,
                           std::vector<std::string> const& numbers,
                           protocol::Conversation& conversation) const {
    std::string body;
    for (auto const& number : numbers) body += number + '\n';
    return conversation.run(protocol::Exchange<ListAddition>{
        {.request =
             {.method = "POST", .url = endpoint_.base_url + path, .body = body, .action = Action::write},
         .operation = operation},
        [](HttpResponse const& response) -> Result<ListAddition> {
          if (auto error = protocol::http_error(response, "")) return *std::move(error);
          std::istringstream in{response.body};
          ListAddition addition{.provider = "loft"};
          std::string list;
          std::string note;
          std::string counts[3];
          in >> list >> counts[0] >> counts[1] >> counts[2];
          auto const count = [](std::string const& text) {
            return text.empty() || text == "-" ? Count{} : Count{std::stoll(text)};
          };
          if (list != "-") addition.list.id = list;
          addition.added = count(counts[0]);
          addition.duplicates = count(counts[1]);
          addition.invalid = count(counts[2]);
          if (std::getline(in >> std::ws, note) && !note.empty()) addition.notes.push_back(note);
          return addition;
        }});
  }

  protocol::Endpoint endpoint_ = protocol::parse_endpoint("https://loft.example").value();
  Capabilities capabilities_{};
};

/// A client of Loft, and the transport that answers it.
struct LoftClient {
  explicit LoftClient(std::int64_t numbers_of_a_request = 3) {
    client = make_client(std::shared_ptr<Adapter const>{std::make_shared<Loft>(numbers_of_a_request)},
                         {.retry = RetryPolicy::none(), .transport = transport})
                 .value();
  }

  std::shared_ptr<testing::ScriptedTransport> transport = std::make_shared<testing::ScriptedTransport>();
  std::unique_ptr<CampaignClient> client{};
};

}  // namespace polycampaign::test
