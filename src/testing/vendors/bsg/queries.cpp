#include "testing/vendors/bsg/queries.hpp"

#include "testing/vendors/bsg/records.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using nlohmann::ordered_json;
using std::chrono::days;
using std::chrono::sys_seconds;

/// Returns the same day three calendar months earlier, or the last day of that month if it has no such day.
sys_seconds three_months_before(sys_seconds time) {
  auto const day = std::chrono::floor<days>(time);
  auto date = std::chrono::year_month_day{day} - std::chrono::months{3};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days{date} + (time - day);
}

/// Parses the time of a filter, which is by the account's clock. Returns nothing if it is not a time.
std::optional<sys_seconds> filter_time(std::string_view text, VendorSimulator const& simulator) {
  auto const wall = read_wall(text);
  if (!wall) return std::nullopt;
  return sys_seconds{wall->time_since_epoch()} - clock_offset(simulator);
}

}  // namespace

HttpResponse invalid(char const* field, char const* text) {
  ordered_json errors;
  errors[field] = ordered_json::array({text});
  return json_answer(
      422, ordered_json{{"message", "The given data was invalid."}, {"errors", std::move(errors)}}.dump());
}

std::optional<HttpResponse> Period::read(RequestTarget const& target, VendorSimulator const& simulator) {
  auto const now = simulator.now();
  to_ = now;
  if (auto const to = target.parameter("filter[to]")) {
    auto const time = filter_time(*to, simulator);
    if (!time) return invalid("filter[to]", "This value is not a valid datetime.");
    if (*time > now + days{30}) return invalid("filter[to]", "This value is too far in the future.");
    to_ = *time;
  }
  from_ = three_months_before(to_);
  if (auto const from = target.parameter("filter[from]")) {
    auto const time = filter_time(*from, simulator);
    if (!time) return invalid("filter[from]", "This value is not a valid datetime.");
    if (*time < from_) return invalid("filter[from]", "The period should not exceed 3 months.");
    if (*time > to_) return invalid("filter[from]", "This value should be before filter[to].");
    from_ = *time;
  }
  return std::nullopt;
}

bool Period::contains(sys_seconds time, VendorSimulator const& simulator) const {
  return time >= from_ && (time < to_ || (time == to_ && simulator.is("filter_to", "inclusive")));
}

std::optional<HttpResponse> PageWindow::read(RequestTarget const& target, VendorSimulator const& simulator) {
  constexpr std::int64_t most = 500;
  auto const first = whole_number(target.parameter("page[offset]").value_or("0"));
  if (!first || *first < 0)
    return invalid("page[offset]", "This value should be greater than or equal to 0.");
  auto const count = whole_number(target.parameter("page[limit]").value_or("50"));
  if (!count || ((*count < least || *count > most) && simulator.is("limit_outside", "refuse")))
    return invalid("page[limit]", least == 30 ? "This value should be between 30 and 500."
                                              : "This value should be between 15 and 500.");
  offset = *first;
  limit = std::min(std::clamp(*count, least, most),
                   std::max<std::int64_t>(simulator.switch_number("page_cap"), 1));
  return std::nullopt;
}

HttpResponse PageWindow::answer(ordered_json items, std::int64_t total, VendorSimulator const& simulator,
                                std::string_view total_switch) const {
  ordered_json body;
  // An empty array of PHP may become an object.
  if (items.empty() && simulator.is("empty_list", "object")) items = ordered_json::object();
  body["data"] = std::move(items);
  if (simulator.is(total_switch, "top"))
    body["total"] = total;
  else
    body["meta"]["page"] = {{"total", total}, {"limit", limit}, {"offset", offset}};
  return json_answer(200, body.dump());
}

}  // namespace polycampaign::inline v1::testing::bsg
