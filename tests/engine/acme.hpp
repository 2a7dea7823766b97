#pragma once

#include "polycampaign/protocol/adapter.hpp"

#include "engine/campaign_reader.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A fictional vendor. Its responses are lines of text, so that a test can write them without a parser:
///   token:   `ACCESS REFRESH LIFETIME` (REFRESH `-`: none; LIFETIME in seconds, `-`: not reported)
///   page:    `total=N applied=N next=TOKEN stuck=WHY` (each can be absent), then one campaign per line:
///            `id|time|status|name`
///   detail:  the line of one campaign
/// A response with any status other than 200 is an error by protocol::http_error.
namespace polycampaign::test {

inline constexpr std::string_view acme_key = "acme-static-key-0815";
inline constexpr std::string_view acme_password = "acme-password-4711";

struct AcmeOptions {
  enum class Paging {
    offset,
    numbered,
    token,
    windows  ///< offset in each of three periods
  };
  Paging paging = Paging::offset;
  bool log_in = true;
  bool revoke = true;
  int max_page_size = 100;
  int prefetch = 4;
  Pacing pacing{};
  /// Replaces the supported filters. Empty: `default_filters()`.
  std::vector<FilterSupport> filters{};
  std::vector<std::string_view> sort_keys{};
};

class Acme : public AdapterBase<Acme> {
 public:
  explicit Acme(AcmeOptions options = {});

  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {acme_key, acme_password}; }
  void sign(HttpRequest& request, protocol::Token const* token) const override;
  std::optional<protocol::Exchange<protocol::Token>> log_in() const override;
  std::optional<protocol::Exchange<protocol::Token>> refresh(protocol::Token const& token) const override;
  std::optional<protocol::Exchange<protocol::Done>> revoke(protocol::Token const& token) const override;
  Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                            protocol::ListQuery const& query) const;
  Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const {
    return this->get(get.id, conversation);
  }

  // Overridden by vendors whose lists or details differ.
  virtual Result<protocol::PageKey> first(protocol::ListQuery const& query) const;
  virtual Result<protocol::Exchange<protocol::ListPage<Campaign>>> page(protocol::ListQuery const& query,
                                                                        protocol::PageKey const& key) const;
  virtual std::vector<protocol::PageKey> ahead(protocol::ListQuery const& query, protocol::PageKey const& key,
                                               protocol::PageInfo const& info, std::size_t most) const;
  virtual int windows(protocol::ListQuery const&) const;
  virtual Result<Campaign> get(std::string_view id, protocol::Conversation& conversation) const;
  virtual Result<Campaign> complete(Campaign listed, protocol::Conversation& conversation) const;

 private:
  AcmeOptions options_;
  std::vector<FilterSupport> filters_;
  Capabilities capabilities_;
  protocol::Endpoint endpoint_{.base_url = "https://acme.example"};
};

/// Returns an exchange that yields the body.
protocol::Exchange<std::string> text_exchange(Action action, std::string path = "/text",
                                              std::string_view operation = "text");

/// A transport that gets each response from a function, on the caller's thread, and remembers the requests.
class HandlerTransport final : public Transport {
 public:
  using Handler = std::function<Result<HttpResponse>(HttpRequest const&)>;
  explicit HandlerTransport(Handler handler);
  ~HandlerTransport() override;

  [[nodiscard]] std::vector<HttpRequest> requests() const;
  [[nodiscard]] std::vector<TransferOptions> options() const;
  /// Returns the number of requests whose URL contains `part`.
  [[nodiscard]] std::size_t count(std::string_view part) const;
  void start(HttpRequest request, TransferOptions options, Completion completion) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A transport that holds every request until the test answers it, on the test's thread. A canceled request
/// completes with `canceled`.
class HeldTransport final : public Transport {
 public:
  HeldTransport();
  ~HeldTransport() override;

  void start(HttpRequest request, TransferOptions options, Completion completion) override;

  /// Waits until `count` requests have been started in all. Fails the test after a generous time.
  void wait_for(std::size_t count);
  [[nodiscard]] std::size_t started() const;
  /// Returns the URLs of the requests that are neither answered nor canceled, in the order of their start.
  [[nodiscard]] std::vector<std::string> held() const;
  /// Lets the first byte of the request leave. From then on its effect is unknown.
  bool open_gate(std::string_view url_part);
  /// Answers the oldest held request whose URL contains `url_part`. Returns false if there is none.
  bool answer(std::string_view url_part, Result<HttpResponse> result);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

HttpResponse ok(std::string body);
HttpResponse status(int code, std::vector<Header> headers = {});

/// A server that keeps campaigns in memory and returns pages as the vendor does.
class AcmeServer {
 public:
  explicit AcmeServer(std::size_t campaigns = 0);

  Result<HttpResponse> operator()(HttpRequest const& request);

  std::vector<std::string> lines;  ///< newest first: `id|time|status|name`
  std::size_t cap = 1000;          ///< maximum number of campaigns per page
  bool tell_total = true;
  bool windows = false;                    ///< three parts, each a third of the lines
  std::function<void(int)> before_page{};  ///< called with the number of the list request, from 1
  int pages = 0;
};

/// Returns the line of campaign `n`: its id is `c<n>`, it is an hour older than the one before, and statuses
/// take turns.
std::string acme_line(std::size_t n);

}  // namespace polycampaign::test
