// One vendor's decoders (POLYCAMPAIGN_FUZZ_VENDOR) over one answer: a value or an error that says something,
// and a value that can be written as JSON. A digit in front of the body chooses which answer it is, so that
// each input is decoded once.

#include "polycampaign/json.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/providers.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

namespace pc = polycampaign;
namespace protocol = pc::protocol;

constexpr std::string_view vendor_name = POLYCAMPAIGN_FUZZ_VENDOR;

void require(bool good) {
  if (!good) std::abort();
}

pc::Provider const& provider() {
  static pc::Provider const& found = *pc::find_provider(vendor_name);
  return found;
}

pc::Adapter const& adapter() {
  static auto const made = [] {
    pc::Settings settings;
    for (auto const& setting : provider().settings())
      if (setting.required)
        settings.emplace(setting.name,
                         setting.name == "base_url" ? "https://pbx.example.com" : "a-credential");
    auto result = provider().make_adapter(std::move(settings));
    require(result.has_value());
    return *std::move(result);
  }();
  return *made;
}

void check(pc::Error const& error) {
  require(!error.message.empty());
  require(error.message.find('\n') == std::string::npos);
}

void check(pc::Campaign const& campaign) {
  require(campaign.provider == vendor_name);
  require(campaign.notes.size() < 50);
  require(pc::to_json(campaign).find('\n') == std::string::npos);
}

void check(protocol::ListPage<pc::Campaign> const& page) {
  require(page.info.records >= static_cast<std::int64_t>(page.items.size()));
  for (auto const& campaign : page.items) check(campaign);
}

void check(std::vector<pc::Campaign> const& campaigns) {
  for (auto const& campaign : campaigns) check(campaign);
}

void check(protocol::Token const& token) {
  require(!token.access.empty());
}

void check(protocol::Done const&) {}

template <class T>
void check(pc::Result<T> const& result) {
  result ? check(*result) : check(result.error());
}

template <class T>
void check(std::optional<protocol::Exchange<T>> const& exchange, pc::HttpResponse response) {
  if (exchange) check(exchange->decode(std::move(response)));
}

protocol::Token token() {
  return {.access = pc::Secret{"an-access-token"}, .refresh = pc::Secret{"a-refresh-token"}};
}

pc::HttpResponse answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Retry-After", "3"}}, std::move(body)};
}

void decode_page(bool keep_raw, int status, std::string body) {
  protocol::ListQuery const query{.page_size = adapter().capabilities().default_page_size,
                                  .keep_raw = keep_raw};
  auto const list = adapter().list(pc::ListCampaigns{}, query);
  check(list->page(list->first)->decode(answer(status, std::move(body))));
}

// Every question of the conversation gets the same answer.
class Parrot final : public protocol::Conversation {
 public:
  explicit Parrot(std::string body) : body_{std::move(body)} {}
  pc::Result<Value> perform(protocol::Call const&, Decode decode) override {
    return decode(answer(++calls_ < 4 ? 200 : 404, body_));
  }

 private:
  std::string body_;
  int calls_ = 0;
};

void decode(char which, std::string body) {
  using Document = pc::Document;
  switch (which) {
    case '0': return check(provider().decode(Document::get, std::move(body), {}));
    case '1': return check(provider().decode(Document::list, std::move(body), {.keep_raw = true}));
    case '2': return check(provider().decode(Document::get, std::move(body), {.keep_raw = true}));
    case '3': return check(adapter().log_in(), answer(200, std::move(body)));
    case '4': return check(adapter().refresh(token()), answer(401, std::move(body)));
    case '5': return check(adapter().revoke(token()), answer(200, std::move(body)));
    case '6': return decode_page(true, 200, std::move(body));
    case '7': return decode_page(false, 422, std::move(body));
    case '8': return decode_page(false, 500, std::move(body));
    case '9': {
      Parrot conversation{std::move(body)};
      return check(adapter().call(pc::GetCampaign{.id = "18969398", .keep_raw = true}, conversation));
    }
    default: return check(provider().decode(Document::list, std::move(body), {}));
  }
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view text{reinterpret_cast<char const*>(data), size};
  char const first = text.empty() ? '\0' : text.front();
  bool const chosen = first >= '0' && first <= '9';
  if (chosen) text.remove_prefix(1);
  decode(first, std::string{text});
  return 0;
}
