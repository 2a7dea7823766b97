#pragma once

#include "polycampaign/audit.hpp"
#include "polycampaign/polycampaign.hpp"
#include "polycampaign/recipient_upload.hpp"

#include "testing/smsup_account.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// The simulator of SMSUP and a client for it.
struct SmsupClient : SmsupAccount {
  explicit SmsupClient(bool xml, Switches switches = {}, std::size_t campaigns = 40, bool over_http = false)
      : SmsupAccount{campaigns, std::move(switches)} {
    ClientOptions options;
    options.retry.first_delay = std::chrono::milliseconds{0};
    options.retry.max_delay = std::chrono::milliseconds{0};
    if (over_http)
      EXPECT_TRUE(simulator->serve());
    else
      options.transport = simulator->transport();
    auto settings = simulator->settings();
    settings.insert_or_assign("format", Secret{xml ? "xml" : "json"});
    auto made = make_client(find_provider("smsup")->make_adapter(std::move(settings)), std::move(options));
    if (!made) throw std::runtime_error{to_string(made.error())};
    client = *std::move(made);
  }

  std::unique_ptr<CampaignClient> client;
};

/// How often each number and second occurs.
using Moments = std::map<std::pair<std::string, std::chrono::sys_seconds>, int>;

/// The records of a list that has `destination` and `date`, as the vendor really has them.
inline Moments moments_in(Json const& records) {
  Moments all;
  for (auto const& record : records)
    ++all[{'+' + record.at("destination").get<std::string>(),
           *testing::paris_time(*testing::read_wall(record.at("date").get<std::string>()))}];
  return all;
}

}  // namespace polycampaign::test
