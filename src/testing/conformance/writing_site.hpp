#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/testing/simulated_account.hpp"

#include "testing/conformance/deferral.hpp"
#include "testing/conformance/workbench.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// What goes wrong with one request.
struct WriteFault {
  std::string_view name{};
  bool acted = false;  ///< whether the vendor receives the request, and answers it
  /// Returns what arrives instead of the vendor's answer. Null: that answer.
  std::function<Result<HttpResponse>(HttpResponse const& answer)> instead{};
  bool ends_sessions = false;  ///< all tokens expire before the request
  bool is_last = false;        ///< whether no later request finds a connection
};

/// A request that left the client.
struct Made {
  HttpRequest request{};  ///< as sent, with the credential
  bool session = false;   ///< whether it is a login or a refresh
  std::size_t call = 0;   ///< the index of its `protocol::Call`, unless it belongs to a session
  /// Its place among the simulator's requests, from 1. 0: the vendor did not see it.
  std::int64_t number = 0;
  bool disturbed = false;  ///< whether a fault or an edit changed it
  int status = 0;          ///< of the answer that arrived; 0 if none did
  std::string body{};      ///< of that answer
  bool changed = false;    ///< whether it changed the account; only if the site watches
  bool repeats = false;    ///< whether a repetition changed the account again; only of an `idempotent_write`
};

/// What one operation did: its calls, and the requests that they became.
struct WriteRecord {
  std::mutex mutex{};
  std::vector<protocol::Call> calls{};
  std::vector<Made> made{};
  bool with_token = false;  ///< whether the last request was signed with a token
  bool keeps_calls = true;  ///< whether `calls` is filled
  std::vector<protocol::PageInfo> infos{};
  bool keeps_infos = false;  ///< whether `infos` is filled, by every page that is decoded
};

/// An account at the simulated vendor whose clock moves, and a client whose requests are recorded and can go
/// wrong. Only one operation may run at a time.
class WritingSite {
 public:
  /// How the client behaves, and what is recorded.
  struct Options {
    bool retries = false;  ///< whether requests are retried as by default, but without waits
    bool watches = false;  ///< whether to compare the account before and after each request
    /// Whether answers arrive later, on another thread. Calls are not recorded then.
    bool asynchronous = false;
  };

  /// Returns null after a finding.
  [[nodiscard]] static std::unique_ptr<WritingSite> make(Workbench& workbench, Options options);
  [[nodiscard]] static std::unique_ptr<WritingSite> make(Workbench& workbench) { return make(workbench, {}); }

  [[nodiscard]] Simulator& simulator() noexcept { return *simulator_; }
  /// The adapter itself.
  [[nodiscard]] std::shared_ptr<Adapter const> const& adapter() const noexcept { return adapter_; }
  [[nodiscard]] CampaignClient& client() noexcept { return *client_; }
  [[nodiscard]] Workbench& workbench() noexcept { return workbench_; }

  [[nodiscard]] std::chrono::sys_seconds now() const noexcept;
  void advance(std::chrono::seconds by) noexcept { *ahead_ += by.count(); }
  /// Lets everything happen that was ever planned.
  void advance_far() noexcept { advance(std::chrono::days{500}); }

  /// Forgets what was recorded. The requests that follow are counted from 0, without those of sessions.
  void begin();
  /// Lets something go wrong with one of the requests that follow.
  void disturb(std::size_t request, WriteFault fault);
  /// Passes every answer that arrives through `how`, which returns whether it changed it. Null: none.
  void edit(std::function<bool(Made const& made, HttpResponse& answer)> how);
  /// Returns the requests since `begin`, without those of sessions.
  [[nodiscard]] std::vector<Made> made() const;
  /// Returns the calls since `begin`.
  [[nodiscard]] std::vector<protocol::Call> calls() const;
  /// Returns the credentials and the tokens of this account.
  [[nodiscard]] std::vector<std::string> const& secrets() const noexcept { return secrets_; }
  /// Returns the call of a request.
  [[nodiscard]] protocol::Call call(Made const& made) const;

 private:
  class Tap;

  explicit WritingSite(Workbench& workbench) noexcept : workbench_{workbench} {}
  void start(HttpRequest request, TransferOptions options, Transport::Completion completion);
  void answer(Made made, TransferOptions options, Transport::Completion completion);
  void watch(Made& made, SimulatedAccount const& before);
  void keep_tokens(HttpResponse const& response);

  Workbench& workbench_;
  std::shared_ptr<std::atomic<std::int64_t>> ahead_ = std::make_shared<std::atomic<std::int64_t>>(0);
  std::unique_ptr<Simulator> simulator_{};
  std::shared_ptr<Transport> vendor_{};
  std::shared_ptr<Adapter const> adapter_{};
  std::shared_ptr<WriteRecord> record_ = std::make_shared<WriteRecord>();
  std::vector<std::string> secrets_{};
  bool watches_ = false;
  bool logs_in_ = false;
  std::size_t next_ = 0;
  std::optional<std::size_t> disturbed_{};
  WriteFault fault_{};
  std::function<bool(Made const&, HttpResponse&)> edit_{};
  // The client ends first, and then the thread, which uses all of the above.
  std::unique_ptr<Deferral> deferral_{};
  std::unique_ptr<CampaignClient> client_{};
};

/// Returns whether both store the same.
[[nodiscard]] bool same(SimulatedAccount const& one, SimulatedAccount const& other);

/// Returns an adapter that passes everything on to `adapter` and records the calls of its conversations, and
/// what the pages of its lists say.
[[nodiscard]] std::shared_ptr<Adapter const> watched(std::shared_ptr<Adapter const> adapter,
                                                     std::shared_ptr<WriteRecord> record);

}  // namespace polycampaign::inline v1::testing::conformance
