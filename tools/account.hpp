#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/providers.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// A setting's value as an account names it: the text itself, or where it is read from when it is needed.
class SettingValue {
 public:
  [[nodiscard]] static SettingValue of_text(Secret text);
  [[nodiscard]] static SettingValue of_env(std::string variable);
  [[nodiscard]] static SettingValue of_file(std::string path);

  /// Missing (`Secret::problem`) when the variable or the file is.
  [[nodiscard]] Secret read() const;
  /// `set`, `env BSG_API_KEY (not set)`, `file /run/secrets/smsup (readable)`: never the value.
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

/// One `[accounts.NAME]`. Settings are in the order of the file.
struct Account {
  std::string name{};
  Provider const* provider = nullptr;
  std::vector<AccountSetting> settings{};
  bool allow_plain_http = false;
  /// `least_rate` to `most_rate`. Absent, as `in_flight`: what the vendor documents.
  std::optional<double> requests_per_second{};
  std::optional<int> in_flight{};  ///< 1 to `most_in_flight`

  [[nodiscard]] SettingValue const* find(std::string_view setting) const noexcept;
};

/// Keys that the accounts of every provider have, whatever its settings are: `provider`, `base_url`, ...
[[nodiscard]] std::vector<std::string_view> account_keys();
/// Whether the key is for the command itself, so that no vendor can have a setting of that name.
[[nodiscard]] bool is_commands_own(std::string_view key) noexcept;

/// Never more on the average than `requests_per_second`, and at most one percent less. A whole number of
/// requests is held in any second; others are spread over periods that are as short as that allows.
[[nodiscard]] RequestRate rate_of(double requests_per_second) noexcept;

/// The account's client; no request is made. Errors: `configuration`, naming the setting, and the variable or
/// the file that its value comes from.
[[nodiscard]] Result<std::unique_ptr<CampaignClient>> connect(Account const& account, LogSink log);

/// The accounts to use: all, or the named ones in the order of the file. The pointers live as long as
/// `accounts`. Errors: `invalid_argument` for an unknown name, with the nearest known one.
[[nodiscard]] Result<std::vector<Account const*>> choose(std::vector<Account> const& accounts,
                                                         std::vector<std::string> const& names);

}  // namespace polycampaign::inline v1::command
