#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/providers.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// The value of a setting as an account gives it: the text itself, or where to read it from when it is
/// needed.
class SettingValue {
 public:
  [[nodiscard]] static SettingValue of_text(Secret text);
  [[nodiscard]] static SettingValue of_env(std::string variable);
  [[nodiscard]] static SettingValue of_file(std::string path);

  /// Returns the value. It is missing (`Secret::problem`) if the variable or the file is missing.
  [[nodiscard]] Secret read() const;
  /// Returns a description without the value: `set`, `env BSG_API_KEY (not set)`, `file /run/secrets/smsup
  /// (readable)`.
  [[nodiscard]] std::string describe() const;

 private:
  enum class Origin {
    text,
    env,
    file
  };
  SettingValue(Origin origin, Secret text, std::string name)
      : origin_{origin}, text_{std::move(text)}, name_{std::move(name)} {}
  Origin origin_;
  Secret text_;
  std::string name_;
};

struct AccountSetting {
  std::string name{};
  SettingValue value;
};

inline constexpr double least_rate = 0.001;
inline constexpr double most_rate = 10'000;
inline constexpr int most_in_flight = 1'000;

/// One `[accounts.NAME]`. The settings are in the order of the file.
struct Account {
  std::string name{};
  Provider const* provider = nullptr;
  std::vector<AccountSetting> settings{};
  bool allow_plain_http = false;
  /// From `least_rate` to `most_rate`. If this or `in_flight` is absent, the limit that the vendor documents
  /// applies.
  std::optional<double> requests_per_second{};
  std::optional<int> in_flight{};  ///< from 1 to `most_in_flight`

  [[nodiscard]] SettingValue const* find(std::string_view setting) const noexcept;
};

/// Returns the keys that accounts of every provider can have, whatever its settings are: `provider`,
/// `base_url`, ...
[[nodiscard]] std::vector<std::string_view> account_keys();
/// Returns whether the key is the command's own, so that no vendor can have a setting with that name.
[[nodiscard]] bool is_commands_own(std::string_view key) noexcept;

/// Returns a rate whose average is never above `requests_per_second`, and at most one percent below it. A
/// whole number is the limit in any second. Any other rate is spread over periods that are as short as
/// possible.
[[nodiscard]] RequestRate rate_of(double requests_per_second) noexcept;

/// Makes a client for the account, without a request. Errors: `configuration`, which names the setting, and
/// the variable or file that its value comes from.
[[nodiscard]] Result<std::unique_ptr<CampaignClient>> connect(Account const& account, LogSink log);

/// Returns the accounts to use: all of them, or the named ones in the order of the file. The pointers are
/// valid as long as `accounts`. Errors: `invalid_argument` for an unknown name, with the nearest known one.
[[nodiscard]] Result<std::vector<Account const*>> choose(std::vector<Account> const& accounts,
                                                         std::vector<std::string> const& names);

}  // namespace polycampaign::inline v1::command
