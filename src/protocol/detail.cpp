#include "polycampaign/protocol/detail.hpp"

#include "polycampaign/capabilities.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

template <class T>
void keep(T& detail, T& listed) {
  if (!detail) detail = std::move(listed);
}

template <class T>
void keep(std::vector<T>& detail, std::vector<T>& listed) {
  if (detail.empty()) detail = std::move(listed);
}

void keep_statistics(Statistics& detail, Statistics& listed) {
  for (auto const& [field, counter] : all_counters()) keep(detail.*counter, listed.*counter);
  keep(detail.vendor_counters, listed.vendor_counters);
  keep(detail.reported_rates, listed.reported_rates);
}

}  // namespace

Result<std::string_view> numeric_id(std::string_view id) {
  if (!text::is_digits(id))
    return failure(ErrorCode::invalid_argument, "an id of this vendor must consist of digits only");
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size() - 1));
  return id;
}

Result<std::string> path_segment(std::string_view id) {
  if (id.empty()) return failure(ErrorCode::invalid_argument, "the id is empty");
  if (id == "." || id == "..") return failure(ErrorCode::invalid_argument, "the id must not be . or ..");
  return escape(id);
}

Result<Campaign> only(std::vector<Campaign> answered, std::string_view id, int http_status) {
  auto const by_id = std::ranges::find(answered, id, &Campaign::id);
  if (by_id != answered.end()) return std::move(*by_id);
  if (answered.size() == 1 && answered.front().id.empty()) {
    answered.front().id = id;
    return std::move(answered.front());
  }
  auto error = answered.empty()
                   ? failure(ErrorCode::not_found, "the vendor has no campaign with this id")
                   : failure(ErrorCode::protocol, "the vendor returned a different campaign than requested");
  error.http_status = http_status;
  return error;
}

Campaign merged(Campaign listed, Campaign detail) {
  keep(detail.name, listed.name);
  keep(detail.sender, listed.sender);
  keep(detail.text, listed.text);
  keep(detail.channel, listed.channel);
  if (!detail.status.vendor_word) detail.status = std::move(listed.status);
  keep(detail.created_at, listed.created_at);
  keep(detail.scheduled_at, listed.scheduled_at);
  keep(detail.started_at, listed.started_at);
  keep(detail.finished_at, listed.finished_at);
  keep(detail.updated_at, listed.updated_at);
  keep_statistics(detail.statistics, listed.statistics);
  keep(detail.cost, listed.cost);
  keep(detail.recipient_lists, listed.recipient_lists);
  for (auto& note : detail.notes)
    if (std::ranges::find(listed.notes, note) == listed.notes.end()) listed.notes.push_back(std::move(note));
  detail.notes = std::move(listed.notes);
  keep(detail.raw_record, listed.raw_record);
  return detail;
}

Result<Campaign> completed(Campaign listed, Result<Campaign> detail) {
  if (detail) return merged(std::move(listed), *std::move(detail));
  if (detail.error().code != ErrorCode::not_found) return detail;
  listed.notes.emplace_back("no detail: the campaign was deleted in the meantime");
  return listed;
}

}  // namespace polycampaign::inline v1::protocol
