#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/postgres_journal.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/send_journal.hpp"
#include "polycampaign/sqlite_journal.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

/// What the sending program and the test that starts it must agree about.
namespace polycampaign::test {

struct OutboxCase {
  std::string_view provider{};
  std::string_view format{};  ///< of SMSUP; empty: the default
};

inline Result<std::unique_ptr<SendJournal>> open_journal(std::string const& place) {
  if (place.starts_with("postgres") || place.find("host=") != std::string::npos)
    return make_postgres_journal(place);
  return make_sqlite_journal(place);
}

inline std::chrono::sys_seconds system_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The settings of an account come from the environment, as the test put them there.
inline Settings settings_of(OutboxCase const& kind, std::string const& url) {
  Settings settings;
  for (auto const& setting : find_provider(kind.provider)->settings()) {
    auto const name = "OUTBOX_" + std::string{setting.name};
    if (auto const* const value = std::getenv(name.c_str()))
      settings.insert_or_assign(std::string{setting.name}, Secret{value});
  }
  settings.insert_or_assign("base_url", Secret{url});
  if (!kind.format.empty()) settings.insert_or_assign("format", Secret{std::string{kind.format}});
  return settings;
}

/// A key is `k` and digits.
inline std::int64_t ordinal_of(std::string_view key) {
  return std::atoll(std::string{key.substr(1)}.c_str());
}

/// Returns the two numbers to which only this key is sent.
inline std::string number_of(std::string_view key, int which) {
  return "+336" + std::to_string(10'000'000 + ordinal_of(key) * 2 + which);
}

/// Returns whether the campaign of a key has a name, so that the vendor shows no token in it.
inline bool is_named(std::string_view key) {
  return ordinal_of(key) % 4 == 3;
}

inline NewCampaign campaign_of(OutboxCase const& kind, std::string const& key) {
  NewCampaign campaign{.sender = kind.provider == "yeastar"   ? "+41 79 123 45 67"
                                 : kind.provider == "dexatel" ? "MyBrand"
                                                              : "ACME",
                       .text = "Our shop opens on Saturday at nine."};
  campaign.reference = key;
  if (is_named(key)) campaign.name = "Opening " + key;
  campaign.recipients = {{.number = number_of(key, 0)}, {.number = number_of(key, 1)}};
  return campaign;
}

}  // namespace polycampaign::test
