#include "vendors/smsup/answers.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/capabilities.hpp"
#include "vendors/smsup/formats.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

Result<Answer> read_answer(HttpResponse response, Reading const& reading, bool is_list) {
  if (response.body.empty()) return protocol::no_answer(response, "the response is empty");
  auto answer = is_xml(response.body) ? read_xml_answer(std::move(response), reading, is_list)
                                      : read_json_answer(std::move(response), reading, is_list);
  if (!answer) answer.error().effect = Effect::none;  // of a read
  return answer;
}

}  // namespace

bool is_xml(std::string_view body) noexcept {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  return wire::trim(body).starts_with('<');
}

wire::Campaigns campaigns_of(std::size_t records, Reading const& reading) {
  return {records, capabilities(Format::json).max_page_size, reading.spare.get()};
}

Result<Answer> finished_answer(wire::Campaigns campaigns, Envelope const& envelope,
                               HttpResponse const& response, bool is_list) {
  if (auto const fault = campaigns.fault(is_list); !fault.empty())
    return protocol::no_answer(response, std::string{fault});
  Answer answer;
  answer.records = campaigns.sent();
  answer.total = envelope.total();
  answer.campaigns = campaigns.take();
  envelope.note_odd_status(answer.campaigns);
  return answer;
}

Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, protocol::PageKey const& key,
                                               Reading const& reading) {
  auto answer = read_answer(std::move(response), reading, true);
  if (!answer) return std::move(answer).error();
  protocol::ListPage<Campaign> page;
  page.items = std::move(answer->campaigns);
  page.info.records = answer->records;
  page.info.total = answer->total;
  settle(page, key);
  return page;
}

Result<std::vector<Campaign>> read_listed(HttpResponse response, Reading const& reading) {
  return read_answer(std::move(response), reading, true).transform([](Answer&& answer) {
    return std::move(answer.campaigns);
  });
}

Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading) {
  return read_answer(std::move(response), reading, false).transform([](Answer&& answer) {
    return std::move(answer.campaigns);
  });
}

Result<Campaign> read_campaign(HttpResponse response, std::string_view id, Reading const& reading) {
  auto const http_status = response.status;
  return read_campaigns(std::move(response), reading).and_then([&](std::vector<Campaign> campaigns) {
    return protocol::only(std::move(campaigns), id, http_status);
  });
}

}  // namespace polycampaign::inline v1::smsup
