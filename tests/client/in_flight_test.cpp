#include "polycampaign/campaign_client.hpp"

#include "engine/acme.hpp"
#include "transport/behaviour_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace polycampaign::test {
namespace {

using loopback::BehaviourServer;
using loopback::Event;
using loopback::Peer;

/// The invented vendor's lists, on this machine.
class Near final : public AdapterBase<Near> {
 public:
  explicit Near(std::string base_url)
      : endpoint_{.base_url = std::move(base_url), .https = false, .loopback = true} {}
  Capabilities const& capabilities() const noexcept override { return acme_.capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return acme_.secrets(); }
  void sign(HttpRequest& request, protocol::Token const* token) const override { acme_.sign(request, token); }
  Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                            protocol::ListQuery const& query) const {
    auto listing = acme_.pages(list, query);
    if (listing)
      listing->page = [this, page = listing->page](protocol::PageKey const& key) {
        auto exchange = page(key);
        auto& url = exchange->call.request.url;
        url.replace(0, acme_.endpoint().base_url.size(), endpoint_.base_url);
        return exchange;
      };
    return listing;
  }

 private:
  Acme acme_{{.log_in = false, .max_page_size = 1}};
  protocol::Endpoint endpoint_;
};

/// Answers first pages, and those behind them only when so many have come: with fewer connections they never
/// do.
class PatientServer {
 public:
  PatientServer(int expected, std::string total) : expected_{expected}, total_{std::move(total)} {}

  [[nodiscard]] std::unique_ptr<CampaignClient> client(Pacing pacing) const {
    std::shared_ptr<Adapter const> const adapter = std::make_shared<Near>(server_.url(""));
    auto made = make_client(adapter, {.pacing = pacing});
    EXPECT_TRUE(made) << to_string(made.error());
    return *std::move(made);
  }
  [[nodiscard]] bool await_all() { return all_.wait(); }

 private:
  void serve(Peer& peer) {
    while (auto const request = peer.read()) {
      auto const at = request->line.find("offset=") + 7;
      auto const offset = request->line.substr(at, request->line.find(' ', at) - at);
      if (offset != "0") {
        if (++here_ == expected_) all_.set();
        if (!all_.wait()) {
          ADD_FAILURE() << "only " << here_ << " came";
          return;
        }
      }
      peer.write(loopback::ok("total=" + total_ + "\nc" + offset));
    }
  }

  int const expected_;
  std::string const total_;
  Event all_;
  std::atomic<int> here_{0};
  BehaviourServer server_{[this](Peer& peer) { serve(peer); }};
};

TEST(InFlight, SixteenPagesAheadAreOnTheirWayAtOnceByDefault) {
  PatientServer server{16, "17"};
  auto const campaigns = server.client({})->list({}, {.prefetch = 16}).collect();
  ASSERT_TRUE(campaigns) << to_string(campaigns.error());
  EXPECT_EQ(campaigns->size(), 17U);
}

TEST(InFlight, ConnectionsAreAsManyAsMayBeInFlight) {
  PatientServer server{20, "40"};
  auto const client = server.client({.in_flight = 20});
  auto one = client->list({}, {.prefetch = 16});
  auto other = client->list({}, {.prefetch = 16});
  EXPECT_TRUE(one.next_page());
  EXPECT_TRUE(other.next_page());
  EXPECT_TRUE(server.await_all());
}

}  // namespace
}  // namespace polycampaign::test
