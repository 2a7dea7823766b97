#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/testing/conformance.hpp"

#include "testing/conformance/wiretap.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

class Workbench;
struct WriteRecord;

/// A list that was read to its end.
struct ReadList {
  std::vector<Campaign> campaigns{};
  std::optional<Error> error{};
  ListReport report{};

  [[nodiscard]] std::vector<std::string> ids() const;
};

/// One account at the simulated vendor, and a client for it.
class Site {
 public:
  [[nodiscard]] Simulator& simulator() noexcept { return *simulator_; }
  [[nodiscard]] Adapter const& adapter() const noexcept { return *adapter_; }
  [[nodiscard]] std::shared_ptr<Adapter const> const& shared_vendor() const noexcept { return adapter_; }
  [[nodiscard]] Wiretap& tap() noexcept { return *tap_; }
  [[nodiscard]] CampaignClient& client() noexcept { return *client_; }
  [[nodiscard]] Capabilities const& capabilities() const noexcept { return adapter_->capabilities(); }

  /// Makes another client with the same adapter object, without a session. Returns null after a finding.
  [[nodiscard]] std::unique_ptr<CampaignClient> another_client();
  [[nodiscard]] ReadList read_list(CampaignFilter filter, ListOptions const& options = {});
  [[nodiscard]] ReadList read_list(CampaignClient& client, CampaignFilter filter,
                                   ListOptions const& options = {});
  [[nodiscard]] Result<Campaign> get(std::string_view id, GetOptions const& options = {});
  /// Returns the filter for everything that the vendor lists without a channel. It has a lower bound if the
  /// vendor would otherwise cut the list short.
  [[nodiscard]] CampaignFilter everything() const;
  /// Returns whether the request is a login or a refresh.
  [[nodiscard]] bool of_session(HttpRequest const& request) const;
  /// Returns what the pages that were decoded since the last call say of their lists.
  [[nodiscard]] std::vector<protocol::PageInfo> take_infos();
  /// Adds what a list reports to what the library has said.
  void say(std::optional<Error> const& error, ListReport const& report, std::string_view resume_token);
  /// Returns the traffic since the last call. The tokens in it count as secrets from now on.
  [[nodiscard]] std::vector<Exchanged> traffic();

 private:
  friend class Workbench;
  explicit Site(Workbench& workbench) noexcept : workbench_{workbench} {}

  Workbench& workbench_;
  std::unique_ptr<Simulator> simulator_{};
  std::shared_ptr<Adapter const> adapter_{};
  std::shared_ptr<WriteRecord> record_{};
  std::shared_ptr<Wiretap> tap_{};
  std::unique_ptr<CampaignClient> client_{};
  std::string log_in_url_{};
  std::string refresh_url_{};
};

/// What the checks share: the adapter, the findings, and everything that the library has reported.
class Workbench {
 public:
  explicit Workbench(ConformanceOptions const& options);

  [[nodiscard]] ConformanceOptions const& options() const noexcept { return options_; }
  [[nodiscard]] Capabilities const& capabilities() const noexcept { return options_.provider.capabilities(); }
  [[nodiscard]] std::span<Setting const> settings() const noexcept { return options_.provider.settings(); }

  /// Makes a new account. `changed` replaces settings. If `campaigns` is 0, the account has `campaigns()`
  /// campaigns. Returns null after a finding.
  [[nodiscard]] std::unique_ptr<Site> site(
      std::map<std::string, std::string, std::less<>> const& changed = {}, std::size_t campaigns = 0);
  /// Returns valid settings: the simulator's and those of the options.
  [[nodiscard]] Settings good_settings(Simulator const& simulator) const;
  /// Returns null after a finding. The simulator's clock is `ahead` seconds ahead of `now`; null: it is at
  /// `now`.
  [[nodiscard]] std::unique_ptr<Simulator> simulator(
      std::size_t campaigns = 0, std::shared_ptr<std::atomic<std::int64_t>> const& ahead = nullptr);
  /// Returns the moment when the check began.
  [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return now_; }
  /// Returns a number of campaigns that fills several pages of the smallest size, and each window if the
  /// vendor's lists have windows.
  [[nodiscard]] std::size_t campaigns() const noexcept;

  void begin(std::string_view check);
  /// Adds a finding unless `good`. Returns `good`.
  bool expect(bool good, std::string_view expected, std::string seen);

  // What the library reports besides campaigns, and the secrets that must not be in it.
  void said(std::string_view text);
  void said(Error const& error);
  void said(ListReport const& report);
  void said(std::vector<std::string> const& sentences);
  void secret(std::string_view text);
  /// Adds a message text or a phone number that the library must not report.
  void personal(std::string_view text);

  [[nodiscard]] std::vector<Finding> const& findings() const noexcept { return findings_; }
  [[nodiscard]] std::string const& everything_said() const noexcept { return said_; }
  [[nodiscard]] std::vector<std::string> const& secrets() const noexcept { return secrets_; }
  [[nodiscard]] std::vector<std::string> const& personal_data() const noexcept { return personal_; }

 private:
  ConformanceOptions const& options_;
  std::chrono::sys_seconds const now_;
  std::string check_{};
  int reported_ = 0;
  std::vector<Finding> findings_{};
  std::mutex mutex_{};  // guards the three below, because events come from any thread
  std::string said_{};
  std::vector<std::string> secrets_{};
  std::vector<std::string> personal_{};
};

/// Returns `code: message`, or `a success`.
template <class T>
[[nodiscard]] std::string shown(Result<T> const& result) {
  return result ? std::string{"a success"} : to_string(result.error());
}
[[nodiscard]] std::string shown(ReadList const& read_list);
/// Returns the first few ids.
[[nodiscard]] std::string shown(std::vector<std::string> const& ids);

// The checks, by file.
void check_capabilities(Workbench& workbench);
void check_settings(Workbench& workbench);

void check_lists(Workbench& workbench);
void check_moving_lists(Workbench& workbench);
void check_resuming(Workbench& workbench);
void check_filters(Workbench& workbench);

void check_endless_lists(Workbench& workbench);
void check_odd_lists(Workbench& workbench);
void check_keys(Workbench& workbench);

void check_fields(Workbench& workbench);
void check_truth(Workbench& workbench);
void check_details(Workbench& workbench);
void check_members(Workbench& workbench);
void check_other_lists(Workbench& workbench);
void check_other_records(Workbench& workbench);
void check_recipient_lists(Workbench& workbench);
void check_ids(Workbench& workbench);
void check_raw(Workbench& workbench);
void check_decode(Workbench& workbench);

// What changes something at the vendor. These checks do nothing for operations that the adapter does not
// have.
void check_writing_claims(Workbench& workbench);
void check_creating(Workbench& workbench);
void check_start_times(Workbench& workbench);
void check_new_ids(Workbench& workbench);
void check_new_names(Workbench& workbench);
void check_changing(Workbench& workbench);
void check_account(Workbench& workbench);
void check_new_lists(Workbench& workbench);
void check_writing_actions(Workbench& workbench);
void check_asynchronous_writing(Workbench& workbench);
void check_writing_faults(Workbench& workbench);
void check_writing_input(Workbench& workbench);
void check_writing_privacy(Workbench& workbench);

void check_credentials(Workbench& workbench);
void check_secrets(Workbench& workbench);
void check_sessions(Workbench& workbench);
void check_actions(Workbench& workbench);
void check_damage(Workbench& workbench);
void check_threads(Workbench& workbench);
void check_privacy(Workbench& workbench);

}  // namespace polycampaign::inline v1::testing::conformance
