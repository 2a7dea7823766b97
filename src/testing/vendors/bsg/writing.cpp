#include "testing/vendors/bsg/writing.hpp"

#include "testing/vendors/bsg/records.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using Kind = OrderReader::Kind;

std::string decimal_of(std::int64_t ten_millionths) {
  auto digits = std::to_string(ten_millionths);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  return digits.insert(digits.size() - 7, ".");
}

/// Returns the price of the messages that are sent.
Json price_of(OrderReader const& reader) {
  constexpr std::int64_t part = 527'088;  // in ten-millionths of the currency
  std::int64_t parts = 0;
  auto const& people = reader.order.recipients;
  for (std::size_t i = 0; i < people.size(); ++i)
    if (!reader.rejected.contains(i)) parts += text_parts(people[i].text.value_or(reader.order.text));
  return Json::parse(decimal_of(parts * part));
}

std::optional<Kind> kind_of(std::string_view word) {
  if (word == "send") return Kind::phones;
  if (word == "send-groups") return Kind::groups;
  if (word == "send-individual") return Kind::individual;
  return std::nullopt;
}

}  // namespace

std::optional<HttpResponse> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path[1] == "accounts" && path.size() == 3 && path[2] == "balance" && request.method == "GET")
    return balance();
  if (path[1] == "senders" && path.size() == 2 && request.method == "GET") return senders(target);
  if (path[1] != "campaigns") return std::nullopt;
  if (path.size() == 4 && path[3] == "stop" && (request.method == "PATCH" || request.method == "PUT"))
    return stop(path[2]);
  auto const kind = path.size() == 3 && path[2] == "price" ? Kind::price
                    : path.size() == 4 && path[2] == "sms" ? kind_of(path[3])
                                                           : std::nullopt;
  if (!kind || request.method != "POST") return std::nullopt;
  if (auto refusal = repeats_.check(request, target)) return *std::move(refusal);
  auto const body = json_body(request);
  return kind == Kind::price ? price(body) : send(body, *kind);
}

HttpResponse Writing::one(Json record) const {
  if (simulator_.is("data", "bare")) return json_answer(200, record.dump());
  return json_answer(200, Json{{"data", std::move(record)}}.dump());
}

HttpResponse Writing::send(Json const& body, Kind kind) {
  OrderReader reader{simulator_, contacts_, body, kind};
  if (auto refusal = reader.read()) return *std::move(refusal);
  auto price = price_of(reader);
  auto& order = reader.order;
  order.status = simulator_.is("moderation", "on") ? StatusCode::moderation
                 : order.scheduled                 ? StatusCode::scheduled
                                                   : StatusCode::queued;
  auto& account = simulator_.account();
  auto const id = account.create(std::move(order), simulator_.now(), simulator_.request_number()).id;
  account.change(id, [&](SimulatedCampaign& campaign) {
    for (auto const index : reader.rejected) {
      campaign.outcomes[index] = 'f';
      --campaign.counters.pending;
      ++campaign.counters.failed;
    }
  });
  auto const& made = *simulator_.find(id);
  auto record = brief_record(made, simulator_, false);
  if (simulator_.is("create_id", "absent")) record.erase("id");
  // "usually: done", although nothing has been sent yet
  if (simulator_.is("create_status", "done")) record["status"] = "done";
  record["calculated_price"] = std::move(price);
  record["currency"] = made.currency;
  return one(std::move(record));
}

std::optional<HttpResponse> Writing::stop(std::string_view id) {
  auto const* const campaign = whole_number(id) ? simulator_.find(id) : nullptr;
  if (campaign == nullptr) return std::nullopt;
  using enum StatusCode;
  auto const status = campaign->status;
  bool const page = simulator_.is("stoppable", "page");
  bool const stoppable = status == scheduled || status == sending || status == paused ||
                         (page ? status == queued : status == moderation);
  if (!stoppable) return refused("Invalid campaign status");
  simulator_.account().enter(id, canceled, simulator_.now());
  auto record = brief_record(*simulator_.find(id), simulator_, false);
  if (simulator_.is("stop_answer", "creation")) record["status"] = "creation";
  return one(std::move(record));
}

HttpResponse Writing::price(Json const& body) const {
  OrderReader reader{simulator_, contacts_, body, Kind::price};
  if (auto refusal = reader.read()) return *std::move(refusal);
  Json answer{{"price", price_of(reader)}, {"currency", "USD"}};
  if (simulator_.is("price_answer", "null")) answer = {{"price", nullptr}, {"currency", nullptr}};
  if (simulator_.is("price_answer", "wrapped")) answer = {{"data", answer}};
  return json_answer(200, answer.dump());
}

HttpResponse Writing::balance() const {
  constexpr std::int64_t owed = -50'250;
  auto const thousandths = simulator_.is("balance", "negative") ? owed : simulator_.account().balance;
  auto const whole = std::to_string(std::abs(thousandths / 1000));
  auto const cents = std::to_string(1000 + std::abs(thousandths % 1000)).substr(1, 2);
  auto const amount = (thousandths < 0 ? "-" : "") + whole + '.' + cents;
  return json_answer(
      200, Json{{"data", {{"balance", Json::parse(amount)}, {"currency", "EUR"}, {"credit", 125}}}}.dump());
}

HttpResponse Writing::senders(RequestTarget const& target) const {
  auto const type = target.parameter("type");
  if (type != "sms" && type != "viber") {
    Complaints complaints;
    complaints.add("type", "The value you selected is not a valid choice.");
    return complaints.answer();
  }
  auto items = Json::array();
  auto const& all = simulator_.account().senders;
  for (std::size_t i = 0; i < all.size() && type == "sms"; ++i)
    items.push_back({{"id", i == 0 ? Json{} : Json(i)},
                     {"status", i == 0   ? "active"
                                : i == 1 ? "registering"
                                         : "blocked"},
                     {"country", i == 1 ? Json("UA") : Json{}},
                     {"sender", all[i].text},
                     {"created_at", "2024-04-03 12:14:49"},
                     {"is_default", i == 0}});
  auto const total = items.size();
  return json_answer(200, Json{{"data", std::move(items)}, {"total", total}}.dump());
}

}  // namespace polycampaign::inline v1::testing::bsg
