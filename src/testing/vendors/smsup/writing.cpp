#include "testing/vendors/smsup/writing.hpp"

#include "testing/wall_time.hpp"

#include <functional>
#include <iterator>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = Writing::Json;
using Answer = Writing::Answer;

Answer refusal(int status, char const* message, std::string details = {}) {
  return {.status = status, .message = message, .details = std::move(details), .members = Json::object()};
}

Answer unreadable(int status) {
  return refusal(status, status == -2 ? "XML error" : status == -6 ? "JSON error" : "Data error");
}

}  // namespace

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  refund_denied();
  auto const& path = target.segments;
  auto const& method = request.method;
  if (path.size() == 1 && path[0] == "credits" && method == "GET") return credits();
  if (path.size() == 1 && path[0] == "senders" && method == "GET") return senders();
  if (path.empty() || path[0] != "send") return std::nullopt;
  if (method == "DELETE" && path.size() == 2) return cancel(path[1]);
  bool const lists = path.size() > 1 && path[1] == "lists";
  auto const rest = path.size() - (lists ? 2 : 1);
  bool const simulate = rest == 1 && path.back() == "simulate";
  if (rest != 0 && !simulate) return std::nullopt;
  if (method == "POST") return post(request, lists, simulate);
  if (method == "GET" && !lists) return send(read_message(target), false, simulate);
  return std::nullopt;
}

Answer Writing::post(HttpRequest const& request, bool to_lists, bool simulate) {
  // Without a JSON content type, the service expects XML.
  bool const xml = !contains_text(request_header(request, "Content-Type").value_or(""), "json");
  Message message;
  if (auto const status = read_message(request.body, xml, message); status != 1) return unreadable(status);
  return send(std::move(message), to_lists, simulate);
}

Answer Writing::send(Message message, bool to_lists, bool simulate) {
  if (auto wrong = complaint(message); !wrong.empty()) return refusal(-7, "Data error", std::move(wrong));
  SimulatedOrder order{.sender = message.sender, .text = arriving_text(message)};
  if (!message.delay.empty()) {
    auto const wall = read_wall(message.delay);
    order.scheduled = wall ? paris_time(*wall) : std::nullopt;
    if (!order.scheduled || *order.scheduled <= simulator_.now()) return refusal(-4, "Incorrect date delay");
  }
  std::vector<SimulatedRecipient> asked;
  if (!to_lists) asked = std::move(message.recipients);
  for (auto const& id : to_lists ? message.lists : std::vector<std::string>{}) {
    auto const* const list = simulator_.account().find_list(id);
    if (list == nullptr) return refusal(-5, "Resource not found", "list not found");
    order.lists.push_back({list->id, list->name});
    asked.insert(asked.end(), list->members.begin(), list->members.end());
  }
  if (asked.empty()) return refusal(-7, "Data error", "recipients are missing");

  Removed removed;
  auto const total = static_cast<std::int64_t>(asked.size());
  order.recipients = filtered(std::move(asked), simulator_.is("stop_list", "on"), removed);
  order.filtered = removed.all();
  auto const sent = static_cast<std::int64_t>(order.recipients.size());
  auto const cost = sent * parts_of(message);
  auto& balance = simulator_.account().balance;
  if (cost * 1000 > balance) return refusal(-3, "Not enough credits");

  Answer answer;
  auto& out = answer.members;
  if (!simulate && simulator_.is("moderation", "on")) {
    answer.status = -8;
    answer.message = "Campaign under moderation";
  }
  if (!simulate) {
    auto const ticket = create(std::move(order), message, cost);
    if (simulator_.is("ticket", "present"))
      out["ticket"] = simulator_.is("ids", "int") ? Json(*whole_number(ticket)) : Json(ticket);
  } else if (simulator_.is("simulate_ticket", "present")) {
    out["ticket"] = "0";
  }
  out["cost"] = cost;
  out["credits"] = balance / 1000 - (simulate ? cost : 0);
  out["total"] = total;
  out["sent"] = sent;
  out["blacklisted"] = removed.blacklisted;
  out["duplicated"] = removed.duplicated;
  out["npai"] = removed.npai;
  out["invalid"] = removed.invalid;
  if (simulator_.is("generation", "g2"))
    for (auto const* const name : {"not_allowed", "flood", "country_limit"}) out[name] = 0;
  return answer;
}

std::string Writing::create(SimulatedOrder order, Message const& message, std::int64_t cost) {
  auto& account = simulator_.account();
  auto const now = simulator_.now();
  bool const moderated = simulator_.is("moderation", "on");
  bool const begins = !moderated && !order.scheduled;
  order.status = moderated         ? StatusCode::moderation
                 : order.scheduled ? StatusCode::scheduled
                                   : StatusCode::queued;
  auto const id = account.create(std::move(order), now, simulator_.request_number()).id;
  account.change(id, [&](SimulatedCampaign& campaign) {
    campaign.parts = static_cast<int>(parts_of(message));
    campaign.cost = std::to_string(cost);
  });
  if (begins) account.enter(id, StatusCode::sending, now);
  account.balance -= cost * 1000;
  paid_.emplace(id, cost);
  return id;
}

void Writing::refund_denied() {
  for (auto it = paid_.begin(); it != paid_.end();) {
    auto const* const campaign = simulator_.find(it->first);
    bool const denied = campaign != nullptr && campaign->status == StatusCode::rejected;
    if (denied) simulator_.account().balance += it->second * 1000;
    it = denied ? paid_.erase(it) : std::next(it);
  }
}

Answer Writing::cancel(std::string_view id) {
  using enum StatusCode;
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(-5, "Resource not found");
  bool const future = campaign->status == scheduled ||
                      (campaign->status == moderation && simulator_.is("cancel_moderated", "yes"));
  if (!future) return refusal(-7, "Data error", "the campaign is not in the future");
  auto const paid = paid_.find(id);
  auto& balance = simulator_.account().balance;
  balance += 1000 * (paid != paid_.end() ? paid->second : whole_number(campaign->cost).value_or(0));
  if (paid != paid_.end()) paid_.erase(paid);
  if (simulator_.is("canceled", "gone"))
    simulator_.account().remove(id);
  else
    simulator_.account().enter(id, canceled, simulator_.now());
  Answer answer;
  answer.members["credits"] = balance / 1000;
  return answer;
}

Answer Writing::credits() const {
  Answer answer;
  answer.members = {{"credits", std::to_string(simulator_.account().balance / 1000)}};
  // The pages of 2018 show neither a status nor how the account pays.
  if (simulator_.is("generation", "g1")) {
    answer.status = 0;
    return answer;
  }
  answer.members.update(Json{{"postpaid", "0"}, {"postpaid_limit", false}, {"unlimited", false}});
  return answer;
}

Answer Writing::senders() const {
  Answer answer;
  auto items = Json::array();
  auto const& all = simulator_.account().senders;
  for (std::size_t i = 0; i < all.size(); ++i)
    items.push_back({{"id", 100 + i},
                     {"sender", all[i].text},
                     {"status", i == 0   ? "2"
                                : i == 1 ? "0"
                                         : "-1"}});
  answer.members["senders"] = std::move(items);
  return answer;
}

}  // namespace polycampaign::inline v1::testing::smsup
