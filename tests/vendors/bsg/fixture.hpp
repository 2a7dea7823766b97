#pragma once

#include "polycampaign/bsg.hpp"
#include "polycampaign/protocol/adapter.hpp"

#include "listing.hpp"
#include "vendors/bsg/provider.hpp"
#include "vendors/conversation.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::bsg {

using vendor_tests::answer;
using vendor_tests::data_file;
using vendor_tests::ScriptedConversation;
using vendor_tests::Turn;

inline std::string const host = "https://one-api.bsg.world";

inline std::shared_ptr<Adapter const> adapter(std::string time_zone = {}) {
  auto made = make_adapter({.api_key = Secret{"live_key"}, .time_zone = std::move(time_zone)});
  EXPECT_TRUE(made);
  return *made;
}

inline std::chrono::sys_seconds at(std::string_view rfc3339) {
  return *parse_time(rfc3339);
}

inline test::CampaignQuery list_query() {
  return {.filter = {}, .page_size = 500, .now = at("2024-06-30T12:00:00Z")};
}

/// Returns the pages of any list. They keep the adapter.
template <class Op>
protocol::Listing<typename Op::Item> opened(Op op, std::string time_zone = {}, bool keep_raw = false) {
  auto of = adapter(std::move(time_zone));
  auto list =
      of->list(std::move(op), {.page_size = 500, .now = at("2024-06-30T12:00:00Z"), .keep_raw = keep_raw});
  EXPECT_TRUE(list) << (list ? "" : list.error().message);
  if (!list) return {};
  list->page = [of = std::move(of), page = std::move(list->page)](protocol::PageKey const& key) {
    return page(key);
  };
  return *std::move(list);
}

/// Reads one record of a list, followed by another one.
inline Campaign listed(std::string const& record, DecodeOptions const& options = {}) {
  auto campaigns = provider().decode(
      Document::list,
      R"({"data":[)" + record + R"(,{"id":"another"}],"meta":{"page":{"total":1,"limit":500,"offset":0}}})",
      options);
  EXPECT_TRUE(campaigns) << (campaigns ? "" : campaigns.error().message) << record;
  if (!campaigns || campaigns->size() != 2) return {};
  return std::move(campaigns->front());
}

/// Reads the record of a get.
inline Campaign got(std::string const& record, DecodeOptions const& options = {}) {
  auto campaigns = provider().decode(Document::get, R"({"data":)" + record + "}", options);
  EXPECT_TRUE(campaigns) << (campaigns ? "" : campaigns.error().message) << record;
  if (!campaigns || campaigns->size() != 1) return {};
  return std::move(campaigns->front());
}

inline std::vector<std::string> notes_holding(Campaign const& campaign, std::string_view word) {
  std::vector<std::string> found;
  for (auto const& note : campaign.notes)
    if (note.find(word) != std::string::npos) found.push_back(note);
  return found;
}

}  // namespace polycampaign::inline v1::bsg
