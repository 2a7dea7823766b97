// Forged page keys: anybody can write a resume token, and with it the keys inside.
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

bool is_url_character(char c) {
  return c > ' ' && c < '\x7F' && std::string_view{"\"<>\\^`{|}#"}.find(c) == std::string_view::npos;
}

/// Returns whether the URL, without its query, is the address of the list or below it.
bool within(std::string_view url, std::string_view list) {
  auto const own = list.substr(0, list.find('?'));
  auto const path = url.substr(0, url.find('?'));
  if (!path.starts_with(own)) return false;
  auto const below = path.substr(own.size());
  return below.empty() || (below.front() == '/' && below.find("..") == std::string_view::npos);
}

std::vector<protocol::PageKey> forged_keys(protocol::PageKey const& good) {
  std::vector<protocol::PageKey> keys;
  auto const add = [&](auto const& change) {
    auto key = good;
    change(key);
    keys.push_back(std::move(key));
  };
  // within the limits that the library enforces
  for (auto const share : {0, 1, 2}) {
    auto const part = protocol::max_list_parts / 2 * share;
    auto const offset = protocol::max_list_records / 2 * share;
    auto const records = protocol::max_page_records / 2 * share;
    add([&](auto& key) { key.part = part; });
    add([&](auto& key) { key.offset = offset; });
    add([&](auto& key) { key.size = records; });
    add([&](auto& key) { key.overlap = records; });
    add([&](auto& key) {
      key.part = part;
      key.offset = offset;
      key.size = records;
    });
  }
  for (auto const* const token :
       {"https://elsewhere.example.com/steal", "//elsewhere.example.com/", "@elsewhere.example.com",
        "/../../other", "a&b=c", "x#y", "two words", "line\r\nX-Forged: 1", "caf\xC3\xA9", "\x01"})
    add([&](auto& key) { key.token = token; });
  add([](auto& key) { key.token = std::string(protocol::max_token_bytes, 'x'); });
  return keys;
}

std::string shown_key(protocol::PageKey const& key) {
  return "part " + std::to_string(key.part) + ", offset " + std::to_string(key.offset) + ", size " +
         std::to_string(key.size) + ", overlap " + std::to_string(key.overlap) + ", token \"" +
         key.token.substr(0, 60) + '"';
}

/// Checks the keys of a list of anything else. Its parts can have different addresses.
template <class Op>
void try_other_keys(Workbench& workbench, Site& site) {
  if constexpr (ListOperation<Op> && !std::is_same_v<Op, ListCampaigns>) {
    if (!site.adapter().has(Op::operation)) return;
    Op op{};
    if constexpr (requires { op.campaign; }) {
      auto const ids = site.simulator().campaign_ids();
      if (ids.empty()) return;
      op.campaign = ids.front();
    }
    auto const name = " in the list `" + std::string{Op::operation.name} + '`';
    auto const list =
        site.adapter().list(op, {.page_size = site.capabilities().min_page_size, .now = workbench.now()});
    if (!workbench.expect(list.has_value(), "a list" + name, conformance::shown(list))) return;
    auto const base = site.adapter().endpoint().base_url + '/';
    for (auto const& key : forged_keys(list->first)) {
      auto const where = " for the page key " + shown_key(key) + name;
      auto const page = list->page(key);
      if (!page) {
        workbench.expect(page.error().code == ErrorCode::invalid_argument, "`invalid_argument`" + where,
                         to_string(page.error()));
        continue;
      }
      auto const& request = page->call.request;
      auto const path = request.url.substr(0, request.url.find('?'));
      workbench.expect(path.starts_with(base) && path.find("..") == std::string::npos,
                       "a URL below base_url" + where, request.url);
      workbench.expect(std::ranges::all_of(request.url, is_url_character), "an escaped URL" + where,
                       request.url);
      workbench.expect(request.action == Action::read, "a request that is declared `read`" + where,
                       request.url);
      // Whatever the request is, reading its response must do no harm.
      static_cast<void>(page->decode({.status = 200, .body = "{}"}));
      if (list->ahead)
        static_cast<void>(list->ahead(key, {.records = 1, .total = 1000, .next_token = key.token}, 4));
    }
  }
}

template <class... Ops>
void try_keys_of(Workbench& workbench, Site& site, OperationList<Ops...>) {
  (try_other_keys<Ops>(workbench, site), ...);
}

}  // namespace

void check_keys(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const& adapter = site->adapter();
  auto const& c = site->capabilities();
  auto const truths = site->simulator().campaigns();
  protocol::ListQuery query{.page_size = c.min_page_size};
  for (auto const& truth : truths) query.now = std::max(query.now, truth.created + std::chrono::hours{3});
  auto const list = adapter.list(ListCampaigns{site->everything()}, query);
  if (!workbench.expect(list.has_value(), "a list of all campaigns", conformance::shown(list))) return;
  auto const first = list->page(list->first);
  if (!workbench.expect(first.has_value(), "a request for the first page", conformance::shown(first))) return;
  auto const& healthy = first->call.request;
  for (auto const& key : forged_keys(list->first)) {
    auto const where = " for the page key " + shown_key(key);
    auto const page = list->page(key);
    if (!page) {
      workbench.expect(page.error().code == ErrorCode::invalid_argument, "`invalid_argument`" + where,
                       to_string(page.error()));
      continue;
    }
    auto const& request = page->call.request;
    workbench.expect(within(request.url, healthy.url), "the URL of the list" + where, request.url);
    workbench.expect(std::ranges::all_of(request.url, is_url_character), "an escaped URL" + where,
                     request.url);
    workbench.expect(request.method == healthy.method && request.action == healthy.action &&
                         request.headers.size() == healthy.headers.size(),
                     "a list request" + where, request.method + ' ' + request.url);
    // Whatever the request is, reading its response must do no harm.
    static_cast<void>(page->decode({.status = 200, .body = "{}"}));
    if (list->ahead)
      static_cast<void>(list->ahead(key, {.records = 1, .total = 1000, .next_token = key.token}, 4));
  }

  try_keys_of(workbench, *site, Operations{});

  // tokens that the library itself refuses
  auto pager = site->client().list(site->everything(), {.page_size = c.min_page_size});
  static_cast<void>(pager.next_page());
  auto const token = pager.resume_token();
  static_cast<void>(site->traffic());
  std::vector<std::string> forged{"forged", token + token, token.substr(0, token.size() / 2)};
  // The last letter stays as it is: some of its bits may have no meaning.
  for (std::size_t i = 0; i + 1 < token.size(); i += 7) {
    forged.push_back(token);
    forged.back()[i] = token[i] == 'A' ? 'B' : 'A';
  }
  for (auto const& text : forged) {
    if (text == token || token.empty()) continue;
    auto const read_list = site->read_list(site->client(), site->everything(),
                                           {.page_size = c.min_page_size, .resume_token = text});
    auto const requests = site->traffic().size();
    workbench.expect(read_list.error && read_list.error->code == ErrorCode::invalid_argument && requests == 0,
                     "`invalid_argument` and no request for a modified resume token",
                     conformance::shown(read_list) + ", " + std::to_string(requests) + " requests");
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
