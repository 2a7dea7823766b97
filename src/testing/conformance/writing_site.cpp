#include "testing/conformance/writing_site.hpp"

#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t campaigns_of_an_account = 12;
constexpr std::size_t most_requests_of_a_site = 3000;  // of one site: an endless conversation is stopped

}  // namespace

/// Passes requests on to its site, which outlives the client that uses it.
class WritingSite::Tap final : public Transport {
 public:
  explicit Tap(WritingSite& site) : site_{site} {}
  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    site_.start(std::move(request), std::move(options), std::move(completion));
  }

 private:
  WritingSite& site_;
};

std::unique_ptr<WritingSite> WritingSite::make(Workbench& workbench, Options options) {
  std::unique_ptr<WritingSite> site{new WritingSite{workbench}};
  auto& s = *site;
  s.watches_ = options.watches;
  s.record_->keeps_calls = !options.asynchronous;
  if (options.asynchronous) s.deferral_ = std::make_unique<Deferral>();
  s.simulator_ = workbench.simulator(campaigns_of_an_account, s.ahead_);
  if (!s.simulator_) return nullptr;
  s.vendor_ = s.simulator_->transport();
  auto account = workbench.good_settings(*s.simulator_);
  for (auto const& setting : workbench.settings())
    if (auto const found = account.find(setting.name); setting.secret && found != account.end()) {
      workbench.secret(found->second.reveal());
      s.secrets_.emplace_back(found->second.reveal());
    }
  auto adapter = workbench.options().provider.make_adapter(std::move(account));
  if (!workbench.expect(adapter.has_value(), "an adapter for a valid account", shown(adapter)))
    return nullptr;
  s.adapter_ = *std::move(adapter);
  s.logs_in_ = s.adapter_->log_in().has_value();
  auto retry = RetryPolicy::none();
  if (options.retries)
    retry = {.first_delay = std::chrono::milliseconds{0},
             .max_delay = std::chrono::milliseconds{0},
             .rate_limit_patience = std::chrono::milliseconds{0}};
  auto client =
      make_client(watched(s.adapter_, s.record_),
                  {.retry = retry,
                   .pacing = {.rate = RequestRate{.requests = 10'000, .period = std::chrono::milliseconds{1}},
                              .in_flight = 32},
                   .transport = std::make_shared<Tap>(s),
                   .allow_plain_http = true,
                   .log = [&workbench](LogEvent const& event) {
                     workbench.said(to_string(event));
                     workbench.said(event.url);
                     workbench.said(event.message);
                   }});
  if (!workbench.expect(client.has_value(), "a client for a valid account", shown(client))) return nullptr;
  s.client_ = *std::move(client);
  if (options.asynchronous) s.client_ = asynchronous(std::move(s.client_));
  return site;
}

std::chrono::sys_seconds WritingSite::now() const noexcept {
  return workbench_.now() + std::chrono::seconds{ahead_->load()};
}

void WritingSite::begin() {
  std::lock_guard const lock{record_->mutex};
  record_->calls.clear();
  record_->made.clear();
  next_ = 0;
  disturbed_.reset();
}

void WritingSite::disturb(std::size_t request, WriteFault fault) {
  disturbed_ = request;
  fault_ = std::move(fault);
}

void WritingSite::edit(std::function<bool(Made const&, HttpResponse&)> how) {
  edit_ = std::move(how);
}

std::vector<Made> WritingSite::made() const {
  std::lock_guard const lock{record_->mutex};
  std::vector<Made> made;
  for (auto const& one : record_->made)
    if (!one.session) made.push_back(one);
  return made;
}

std::vector<protocol::Call> WritingSite::calls() const {
  std::lock_guard const lock{record_->mutex};
  return record_->calls;
}

protocol::Call WritingSite::call(Made const& made) const {
  std::lock_guard const lock{record_->mutex};
  return made.call < record_->calls.size() ? record_->calls[made.call] : protocol::Call{};
}

void WritingSite::start(HttpRequest request, TransferOptions options, Transport::Completion completion) {
  Made made{.request = std::move(request)};
  bool endless = false;
  {
    std::lock_guard const lock{record_->mutex};
    made.session = logs_in_ && !record_->with_token;
    made.call = record_->calls.empty() ? 0 : record_->calls.size() - 1;
    endless = record_->made.size() >= most_requests_of_a_site;
  }
  if (endless) return completion(HttpResponse{.status = 503, .body = "more requests than the suite allows"});
  if (deferral_ == nullptr) return answer(std::move(made), std::move(options), std::move(completion));
  deferral_->post([this, made = std::move(made), options = std::move(options),
                   completion = std::move(completion)] { answer(made, options, completion); });
}

void WritingSite::answer(Made made, TransferOptions options, Transport::Completion completion) {
  if (disturbed_ && next_ > *disturbed_ && fault_.is_last)
    return completion(Error{.code = ErrorCode::network, .transient = true, .message = "no connection"});
  made.disturbed = !made.session && disturbed_ == next_;
  if (!made.session) ++next_;
  if (made.disturbed && fault_.ends_sessions) simulator_->expire_tokens();

  auto const before = watches_ ? std::optional{simulator_->account()} : std::nullopt;
  Result<HttpResponse> answer = HttpResponse{};
  if (!made.disturbed || fault_.acted) {
    vendor_->start(made.request, std::move(options),
                   [&](Result<HttpResponse> real) { answer = std::move(real); });
    made.number = static_cast<std::int64_t>(simulator_->requests().size());
  }
  if (before) watch(made, *before);
  if (made.session && answer) keep_tokens(*answer);
  if (made.disturbed && answer && fault_.instead) answer = fault_.instead(*answer);
  if (answer && edit_ && !made.session) made.disturbed = edit_(made, *answer) || made.disturbed;
  if (answer) {
    made.status = answer->status;
    made.body = answer->body;
  }
  {
    std::lock_guard const lock{record_->mutex};
    record_->made.push_back(std::move(made));
  }
  completion(std::move(answer));
}

void WritingSite::watch(Made& made, SimulatedAccount const& before) {
  auto const after = simulator_->account();
  made.changed = !same(before, after);
  if (made.request.action != Action::idempotent_write || made.session) return;
  static_cast<void>(simulator_->handle(made.request));
  made.repeats = !same(after, simulator_->account());
}

void WritingSite::keep_tokens(HttpResponse const& response) {
  auto const log_in = adapter_->log_in();
  auto const token = log_in->decode(response);
  if (!token) return;
  for (auto const* secret : {&token->access, &token->refresh}) {
    workbench_.secret(secret->reveal());
    if (!secret->reveal().empty()) secrets_.emplace_back(secret->reveal());
  }
}

bool same(SimulatedAccount const& one, SimulatedAccount const& other) {
  return one.campaigns() == other.campaigns() && one.lists() == other.lists() &&
         one.reached() == other.reached() && one.templates == other.templates &&
         one.senders == other.senders && one.balance == other.balance;
}

}  // namespace polycampaign::inline v1::testing::conformance
