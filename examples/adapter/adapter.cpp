#include <polycampaign/protocol/adapter.hpp>
#include <polycampaign/protocol/change.hpp>
#include <polycampaign/protocol/detail.hpp>
#include <polycampaign/protocol/endpoint.hpp>
#include <polycampaign/protocol/failure.hpp>
#include <polycampaign/protocol/scalar.hpp>
#include <polycampaign/protocol/settings.hpp>
#include <polycampaign/protocol/url.hpp>

#include "answer.hpp"
#include "heron.hpp"
#include "lists.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace heron {
namespace {

using namespace polycampaign;
using protocol::Exchange;
using CampaignPage = protocol::ListPage<Campaign>;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

/// Returns the key of the page after one that was received, or nothing after the last page.
std::vector<PageKey> next_pages(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (info.next_token.empty() || most == 0) return {};
  auto next = key;
  next.token = info.next_token;
  return {next};
}

/// Returns the first key of a day's messages. Part 0 asks for the day; each day is a part of its own.
std::vector<PageKey> pages_of_day(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (key.part > 0) return next_pages(key, info, most);
  std::vector<std::string> complaints;
  protocol::Notes notes{complaints};
  auto const day =
      protocol::read_count({.kind = protocol::Scalar::Kind::text, .text = info.next_token}, "the day", notes);
  if (!day || most == 0) return {};
  return {{.part = 1 + *day, .size = key.size}};
}

/// Returns the body of a request. A credential from a file can contain any bytes.
std::string written(nlohmann::json const& body) {
  return body.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

class HeronAdapter final : public AdapterBase<HeronAdapter> {
 public:
  HeronAdapter(protocol::Endpoint endpoint, std::string user, Secret password, protocol::ClockRule clock)
      : endpoint_{std::move(endpoint)},
        user_{std::move(user)},
        password_{std::move(password)},
        clock_{clock} {}

  Capabilities const& capabilities() const noexcept override { return heron::capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {password_.reveal()}; }

  protocol::Loggable loggable() const noexcept override {
    static constexpr std::string_view query[] = {"count", "made"};
    static constexpr std::string_view before_id[] = {"campaigns", "groups"};
    return {.query = query, .before_id = before_id};
  }

  void sign(HttpRequest& request, Token const* token) const override {
    request.headers.push_back({"Accept", "application/json"});
    if (token != nullptr) request.headers.push_back({"X-Ticket", std::string{token->access.reveal()}});
  }

  std::optional<Exchange<Token>> log_in() const override {
    auto call = with_body("log_in", "POST", "/session", Action::idempotent_write,
                          {{"user", user_}, {"password", password_.reveal()}});
    call.authenticated = false;
    return Exchange<Token>{std::move(call), &read_ticket};
  }

  Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list, ListQuery const& query) const {
    return protocol::Listing<Campaign>{
        .first = {.size = query.page_size},
        .page = [this, list, query](PageKey const& key) { return page(list, query, key); },
        .ahead = &next_pages};
  }

  Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(get.id);
    if (!segment) return segment.error();
    return conversation.run(Exchange<Campaign>{
        call("get", "/campaigns/" + *segment),
        [id = get.id, clock = clock_, keep_raw = get.keep_raw](HttpResponse const& response) {
          return read_answer(response, clock, keep_raw).and_then([&](Answer answer) {
            return protocol::only(std::move(answer.campaigns), id, response.status);
          });
        }});
  }

  // Groups.

  Result<protocol::Listing<RecipientList>> pages(ListRecipientLists const&, ListQuery const& query) const {
    return protocol::Listing<RecipientList>{
        .first = {.size = query.page_size},
        .page = [this](PageKey const& key) -> Result<Exchange<protocol::ListPage<RecipientList>>> {
          return Exchange<protocol::ListPage<RecipientList>>{
              call("lists", "/groups" + page_query(key).text()),
              [clock = clock_](HttpResponse const& response) { return read_groups(response, clock); }};
        },
        .ahead = &next_pages};
  }

  Result<RecipientList> run(GetRecipientList const& get, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(get.id);
    if (!segment) return segment.error();
    return conversation.run(Exchange<RecipientList>{
        call("get_list", "/groups/" + *segment), [id = get.id, clock = clock_](HttpResponse const& response) {
          return read_one_group(response, clock, id);
        }});
  }

  Result<ListAddition> run(CreateRecipientList const& create, protocol::Conversation& conversation) const {
    return conversation.run([&] {
      return Exchange<ListAddition>{with_body("create_list", "POST", "/groups", Action::write,
                                              {{"title", create.name}, {"numbers", create.numbers}}),
                                    protocol::discreet<ListAddition>({create.name}, &read_addition)};
    });
  }

  Result<ListAddition> run(AddRecipients const& add, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(add.list);
    if (!segment) return segment.error();
    return conversation.run([&] {
      return Exchange<ListAddition>{with_body("add_to_list", "POST", "/groups/" + *segment + "/numbers",
                                              Action::write, {{"numbers", add.numbers}}),
                                    &read_addition};
    });
  }

  Result<void> run(DeleteRecipientList const& deletion, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(deletion.id);
    if (!segment) return segment.error();
    auto call = this->call("delete_list", "/groups/" + *segment);
    call.request.method = "DELETE";
    call.request.action = Action::write;
    // `deleted` takes any read that shows whether it is gone.
    return protocol::deleted(conversation.run(Exchange<protocol::Done>{std::move(call), &read_done}), [&] {
      return run(GetRecipientList{.id = deletion.id}, conversation).transform([](RecipientList const&) {
        return Campaign{};
      });
    });
  }

  // Messages, replies and opt-outs.

  Result<protocol::Listing<Message>> pages(ListMessages const& list, ListQuery const& query) const {
    auto const segment = protocol::path_segment(list.campaign);
    if (!segment) return segment.error();
    return protocol::Listing<Message>{
        .first = {.size = query.page_size},
        .page = [this, id = list.campaign, path = "/campaigns/" + *segment, keep_raw = query.keep_raw](
                    PageKey const& key) -> Result<Exchange<protocol::ListPage<Message>>> {
          if (key.part == 0)
            return Exchange<protocol::ListPage<Message>>{
                call("messages", path), [id, clock = clock_](HttpResponse const& response) {
                  return read_answer(response, clock, false).and_then([&](Answer answer) {
                    return protocol::only(std::move(answer.campaigns), id, response.status)
                        .transform([&](Campaign const& campaign) { return day_of(campaign, clock); });
                  });
                }};
          std::chrono::sys_days const day{std::chrono::days{key.part - 1}};
          auto parameters = page_query(key);
          parameters.add("made", protocol::format_wall(day).substr(0, 10));
          return Exchange<protocol::ListPage<Message>>{
              call("messages", "/messages" + parameters.text()),
              [clock = clock_, keep_raw](HttpResponse const& response) {
                return read_messages(response, clock, keep_raw);
              }};
        },
        .ahead = &pages_of_day};
  }

  Result<protocol::Listing<Reply>> pages(ListReplies const& list, ListQuery const&) const {
    auto const segment = protocol::path_segment(list.campaign);
    if (!segment) return segment.error();
    return only_page<Reply>("replies", "/campaigns/" + *segment + "/replies", &read_replies);
  }

  Result<protocol::Listing<OptOut>> pages(ListOptOuts const& list, ListQuery const&) const {
    auto const segment = protocol::path_segment(list.campaign);
    if (!segment) return segment.error();
    return only_page<OptOut>("opt_outs", "/campaigns/" + *segment + "/stops", &read_stops);
  }

  Result<protocol::Listing<OptOut>> pages(ListStopList const&, ListQuery const& query) const {
    return protocol::Listing<OptOut>{
        .first = {.size = query.page_size},
        .page = [this](PageKey const& key) -> Result<Exchange<protocol::ListPage<OptOut>>> {
          return Exchange<protocol::ListPage<OptOut>>{
              call("stop_list", "/stops" + page_query(key).text()),
              [clock = clock_](HttpResponse const& response) { return read_stops(response, clock); }};
        },
        .ahead = &next_pages};
  }

  // New campaigns.

  std::optional<protocol::ClockRule> start_clock() const override { return clock_; }

  Result<std::vector<std::string>> review(NewCampaign const& campaign) const override {
    for (auto const& id : campaign.lists)
      if (!protocol::numeric_id(id))
        return protocol::failure(ErrorCode::invalid_argument, "lists: the id of a group is a number");
    return std::vector<std::string>{};
  }

  Result<Submission> run(CreateCampaign const& create, protocol::Conversation& conversation) const {
    auto const& campaign = create.campaign;
    auto const made_up = "polycampaign-" + create.token;
    std::string group = campaign.lists.empty() ? "" : campaign.lists.front();
    std::string left_behind;
    if (group.empty()) {
      auto added = conversation.run([&] {
        return Exchange<std::string>{group_call(made_up, campaign), &read_group};
      });
      if (!added && added.error().effect == Effect::unknown)
        return protocol::leaving(added.error(), "Heron may have created the group " + made_up);
      if (!added) return added.error();
      group = *std::move(added);
      left_behind = "The group " + made_up + " (" + group + ") was created for it and stays at Heron";
    }
    nlohmann::json body{{"title", campaign.name.empty() ? made_up : campaign.name},
                        {"from", campaign.sender},
                        {"body", campaign.text},
                        {"group", group},
                        {"start", campaign.draft ? "draft" : "now"}};
    if (campaign.start_at) body["start"] = office_time(*campaign.start_at);
    auto submission = conversation.run(Exchange<Submission>{
        with_body("create", "POST", "/campaigns", Action::sends, body),
        protocol::discreet<Submission>(
            protocol::texts_of(campaign),
            [clock = clock_](HttpResponse const& response) { return read_submission(response, clock); })});
    if (!submission) return protocol::leaving(submission.error(), left_behind);
    if (!left_behind.empty()) submission->notes.push_back(left_behind);
    return submission;
  }

  Result<Campaign> run(UpdateCampaign const& update, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(update.id);
    if (!segment) return segment.error();
    nlohmann::json body = nlohmann::json::object();
    if (update.name) body["title"] = *update.name;
    if (update.text) body["body"] = *update.text;
    if (update.start_at) body["start"] = office_time(*update.start_at);
    // A start makes a draft reach people.
    auto const action = update.start_at ? Action::sends : Action::write;
    auto done = conversation.run(
        Exchange<protocol::Done>{with_body("update", "PUT", "/campaigns/" + *segment, action, body),
                                 protocol::discreet<protocol::Done>({update.text.value_or("")}, &read_done)});
    return protocol::changed(
        std::move(done).transform(
            [&](protocol::Done) { return Campaign{.id = update.id, .provider = "heron"}; }),
        [&] { return run(GetCampaign{.id = update.id}, conversation); },
        [&](Campaign const& campaign) {
          return (!update.name || campaign.name == *update.name) &&
                 (!update.text || campaign.text == *update.text) &&
                 (!update.start_at ||
                  (campaign.scheduled_at && campaign.scheduled_at->time == *update.start_at));
        });
  }

  Result<void> run(DeleteCampaign const& deletion, protocol::Conversation& conversation) const {
    auto const segment = protocol::path_segment(deletion.id);
    if (!segment) return segment.error();
    auto call = this->call("delete", "/campaigns/" + *segment);
    call.request.method = "DELETE";
    call.request.action = Action::write;
    return protocol::deleted(conversation.run(Exchange<protocol::Done>{std::move(call), &read_done}),
                             [&] { return run(GetCampaign{.id = deletion.id}, conversation); });
  }

 private:
  /// Returns the page of part 0: no message, but the day whose messages contain those of the campaign.
  static protocol::ListPage<Message> day_of(Campaign const& campaign, protocol::ClockRule const& clock) {
    protocol::ListPage<Message> page;
    page.info.expected = campaign.statistics.messages;
    if (campaign.created_at)
      page.info.next_token =
          std::to_string(std::chrono::floor<std::chrono::days>(clock.zone.to_wall(campaign.created_at->time))
                             .time_since_epoch()
                             .count());
    else
      page.info.next_error = protocol::failure(
          ErrorCode::protocol,
          "the campaign shows no day on which it was made, so its messages cannot be found");
    return page;
  }

  /// Returns a list that Heron sends in one piece.
  template <class Item>
  protocol::Listing<Item> only_page(
      std::string_view operation, std::string path,
      Result<protocol::ListPage<Item>> (*read)(HttpResponse const&, protocol::ClockRule const&)) const {
    return {.page = [this, operation, path = std::move(path),
                     read](PageKey const&) -> Result<Exchange<protocol::ListPage<Item>>> {
      return Exchange<protocol::ListPage<Item>>{
          call(operation, path),
          [clock = clock_, read](HttpResponse const& response) { return read(response, clock); }};
    }};
  }

  static protocol::Query page_query(PageKey const& key) {
    protocol::Query parameters;
    parameters.add("count", key.size);
    if (!key.token.empty()) parameters.add("after", key.token);
    return parameters;
  }

  /// Returns the request that uploads the recipients. Nobody is reached if it is lost.
  protocol::Call group_call(std::string const& title, NewCampaign const& campaign) const {
    nlohmann::json body{{"title", title}};
    for (auto const& recipient : campaign.recipients) body["numbers"].push_back(recipient.number);
    auto call = with_body("create", "POST", "/groups", Action::write, body);
    call.preparation = true;
    return call;
  }

  std::string office_time(std::chrono::sys_seconds time) const {
    return protocol::format_wall(clock_.zone.to_wall(time));
  }

  Result<Exchange<CampaignPage>> page(ListCampaigns const& list, ListQuery const& query,
                                      PageKey const& key) const {
    auto parameters = page_query(key);
    if (!list.filter.search.empty()) parameters.add("title", list.filter.search);
    return Exchange<CampaignPage>{
        call("list", "/campaigns" + parameters.text()),
        [clock = clock_, keep_raw = query.keep_raw](HttpResponse const& response) {
          return read_answer(response, clock, keep_raw).transform([](Answer answer) {
            CampaignPage page;
            page.info.records = answer.records;
            page.info.next_token = std::move(answer.next);
            page.info.next_error = std::move(answer.next_error);
            page.items = std::move(answer.campaigns);
            return page;
          });
        }};
  }

  protocol::Call call(std::string_view operation, std::string const& path) const {
    return {.request = {.url = endpoint_.base_url + path, .action = Action::read}, .operation = operation};
  }

  protocol::Call with_body(std::string_view operation, std::string_view method, std::string const& path,
                           Action action, nlohmann::json const& body) const {
    auto call = this->call(operation, path);
    call.request.method = method;
    call.request.action = action;
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = written(body);
    return call;
  }

  protocol::Endpoint endpoint_;
  std::string user_;
  Secret password_;
  protocol::ClockRule clock_;
};

Result<std::shared_ptr<Adapter const>> make(Config config) {
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return endpoint.error();
  if (config.user.empty()) return protocol::failure(ErrorCode::configuration, "user: is missing");
  if (auto given = protocol::check_secret("password", config.password); !given) return given.error();
  auto const clock = office_clock();
  if (!clock) return clock.error();
  return std::shared_ptr<Adapter const>{std::make_shared<HeronAdapter>(
      *std::move(endpoint), std::move(config.user), std::move(config.password), *clock)};
}

}  // namespace

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("heron", make(std::move(config)));
}

}  // namespace heron
