#include "engine/acme.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace polycampaign::test {

using namespace protocol;
using Paging = AcmeOptions::Paging;

namespace {

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    auto const end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view parameter(std::string_view text, std::string_view name) {
  auto const key = std::string{name} + '=';
  auto const at = text.find(key);
  if (at == std::string_view::npos) return {};
  auto const value = text.substr(at + key.size());
  return value.substr(0, value.find_first_of("& "));
}

Campaign campaign_of(std::string_view line) {
  auto const parts = split(line, '|');
  Campaign campaign{.id = std::string{parts[0]}, .provider = "acme"};
  if (parts.size() > 1 && !parts[1].empty())
    campaign.created_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{number(parts[1])}}};
  if (parts.size() > 2 && !parts[2].empty()) {
    campaign.status.code = parse_status_code(parts[2]).value_or(StatusCode::unknown);
    campaign.status.vendor_word = parts[2];
  }
  if (parts.size() > 3 && !parts[3].empty()) campaign.name = parts[3];
  if (parts.size() > 4 && !parts[4].empty()) campaign.text = parts[4];
  return campaign;
}

Result<ListPage<Campaign>> decode_page(HttpResponse response) {
  if (auto error = http_error(response, response.body)) return *error;
  auto lines = split(response.body, '\n');
  if (lines.empty() || (!lines[0].empty() && lines[0].find('=') == std::string_view::npos))
    return unreadable(response, "a page");
  ListPage<Campaign> page;
  if (auto const total = parameter(lines[0], "total"); !total.empty()) page.info.total = number(total);
  if (auto const size = parameter(lines[0], "applied"); !size.empty()) page.info.applied_size = number(size);
  page.info.next_token = parameter(lines[0], "next");
  if (auto const stuck = parameter(lines[0], "stuck"); !stuck.empty())
    page.info.next_error = Error{.code = ErrorCode::protocol, .message = std::string{stuck}};
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (!lines[i].empty()) page.items.push_back(campaign_of(lines[i]));
  page.info.records = static_cast<std::int64_t>(page.items.size());
  return page;
}

Result<Token> decode_token(HttpResponse response) {
  if (auto error = http_error(response, response.body)) return *error;
  auto const parts = split(response.body, ' ');
  if (parts.size() != 3) return unreadable(response, "a token");
  Token token{.access = Secret{std::string{parts[0]}}};
  if (parts[1] != "-") token.refresh = Secret{std::string{parts[1]}};
  if (parts[2] != "-") token.lifetime = std::chrono::seconds{number(parts[2])};
  return token;
}

Call acme_call(std::string method, std::string path, std::string_view operation, Action action) {
  return {.request = {.method = std::move(method),
                      .url = "https://acme.example" + std::move(path),
                      .action = action},
          .operation = operation};
}

constexpr FilterSupport default_filters[] = {
    {Filter::since, Support::emulated},         {Filter::until, Support::emulated},
    {Filter::planned_since, Support::emulated}, {Filter::statuses, Support::emulated},
    {Filter::channels, Support::emulated},      {Filter::search, Support::emulated},
    {Filter::text, Support::emulated},          {Filter::messages, Support::emulated},
};

constexpr std::string_view limitations[] = {"Campaigns of the web site."};

}  // namespace

Acme::Acme(AcmeOptions options) : options_{std::move(options)}, filters_{options_.filters} {
  if (filters_.empty()) filters_.assign(std::begin(default_filters), std::end(default_filters));
  capabilities_ = {.provider = "acme",
                   .display_name = "Acme",
                   .filters = filters_,
                   .min_page_size = 1,
                   .max_page_size = options_.max_page_size,
                   .default_page_size = options_.max_page_size,
                   .default_prefetch = options_.prefetch,
                   .pages_known_ahead = options_.paging != Paging::token,
                   .pacing = options_.pacing,
                   .limitations = limitations,
                   .sort_keys = options_.sort_keys};
}

void Acme::sign(HttpRequest& request, Token const* token) const {
  request.headers.push_back(
      {"Authorization", std::string{token != nullptr ? token->access.reveal() : acme_key}});
}

std::optional<Exchange<Token>> Acme::log_in() const {
  if (!options_.log_in) return std::nullopt;
  auto request = acme_call("POST", "/log_in", "log_in", Action::idempotent_write);
  request.authenticated = false;
  request.request.body = acme_password;
  return Exchange<Token>{std::move(request), &decode_token};
}

std::optional<Exchange<Token>> Acme::refresh(Token const& token) const {
  if (token.refresh.empty()) return std::nullopt;
  auto request = acme_call("POST", "/refresh", "refresh", Action::idempotent_write);
  request.authenticated = false;
  request.request.body = token.refresh.reveal();
  return Exchange<Token>{std::move(request), &decode_token};
}

std::optional<Exchange<Done>> Acme::revoke(Token const&) const {
  if (!options_.revoke) return std::nullopt;
  return Exchange<Done>{acme_call("POST", "/revoke", "revoke", Action::idempotent_write),
                        [](HttpResponse response) -> Result<Done> {
                          if (auto error = http_error(response)) return *error;
                          return Done{};
                        }};
}

int Acme::windows(ListQuery const&) const {
  return options_.paging == Paging::windows ? 3 : 0;
}

Result<PageKey> Acme::first(ListQuery const& query) const {
  return PageKey{.offset = options_.paging == Paging::numbered ? 1 : 0, .size = query.page_size};
}

Result<Exchange<ListPage<Campaign>>> Acme::page(ListQuery const&, PageKey const& key) const {
  auto path = "/list?part=" + std::to_string(key.part) + "&size=" + std::to_string(key.size);
  switch (options_.paging) {
    case Paging::offset:
    case Paging::windows: path += "&offset=" + std::to_string(key.offset); break;
    case Paging::numbered: path += "&page=" + std::to_string(key.offset); break;
    case Paging::token: path += "&token=" + key.token; break;
  }
  return Exchange<ListPage<Campaign>>{acme_call("GET", std::move(path), "list", Action::read), &decode_page};
}

std::vector<PageKey> Acme::ahead(ListQuery const& query, PageKey const& key, PageInfo const& info,
                                 std::size_t most) const {
  std::vector<PageKey> keys;
  auto next = key;
  switch (options_.paging) {
    case Paging::token:
      next.token = info.next_token;
      if (!next.token.empty()) keys.push_back(next);
      return keys;
    case Paging::numbered:
      if (!info.total) {
        ++next.offset;
        if (info.records == key.size) keys.push_back(next);
        return keys;
      }
      for (++next.offset; keys.size() < most && (next.offset - 1) * key.size < *info.total; ++next.offset)
        keys.push_back(next);
      return keys;
    case Paging::offset:
    case Paging::windows: break;
  }
  if (!info.total) {
    next.offset += info.records;
    if (info.records > 0) keys.push_back(next);
    return keys;
  }
  if (info.records > 0)
    for (next.offset += info.records; keys.size() < most && next.offset < *info.total;
         next.offset += info.records)
      keys.push_back(next);
  if (options_.paging == Paging::windows && keys.size() < most && next.offset >= *info.total &&
      key.part + 1 < windows(query))
    keys.push_back({.part = key.part + 1, .size = key.size});
  return keys;
}

Result<Campaign> Acme::get(std::string_view id, Conversation& conversation) const {
  return conversation.run(Exchange<Campaign>{acme_call("GET", "/get/" + std::string{id}, "get", Action::read),
                                             [](HttpResponse response) -> Result<Campaign> {
                                               if (auto error = http_error(response, response.body))
                                                 return *error;
                                               return campaign_of(response.body);
                                             }});
}

Result<Campaign> Acme::complete(Campaign listed, Conversation& conversation) const {
  auto detail = get(listed.id, conversation);
  if (detail || detail.error().code != ErrorCode::not_found) return detail;
  listed.notes.emplace_back("gone meanwhile");
  return listed;
}

Result<Listing<Campaign>> Acme::pages(ListCampaigns const&, ListQuery const& query) const {
  auto first = this->first(query);
  if (!first) return std::move(first).error();
  return Listing<Campaign>{
      .first = *std::move(first),
      .page = [this, query](PageKey const& key) { return page(query, key); },
      .ahead = [this, query](PageKey const& key, PageInfo const& info,
                             std::size_t most) { return ahead(query, key, info, most); },
      .complete = [this](Campaign listed,
                         Conversation& conversation) { return complete(std::move(listed), conversation); },
      .windows = windows(query),
      .unseen = {"Drafts of others."}};
}

Exchange<std::string> text_exchange(Action action, std::string path, std::string_view operation) {
  return {acme_call("GET", std::move(path), operation, action),
          [](HttpResponse response) -> Result<std::string> {
            if (auto error = http_error(response, response.body)) return *error;
            return std::move(response.body);
          }};
}

HttpResponse ok(std::string body) {
  return {.status = 200, .body = std::move(body)};
}

HttpResponse status(int code, std::vector<Header> headers) {
  return {.status = code, .headers = std::move(headers)};
}

// HandlerTransport

struct HandlerTransport::State {
  Handler handler;
  std::mutex mutex{};
  std::vector<HttpRequest> requests{};
  std::vector<TransferOptions> options{};
};

HandlerTransport::HandlerTransport(Handler handler) : state_{new State{.handler = std::move(handler)}} {}
HandlerTransport::~HandlerTransport() = default;

std::vector<HttpRequest> HandlerTransport::requests() const {
  std::lock_guard const lock{state_->mutex};
  return state_->requests;
}

std::vector<TransferOptions> HandlerTransport::options() const {
  std::lock_guard const lock{state_->mutex};
  return state_->options;
}

std::size_t HandlerTransport::count(std::string_view part) const {
  auto const all = requests();
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](HttpRequest const& r) { return r.url.find(part) != std::string::npos; }));
}

void HandlerTransport::start(HttpRequest request, TransferOptions options, Completion completion) {
  auto const copy = request;
  {
    std::lock_guard const lock{state_->mutex};
    state_->requests.push_back(std::move(request));
    state_->options.push_back(options);
  }
  static_cast<void>(options.gate->open(true));
  completion(state_->handler(copy));
}

// HeldTransport

struct HeldTransport::State {
  struct Held {
    std::uint64_t number;
    std::string url;
    std::shared_ptr<SendGate> gate;
    Completion completion;
    CancelToken::Registration registration;
  };
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::vector<Held> held;
  std::size_t started = 0;

  std::optional<Held> take(std::function<bool(Held const&)> const& wanted) {
    std::lock_guard const lock{mutex};
    auto const found = std::find_if(held.begin(), held.end(), wanted);
    if (found == held.end()) return std::nullopt;
    auto one = std::move(*found);
    held.erase(found);
    return one;
  }
};

HeldTransport::HeldTransport() : state_{std::make_shared<State>()} {}
HeldTransport::~HeldTransport() {
  while (auto one = state_->take([](auto const&) { return true; }))
    one->completion(Error{.code = ErrorCode::canceled, .message = "the transport was destroyed"});
}

void HeldTransport::start(HttpRequest request, TransferOptions options, Completion completion) {
  std::uint64_t number = 0;
  {
    std::lock_guard const lock{state_->mutex};
    number = ++state_->started;
    state_->held.push_back({number, request.url, options.gate, std::move(completion), {}});
  }
  auto registration = options.cancel.on_cancel([weak = std::weak_ptr{state_}, number] {
    auto const state = weak.lock();
    if (!state) return;
    auto one = state->take([&](auto const& held) { return held.number == number; });
    if (one) one->completion(Error{.code = ErrorCode::canceled, .message = "abandoned"});
  });
  {
    std::lock_guard const lock{state_->mutex};
    auto const one =
        std::ranges::find_if(state_->held, [&](auto const& held) { return held.number == number; });
    if (one != state_->held.end()) one->registration = std::move(registration);
  }
  state_->changed.notify_all();
}

void HeldTransport::wait_for(std::size_t count) {
  std::unique_lock lock{state_->mutex};
  EXPECT_TRUE(
      state_->changed.wait_for(lock, std::chrono::seconds{30}, [&] { return state_->started >= count; }))
      << "only " << state_->started << " requests were started";
}

std::size_t HeldTransport::started() const {
  std::lock_guard const lock{state_->mutex};
  return state_->started;
}

std::vector<std::string> HeldTransport::held() const {
  std::lock_guard const lock{state_->mutex};
  std::vector<std::string> urls;
  for (auto const& one : state_->held) urls.push_back(one.url);
  return urls;
}

bool HeldTransport::open_gate(std::string_view url_part) {
  std::lock_guard const lock{state_->mutex};
  for (auto const& one : state_->held)
    if (one.url.find(url_part) != std::string::npos) return one.gate->open(false);
  return false;
}

bool HeldTransport::answer(std::string_view url_part, Result<HttpResponse> result) {
  auto one = state_->take([&](auto const& held) { return held.url.find(url_part) != std::string::npos; });
  if (!one) return false;
  static_cast<void>(one->gate->open(true));
  one->completion(std::move(result));
  return true;
}

// AcmeServer

std::string acme_line(std::size_t n) {
  constexpr std::string_view statuses[] = {"completed", "sending", "draft"};
  return "c" + std::to_string(n) + "|" + std::to_string(1'700'000'000 - 3600 * static_cast<std::int64_t>(n)) +
         "|" + std::string{statuses[n % 3]} + "|Campaign " + std::to_string(n);
}

AcmeServer::AcmeServer(std::size_t campaigns) {
  for (std::size_t n = 0; n < campaigns; ++n) lines.push_back(acme_line(n));
}

Result<HttpResponse> AcmeServer::operator()(HttpRequest const& request) {
  std::string_view const url = request.url;
  if (url.find("/log_in") != url.npos || url.find("/refresh") != url.npos)
    return ok("token-1 refresh-1 3600");
  if (auto const at = url.find("/get/"); at != url.npos) {
    auto const id = std::string{url.substr(at + 5)} + '|';
    for (auto const& line : lines)
      if (line.starts_with(id)) return ok(line + "|text of " + line.substr(0, line.find('|')));
    return status(404);
  }
  if (url.find("/list") == url.npos) return ok("done");
  ++pages;
  if (before_page) before_page(pages);

  auto const size = std::min(static_cast<std::size_t>(number(parameter(url, "size"))), cap);
  auto begin = static_cast<std::size_t>(number(parameter(url, "offset")));
  auto end_of_part = lines.size();
  std::size_t start_of_part = 0;
  if (auto const page = parameter(url, "page"); !page.empty())
    begin = static_cast<std::size_t>(number(page) - 1) * size;
  if (auto const token = parameter(url, "token"); !token.empty())
    begin = static_cast<std::size_t>(number(token.substr(1)));
  if (url.find("&offset=") != url.npos && windows) {
    auto const part = static_cast<std::size_t>(number(parameter(url, "part")));
    start_of_part = lines.size() * part / 3;
    end_of_part = lines.size() * (part + 1) / 3;
  }
  begin = std::min(start_of_part + begin, end_of_part);
  auto const end = std::min(begin + size, end_of_part);
  std::string body;
  if (tell_total) body += "total=" + std::to_string(end_of_part - start_of_part);
  if (url.find("&token=") != url.npos && end < end_of_part) body += " next=t" + std::to_string(end);
  if (body.empty()) body = "page=";
  body += '\n';
  for (auto i = begin; i < end; ++i) body += lines[i] + '\n';
  return ok(std::move(body));
}

}  // namespace polycampaign::test
