#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/yeastar.hpp"

#include "listing.hpp"
#include "vendors/conversation.hpp"
#include "vendors/yeastar/provider.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::yeastar {

using vendor_tests::answer;
using vendor_tests::data_file;
using vendor_tests::ScriptedConversation;
using vendor_tests::Turn;

inline std::string const api = "https://pbx.example.com:8088/openapi/v1.0/";

inline std::shared_ptr<Adapter const> adapter() {
  return *make_adapter({.base_url = "https://pbx.example.com:8088/",
                        .client_id = Secret{"the-id"},
                        .client_secret = Secret{"the-secret"}});
}

inline test::CampaignQuery list_query(int page_size = 100, std::string search = {}) {
  test::CampaignQuery query{.page_size = page_size};
  query.filter.search = std::move(search);
  return query;
}

/// Reads one record of a list, followed by another one.
inline Campaign listed(std::string const& record, DecodeOptions const& options = {}) {
  auto campaigns = provider().decode(
      Document::list,
      R"({"errcode":0,"errmsg":"SUCCESS","total_number":1,"list":[)" + record + R"(,{"id":"another"}]})",
      options);
  EXPECT_TRUE(campaigns) << (campaigns ? "" : campaigns.error().message) << record;
  if (!campaigns || campaigns->size() != 2) return {};
  return std::move(campaigns->front());
}

inline std::vector<std::string> notes_holding(Campaign const& campaign, std::string_view word) {
  std::vector<std::string> found;
  for (auto const& note : campaign.notes)
    if (note.find(word) != std::string::npos) found.push_back(note);
  return found;
}

}  // namespace polycampaign::inline v1::yeastar
