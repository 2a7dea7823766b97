#include "payload.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace payload {
namespace {

/// splitmix64: the same values for the same campaign, whatever the page.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed * 0x9E3779B97F4A7C15ULL + 1} {}
  std::uint64_t operator()(std::uint64_t below) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return (z ^ (z >> 31U)) % below;
  }

 private:
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 12> words{"Special", "offer",  "today", "only",  "buy", "one",
                                                 "get",     "second", "half",  "price", "in",  "shop"};
constexpr std::array<std::string_view, 8> json_foreign{"\\u00e9t\\u00e9",
                                                       "caf\\u00e9",
                                                       "\\\"now\\\"",
                                                       "gr\\u00f6\\u00dfe",
                                                       "line\\none",
                                                       "https:\\/\\/s.example\\/x",
                                                       "\\u0441\\u0435\\u0433\\u043e",
                                                       "na\\u00efve"};
constexpr std::array<std::string_view, 8> xml_foreign{
    "été", "café", "&quot;now&quot;", "größe", "line&#10;one", "https://s.example/x", "сегодня", "a &amp; b"};

std::string text_of(Random& random, std::array<std::string_view, 8> const& foreign) {
  std::string text;
  bool const with_foreign = random(100) < 35;
  auto const length = 60 + random(240);
  while (text.size() < length) {
    if (!text.empty()) text += ' ';
    text += with_foreign && random(5) == 0 ? foreign[random(foreign.size())] : words[random(words.size())];
  }
  return text;
}

std::string wall(std::uint64_t seed) {
  Random random{seed};
  std::array<char, 80> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "202%d-%02d-%02d %02d:%02d:%02d", static_cast<int>(random(6)),
                static_cast<int>(random(12)) + 1, static_cast<int>(random(28)) + 1,
                static_cast<int>(random(24)), static_cast<int>(random(60)), static_cast<int>(random(60)));
  return buffer.data();
}

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

}

std::string yeastar_page(std::size_t first, std::size_t count, std::size_t total) {
  std::string body = R"({"errcode":0,"errmsg":"SUCCESS","total_number":)" + number(total) + R"(,"list":[)";
  for (std::size_t i = first; i < first + count && i < total; ++i) {
    Random random{total - i};
    auto const messages = 1 + random(1000);
    if (i != first) body += ',';
    body += R"({"id":)" + number(total - i) + R"(,"name":"Campaign number )" + number(random(100000)) +
            R"( of the season","status":")" + (random(8) == 0 ? "executing" : "completed") +
            R"(","channel_type":"sms","channel_name":"SMS channel","sender":"+1410)" +
            number(1000000 + random(9000000)) +
            R"(","recipient_type":"phonebook","recipient_name":"VIP_Contacts_)" + number(random(50)) +
            R"(","recipient_num_type":"business_number","send_type":"immediately","send_time":)" +
            number(1700000000 + random(50000000)) + R"(,"send_mode":"direct","result_count":")" +
            number(random(messages)) + '/' + number(messages) + R"(","response_rate":")" +
            number(random(100)) + R"(%"})";
  }
  return body += "]}";
}

std::string bsg_page(std::size_t first, std::size_t count, std::size_t total) {
  std::string body = R"({"data":[)";
  for (std::size_t i = first; i < first + count && i < total; ++i) {
    Random random{total - i};
    auto const sent = 1 + random(5000);
    auto const time = wall(random(1000000));
    if (i != first) body += ',';
    body += R"({"id":)" + number(50000000 + total - i) + R"(,"name":"SMS api campaign / )" + time +
            R"(","sender":"BRAND)" + number(random(90)) +
            R"(","status":"done","message_type":"sms","start_at":")" + time + R"(","real_start_at":")" +
            time + R"(","finished_at":")" + wall(random(1000000)) + R"(","created_at":")" + time +
            R"(","statistics":{"delivered":)" + number(random(sent)) + R"(,"sent":)" + number(sent) + "}}";
  }
  return body += R"(],"meta":{"page":{"total":)" + number(total) + R"(,"limit":)" + number(count) +
                 R"(,"offset":)" + number(first) + "}}}";
}

std::string smsup_page(std::size_t first, std::size_t count, std::size_t total) {
  std::string body = R"({"status":1,"message":"OK","campaigns":[)";
  for (std::size_t i = first; i < first + count && i < total; ++i) {
    Random random{total - i};
    auto const recipients = 1 + random(5000);
    auto const delivered = random(recipients + 1);
    auto const time = wall(random(1000000));
    if (i != first) body += ',';
    body += R"({"id":")" + number(18000000 + total - i) + R"(","sender":"BRAND)" + number(random(90)) +
            R"(","text":")" + text_of(random, json_foreign) + R"(","creation_date":")" + time +
            R"(","date":")" + time + R"(","cost":")" + number(recipients) + R"(","lists":[)";
    for (auto lists = random(3), l = std::uint64_t{0}; l < lists; ++l)
      body += std::string{l == 0 ? "" : ","} + R"({"id":"5a0331bffc5886074551ce)" + number(10 + random(90)) +
              R"("})";
    body += R"(],"status":"Sent","delivery_rate":")" + number(delivered * 100 / recipients) +
            R"(","delivered":")" + number(delivered) + R"(","error":"0","expired":")" +
            number(recipients - delivered) + R"(","network_error":"0","stop":")" + number(random(9)) +
            R"(","npai":"0","total":")" + number(recipients) + R"("})";
  }
  return body += R"(],"totalRecords":)" + number(total) + R"(,"totalDisplayRecords":)" + number(total) + "}";
}

std::string smsup_page_xml(std::size_t first, std::size_t count) {
  std::string body =
      R"(<?xml version="1.0" encoding="UTF-8" ?><response><status>1</status><message>OK</message>)";
  for (std::size_t i = first; i < first + count; ++i) {
    Random random{i + 7};
    auto const recipients = 1 + random(5000);
    auto const delivered = random(recipients + 1);
    auto const time = wall(random(1000000));
    body += "<campaign><id>" + number(18000000 + i) + "</id><sender>BRAND" + number(random(90)) +
            "</sender><text>" + text_of(random, xml_foreign) + "</text><creation_date>" + time +
            "</creation_date><date>" + time + "</date><cost>" + number(recipients) + "</cost>";
    for (auto lists = random(3), l = std::uint64_t{0}; l < lists; ++l)
      body += "<lists><id>" + number(10000 + random(90000)) + "</id></lists>";
    body += "<delivery_rate>" + number(delivered * 100 / recipients) + "</delivery_rate><delivered>" +
            number(delivered) + "</delivered><error>0</error><expired>" + number(recipients - delivered) +
            "</expired><network_error>0</network_error><stop>" + number(random(9)) +
            "</stop><npai>0</npai><total>" + number(recipients) + "</total></campaign>";
  }
  return body += "</response>";
}

std::string smsup_campaign(std::size_t recipients) {
  return R"({"status":1,"message":"OK","campaigns":[{"id":"18000001","sender":"BRAND7","text":"Special offer",)"
         R"("creation_date":"2026-02-01 08:00:00","date":"2026-02-01 08:00:00","status":"Sent","total":")" +
         number(recipients) + R"("}]})";
}

std::string smsup_messages(std::size_t first, std::size_t count, std::size_t total) {
  std::string body = R"({"status":1,"message":"OK","messages":[)";
  for (std::size_t i = first; i < first + count && i < total; ++i) {
    Random random{i + 1};
    if (i != first) body += ',';
    body +=
        R"({"campaign_id":18000001,"client_id":50529,"client_message_id":"","contact_list_id":"","message":")" +
        text_of(random, json_foreign) +
        R"(","message_length":160,"cost":1,"country":"FR","destination":"336)" + number(10000000 + i) +
        R"(","message_id":)" + number(700000000 + i) +
        R"(,"sender":"BRAND7","date":"2026-02-01 08:00:00","dlr_date":"2026-02-01 08:00:07",)"
        R"("status":"DELIVERED","status_details":"DELIVERED","type":"sms_mt"})";
  }
  return body += R"(],"totalRecords":)" + number(total) + R"(,"totalDisplayRecords":)" + number(total) + "}";
}

}
