#include "polycampaign/testing/simulator.hpp"

#include "testing/common_switches.hpp"
#include "testing/configuration_error.hpp"
#include "testing/loopback_server.hpp"
#include "testing/vendors.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

/// Accepts a limited number of requests in any second.
class RateLimit {
 public:
  /// Returns the refusal of a request that arrives now, or nothing if it is accepted.
  std::optional<HttpResponse> refuse(VendorSimulator const& vendor) {
    auto const allowed = vendor.switch_number("rate_limit");
    if (allowed == 0) return std::nullopt;
    auto const now = vendor.options().clock ? vendor.now().time_since_epoch()
                                            : std::chrono::steady_clock::now().time_since_epoch();
    auto const quiet = now - std::exchange(last_, now) >= second;
    while (!passed_.empty() && passed_.front() <= now - second) passed_.pop_front();
    if ((!blocked_ || quiet) && static_cast<std::int64_t>(passed_.size()) < allowed) {
      blocked_ = false;
      passed_.push_back(now);
      return std::nullopt;
    }
    blocked_ = vendor.is("rate_limit_answer", "quiet");
    auto response = html_answer(429, "429 Too Many Requests");
    if (vendor.is("rate_limit_answer", "retry_after")) response.headers.push_back({"Retry-After", "1"});
    return response;
  }

 private:
  using Span = std::chrono::nanoseconds;
  static constexpr Span second = std::chrono::seconds{1};

  std::deque<Span> passed_{};  // times of the requests in the last second
  Span last_{};                // time of the last request
  bool blocked_ = false;       // until a second passes without a request
};

}  // namespace

/// Owned by the public object, and shared with the in-process transports.
struct Simulator::Shared {
  std::string provider{};
  std::uint16_t port = 0;
  mutable std::mutex mutex{};  ///< guards everything below except the server
  std::unique_ptr<VendorSimulator> vendor{};
  std::vector<std::string> log{};
  std::int64_t seen = 0;  ///< number of requests, for `fault_every`
  std::deque<std::pair<std::string, SimulatedFault>> faults{};
  RateLimit limit{};
  std::mutex server_mutex{};
  std::unique_ptr<LoopbackServer> server{};

  [[nodiscard]] HttpResponse handle(HttpRequest const& request);
};

namespace {

Result<void> check(SimulatedVendor const& vendor) {
  auto const well_formed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  std::string const name{vendor.name};
  if (name.empty() || !std::ranges::all_of(name, well_formed))
    return configuration_error(
        "a simulated vendor's name must consist of lowercase letters, digits, - and _; it must not be '" +
        name + "'");
  if (!vendor.make || !vendor.switches)
    return configuration_error("the simulated vendor '" + name + "' lacks one of its functions");
  auto const all = switches_of(vendor);
  for (auto item = all.begin(); item != all.end(); ++item)
    if (std::find_if(std::next(item), all.end(),
                     [&](auto const& other) { return other.name == item->name; }) != all.end())
      return configuration_error("the simulated vendor '" + name + "' has more than one switch '" +
                                 std::string{item->name} + "'");
  return {};
}

/// Returns `METHOD path?query`, with the values of credentials in the query masked.
std::string log_line(HttpRequest const& request, VendorSimulator const& vendor) {
  std::string_view url = request.url;
  if (auto const scheme = url.find("://"); scheme != std::string_view::npos && scheme < url.find('?'))
    url.remove_prefix(std::min(url.find_first_of("/?", scheme + 3), url.size()));
  auto const mark = std::min(url.find('?'), url.size());
  auto line = request.method + ' ' + std::string{url.substr(0, mark)};
  for (auto rest = url.substr(mark); !rest.empty();) {
    auto const end = std::min(rest.find('&', 1), rest.size());
    auto const pair = rest.substr(0, end);
    auto const equals = std::min(pair.find('='), pair.size());
    auto const masked = equals != pair.size() && vendor.is_credential(pair.substr(1, equals - 1));
    line += masked ? std::string{pair.substr(0, equals)} + "=***" : std::string{pair};
    rest.remove_prefix(end);
  }
  return line;
}

HttpResponse answer_of(VendorSimulator& vendor, HttpRequest const& request) {
  try {
    return vendor.answer(request, parse_target(request.url));
  } catch (std::exception const& error) {
    return text_answer(500, "text/plain", std::string{"the simulator failed: "} + error.what());
  }
}

/// Returns what a client sees of a request with which something goes wrong.
HttpResponse fail(VendorSimulator& vendor, HttpRequest const& request, SimulatedFault fault) {
  switch (fault) {
    case SimulatedFault::refused: return {.status = no_response};
    case SimulatedFault::unavailable: return html_answer(502, "502 Bad Gateway");
    case SimulatedFault::rate_limited: {
      auto response = html_answer(429, "429 Too Many Requests");
      response.headers.push_back({"Retry-After", "0"});
      return response;
    }
    default: break;
  }
  auto response = answer_of(vendor, request);
  if (fault == SimulatedFault::lost) return {.status = no_response, .body = "lost"};
  if (fault == SimulatedFault::replaced) return html_answer(502, "502 Bad Gateway");
  if (fault == SimulatedFault::timed_out) return html_answer(504, "504 Gateway Time-out");
  response.body.resize(response.body.size() / 2);
  return response;
}

class InProcessTransport final : public Transport {
 public:
  explicit InProcessTransport(std::shared_ptr<Simulator::Shared> shared) : shared_{std::move(shared)} {}

  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    if (options.cancel.canceled() || (options.gate && !options.gate->open(false)))
      return completion(
          Error{.code = ErrorCode::canceled, .message = "canceled before the request was sent"});
    if (!request_header(request, "User-Agent"))  // as every HTTP client adds one
      request.headers.push_back({"User-Agent", "polycampaign-testing"});
    auto response = shared_->handle(request);
    if (response.status == no_response)
      return completion(Error{.code = ErrorCode::network,
                              .effect = response.body.empty() ? Effect::none : Effect::unknown,
                              .transient = true,
                              .message = response.body.empty() ? "the connection was refused"
                                                               : "the connection ended without an answer"});
    completion(std::move(response));
  }

 private:
  std::shared_ptr<Simulator::Shared> shared_;
};

}  // namespace

HttpResponse Simulator::Shared::handle(HttpRequest const& request) {
  std::lock_guard const lock{mutex};
  log.push_back(log_line(request, *vendor));
  vendor->advance();
  vendor->begin_request(static_cast<std::int64_t>(log.size()));
  auto const planned = std::ranges::find_if(
      faults, [&](auto const& each) { return log.back().find(each.first) != std::string::npos; });
  if (planned != faults.end()) {
    auto const kind = planned->second;
    faults.erase(planned);
    return fail(*vendor, request, kind);
  }
  if (auto refusal = limit.refuse(*vendor)) return *std::move(refusal);
  auto const every = std::max<std::int64_t>(vendor->switch_number("fault_every"), 1);
  auto const fault = ++seen % every == 0 ? vendor->switch_value("fault") : "none";
  if (fault == "html502") return html_answer(502, "502 Bad Gateway");
  if (fault == "http500") return text_answer(500, "text/plain", "");
  if (fault == "http429") return html_answer(429, "429 Too Many Requests");
  if (fault == "http429_retry_after") {
    auto response = html_answer(429, "429 Too Many Requests");
    response.headers.push_back({"Retry-After", "1"});
    return response;
  }
  auto response = answer_of(*vendor, request);
  if (fault == "truncated") response.body.resize(response.body.size() / 2);
  if (fault == "html502_after") return html_answer(502, "502 Bad Gateway");
  if (fault == "lost") return {.status = no_response, .body = "lost"};
  return response;
}

Simulator::Simulator(std::shared_ptr<Shared> shared) : shared_{std::move(shared)} {}

Simulator::~Simulator() {
  std::lock_guard const lock{shared_->server_mutex};
  shared_->server.reset();
}

std::span<SimulatedVendor const> simulated_vendors() noexcept {
#define POLYCAMPAIGN_SIMULATED(vendor) vendor::simulated(),
  static SimulatedVendor const all[] = {POLYCAMPAIGN_EACH_VENDOR(POLYCAMPAIGN_SIMULATED)};
#undef POLYCAMPAIGN_SIMULATED
  return all;
}

SimulatedVendor const* find_simulated_vendor(std::string_view name) noexcept {
  auto const all = simulated_vendors();
  auto const found = std::ranges::find(all, name, &SimulatedVendor::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<Switch> switches_of(SimulatedVendor const& vendor) {
  return with_common(vendor.switches());
}

Result<std::unique_ptr<Simulator>> Simulator::create(SimulatorOptions options) {
  if (auto const* const vendor = find_simulated_vendor(options.provider))
    return create(*vendor, std::move(options));
  return configuration_error("there is no simulator for '" + options.provider + "'");
}

Result<std::unique_ptr<Simulator>> Simulator::create(SimulatedVendor const& vendor,
                                                     SimulatorOptions options) {
  if (auto checked = check(vendor); !checked) return std::move(checked).error();
  options.provider = vendor.name;
  auto shared = std::make_shared<Shared>();
  shared->provider = options.provider;
  shared->port = options.port;
  auto const wanted = options.switches;
  shared->vendor = vendor.make(std::move(options));
  if (!shared->vendor)
    return configuration_error("the simulated vendor '" + shared->provider +
                               "' could not be created: its make function returned null");
  for (auto const& [name, value] : wanted)
    if (auto set = shared->vendor->set_switch(name, value); !set) return std::move(set).error();
  return std::unique_ptr<Simulator>{new Simulator{std::move(shared)}};
}

HttpResponse Simulator::handle(HttpRequest const& request) {
  return shared_->handle(request);
}

std::shared_ptr<Transport> Simulator::transport() {
  return std::make_shared<InProcessTransport>(shared_);
}

Result<void> Simulator::serve() {
  std::lock_guard const lock{shared_->server_mutex};
  if (shared_->server)
    return Error{.code = ErrorCode::conflict,
                 .message = "the " + shared_->provider + " simulator is already serving"};
  auto server = LoopbackServer::start(
      shared_->port, shared_->vendor->keeps_connections(),
      [shared = shared_.get()](HttpRequest const& request) { return shared->handle(request); });
  if (!server) return std::move(server).error();
  shared_->server = *std::move(server);
  std::lock_guard const state{shared_->mutex};
  shared_->vendor->set_base_url("http://127.0.0.1:" + std::to_string(shared_->server->port()));
  return {};
}

std::string Simulator::base_url() const {
  std::lock_guard const lock{shared_->mutex};
  return shared_->vendor->base_url();
}

Settings Simulator::settings() const {
  std::lock_guard const lock{shared_->mutex};
  Settings settings;
  for (auto const& [name, value] : shared_->vendor->credentials()) settings.emplace(name, Secret{value});
  settings.insert_or_assign("base_url", Secret{shared_->vendor->base_url()});
  return settings;
}

std::vector<SimulatedCampaign> Simulator::campaigns() const {
  std::lock_guard const lock{shared_->mutex};
  shared_->vendor->advance();
  return shared_->vendor->campaigns();
}

std::vector<std::string> Simulator::campaign_ids() const {
  std::lock_guard const lock{shared_->mutex};
  std::vector<std::string> ids;
  for (auto const& campaign : shared_->vendor->campaigns())
    if (shared_->vendor->lists_by_default(campaign)) ids.push_back(campaign.id);
  return ids;
}

std::vector<std::string> Simulator::campaign_ids(Channel channel) const {
  std::lock_guard const lock{shared_->mutex};
  std::vector<std::string> ids;
  for (auto const& campaign : shared_->vendor->campaigns())
    if (campaign.channel == channel) ids.push_back(campaign.id);
  return ids;
}

std::string Simulator::add_campaign() {
  std::lock_guard const lock{shared_->mutex};
  auto& vendor = *shared_->vendor;
  return vendor.account().add(vendor.now()).id;
}

bool Simulator::remove_campaign(std::string_view id) {
  std::lock_guard const lock{shared_->mutex};
  return shared_->vendor->account().remove(id);
}

std::vector<Reached> Simulator::reached() const {
  std::lock_guard const lock{shared_->mutex};
  shared_->vendor->advance();
  return shared_->vendor->account().reached();
}

SimulatedAccount Simulator::account() const {
  std::lock_guard const lock{shared_->mutex};
  shared_->vendor->advance();
  return shared_->vendor->account();
}

std::vector<SimulatedAddressBook> Simulator::lists() const {
  std::lock_guard const lock{shared_->mutex};
  return shared_->vendor->account().lists();
}

std::optional<std::vector<SimulatedRecord>> Simulator::records(Operation list,
                                                               std::string_view campaign) const {
  std::lock_guard const lock{shared_->mutex};
  shared_->vendor->advance();
  return shared_->vendor->records(list, campaign);
}

void Simulator::fail_next(std::string part, SimulatedFault fault) {
  std::lock_guard const lock{shared_->mutex};
  shared_->faults.emplace_back(std::move(part), fault);
}

void Simulator::expire_tokens() {
  std::lock_guard const lock{shared_->mutex};
  shared_->vendor->expire_tokens();
}

Result<void> Simulator::set_switch(std::string_view name, std::string_view value) {
  std::lock_guard const lock{shared_->mutex};
  return shared_->vendor->set_switch(name, value);
}

std::vector<std::string> Simulator::requests() const {
  std::lock_guard const lock{shared_->mutex};
  return shared_->log;
}

std::size_t Simulator::count(std::string_view part) const {
  std::lock_guard const lock{shared_->mutex};
  return static_cast<std::size_t>(std::ranges::count_if(
      shared_->log, [&](auto const& line) { return line.find(part) != std::string::npos; }));
}

}  // namespace polycampaign::inline v1::testing
