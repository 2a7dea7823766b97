#pragma once

#include "polycampaign/outbox.hpp"
#include "polycampaign/testing/memory_journal.hpp"

#include "outbox/scripted_vendor.hpp"

#include <string>
#include <utility>

namespace polycampaign::test {

/// An outbox with its journal, a vendor and a clock.
struct OutboxSite {
  OutboxSite() { vendor.now = now; }

  static NewCampaign campaign(int recipients, std::string reference = {}) {
    NewCampaign campaign{.sender = "Shop", .text = "Hello"};
    campaign.reference = std::move(reference);
    for (int i = 0; i < recipients; ++i)
      campaign.recipients.push_back({.number = "+3360102" + std::to_string(1000 + i)});
    return campaign;
  }

  void pass(std::chrono::seconds time) {
    now += time;
    vendor.now = now;
  }

  OutboxOptions options() {
    return {.account = "promo", .clock = [this] { return now; }};
  }

  void lose_next_outcome() {
    journal.fail_settle({.code = ErrorCode::unavailable, .message = "the disk is full"}, false);
  }

  std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 5 / 4}};
  ScriptedVendor vendor{};
  testing::MemoryJournal journal{};
  Outbox outbox{vendor, journal, options()};
};

}  // namespace polycampaign::test
