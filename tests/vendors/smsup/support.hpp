#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/smsup.hpp"

#include "listing.hpp"
#include "vendors/conversation.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace polycampaign::inline v1::vendor_tests {

struct Account {
  smsup::Format format = smsup::Format::json;
  std::string time_zone{};
};

inline std::shared_ptr<Adapter const> smsup_vendor(Account account = {}) {
  smsup::Config config;
  config.token = Secret{"eyJ.secret-token"};
  config.format = account.format;
  config.time_zone = std::move(account.time_zone);
  auto adapter = smsup::make_adapter(std::move(config));
  EXPECT_TRUE(adapter) << adapter.error().message;
  return *adapter;
}

inline test::CampaignQuery list_query(CampaignFilter filter = {}, int page_size = 1000,
                                      bool keep_raw = false) {
  return {.filter = std::move(filter), .page_size = page_size, .now = {}, .keep_raw = keep_raw};
}

/// Reads this response as a page of the list.
inline Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Account account = {},
                                                      bool keep_raw = false) {
  auto const adapter = smsup_vendor(std::move(account));
  auto const query = list_query({}, 1000, keep_raw);
  return test::first_page(*adapter, query)->decode(std::move(response));
}

/// Reads a list of these records, which must be a valid page.
inline std::vector<Campaign> read_records(std::string const& records, Account account = {},
                                          bool keep_raw = false) {
  auto page = read_page(answer(R"({"status":1,"message":"OK","campaigns":[)" + records + "]}"),
                        std::move(account), keep_raw);
  EXPECT_TRUE(page) << page.error().message;
  return page ? std::move(page->items) : std::vector<Campaign>{};
}

/// Reads one record that has that member besides its id.
inline Campaign read_record(std::string const& member, Account account = {}) {
  auto all = read_records(R"({"id":"1",)" + member + "}", std::move(account));
  EXPECT_EQ(all.size(), 1U) << member;
  return all.empty() ? Campaign{} : std::move(all.front());
}

/// Reads the same in XML.
inline Campaign read_xml_record(std::string const& element, Account account = {}) {
  auto page = read_page(answer("<response><status>1</status><message>OK</message><campaign><id>1</id>" +
                               element + "</campaign></response>"),
                        std::move(account));
  EXPECT_TRUE(page) << page.error().message;
  EXPECT_EQ(page ? page->items.size() : 0U, 1U) << element;
  return page && !page->items.empty() ? std::move(page->items.front()) : Campaign{};
}

inline std::chrono::sys_seconds at(std::string_view text) {
  auto const time = parse_time(text);
  EXPECT_TRUE(time) << text;
  return time ? *time : std::chrono::sys_seconds{};
}

/// Returns the published JSON sample without what is not valid JSON: comments and a missing comma.
inline std::string published_list() {
  std::string text;
  for (std::istringstream lines{data_file("smsup/campaigns_list.g2.json.txt")};;) {
    std::string line;
    if (!std::getline(lines, line)) break;
    text += line.substr(0, line.find(" //"));
    if (line.starts_with("\"npai\"")) text += ',';
    text += '\n';
  }
  return text;
}

}  // namespace polycampaign::inline v1::vendor_tests
