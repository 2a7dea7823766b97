#include "testing/conformance/workbench.hpp"

#include "testing/conformance/writing_site.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr int most_findings = 10;
constexpr int most_requests = 1000;  // of one list: an endless one is stopped

}  // namespace

std::vector<std::string> ReadList::ids() const {
  std::vector<std::string> ids;
  for (auto const& campaign : campaigns) ids.push_back(campaign.id);
  return ids;
}

std::string shown(std::vector<std::string> const& ids) {
  std::string text = std::to_string(ids.size()) + " (";
  for (std::size_t i = 0; i < ids.size() && i < 5; ++i) text += (i == 0 ? "" : ", ") + ids[i];
  return text + (ids.size() > 5 ? ", ...)" : ")");
}

namespace {

/// Returns what a reader may leave in an element of a list. Every member has a value, and none of the values
/// may come back in a later element.
Campaign scribbled_campaign() {
  std::string const word = "left by the reader of another element";
  Timestamp const time{std::chrono::sys_days{std::chrono::year{1999} / 12 / 31}, ZoneBasis::configured};
  Campaign campaign{.id = word,
                    .provider = "scribble",
                    .name = word,
                    .sender = word,
                    .text = word,
                    .channel = Channel::rcs,
                    .status = {StatusCode::rejected, word},
                    .created_at = time,
                    .scheduled_at = time,
                    .started_at = time,
                    .finished_at = time,
                    .updated_at = time,
                    .cost = Cost{.unit = word, .kind = CostKind::estimate},
                    .recipient_lists = {{word, word}},
                    .notes = {word},
                    .raw_record = word};
  for (auto const& [field, counter] : all_counters()) campaign.statistics.*counter = 987'654'321;
  campaign.statistics.vendor_counters = {{word, 1}};
  campaign.statistics.reported_rates = {{word, word}};
  return campaign;
}

}  // namespace

std::string shown(ReadList const& read_list) {
  auto text = shown(read_list.ids());
  return read_list.error ? text + ", then " + to_string(*read_list.error) : text;
}

std::unique_ptr<CampaignClient> Site::another_client() {
  // The limits that the adapter documents are the engine's business, and would only take time here.
  ClientOptions options{
      .retry = RetryPolicy::none(),
      .pacing = {.rate = RequestRate{.requests = 10'000, .period = std::chrono::milliseconds{1}},
                 .in_flight = 32},
      .transport = tap_,
      .allow_plain_http = true,
      .log = [this](LogEvent const& event) {
        workbench_.said(to_string(event));
        workbench_.said(event.url);
        workbench_.said(event.message);
      }};
  auto client = make_client(watched(adapter_, record_), std::move(options));
  if (!workbench_.expect(client.has_value(), "a client for a valid account", shown(client))) return nullptr;
  return *std::move(client);
}

ReadList Site::read_list(CampaignFilter filter, ListOptions const& options) {
  return read_list(client(), std::move(filter), options);
}

ReadList Site::read_list(CampaignClient& client, CampaignFilter filter, ListOptions const& options) {
  static Campaign const scribbled = scribbled_campaign();
  ReadList read_list;
  tap().allow(most_requests);
  auto pager = client.list(std::move(filter), options);
  for (auto& campaign : pager) {
    if (campaign) {
      read_list.campaigns.push_back(*campaign);
      *campaign = scribbled;
    } else {
      read_list.error = std::move(campaign).error();
    }
  }
  read_list.report = pager.report();
  say(read_list.error, read_list.report, pager.resume_token());
  static_cast<void>(take_infos());
  return read_list;
}

std::vector<protocol::PageInfo> Site::take_infos() {
  std::lock_guard const lock{record_->mutex};
  return std::exchange(record_->infos, {});
}

void Site::say(std::optional<Error> const& error, ListReport const& report, std::string_view resume_token) {
  if (error) workbench_.said(*error);
  workbench_.said(report);
  workbench_.said(resume_token);
}

Result<Campaign> Site::get(std::string_view id, GetOptions const& options) {
  tap().allow(most_requests);
  auto campaign = client().get(id, options);
  if (!campaign) workbench_.said(campaign.error());
  return campaign;
}

CampaignFilter Site::everything() const {
  CampaignFilter filter;
  if (!capabilities().window_days) return filter;
  for (auto const& campaign : simulator_->campaigns())
    filter.since = std::min(filter.since.value_or(campaign.created), campaign.created);
  if (filter.since) *filter.since -= std::chrono::hours{48};
  return filter;
}

bool Site::of_session(HttpRequest const& request) const {
  return (!log_in_url_.empty() && request.url == log_in_url_) ||
         (!refresh_url_.empty() && request.url == refresh_url_);
}

std::vector<Exchanged> Site::traffic() {
  auto all = tap_->take();
  for (auto const& one : all) {
    if (!of_session(one.request)) continue;
    auto const log_in = adapter_->log_in();
    if (!log_in) continue;
    auto const token = log_in->decode(one.response);
    if (!token) continue;
    workbench_.secret(token->access.reveal());
    workbench_.secret(token->refresh.reveal());
    if (auto const refresh = adapter_->refresh(*token)) refresh_url_ = refresh->call.request.url;
  }
  return all;
}

Workbench::Workbench(ConformanceOptions const& options)
    : options_{options}, now_{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())} {}

std::size_t Workbench::campaigns() const noexcept {
  auto const pages = capabilities().window_days ? 12U : 4U;
  return std::max<std::size_t>(60,
                               pages * static_cast<std::size_t>(std::max(1, capabilities().min_page_size)));
}

std::unique_ptr<Simulator> Workbench::simulator(std::size_t campaigns,
                                                std::shared_ptr<std::atomic<std::int64_t>> const& ahead) {
  auto made = Simulator::create(
      options_.simulator,
      {.campaigns = campaigns == 0 ? this->campaigns() : campaigns,
       .seed = options_.seed,
       .switches = options_.switches,
       .clock = [now = now_, ahead] { return now + std::chrono::seconds{ahead ? ahead->load() : 0}; }});
  if (!expect(made.has_value(), "a simulator that can be created", shown(made))) return nullptr;
  return *std::move(made);
}

Settings Workbench::good_settings(Simulator const& simulator) const {
  auto all = simulator.settings();
  for (auto const& [name, value] : options_.settings) all.insert_or_assign(name, Secret{value});
  return all;
}

std::unique_ptr<Site> Workbench::site(std::map<std::string, std::string, std::less<>> const& changed,
                                      std::size_t campaigns) {
  std::unique_ptr<Site> site{new Site{*this}};
  site->simulator_ = simulator(campaigns);
  if (!site->simulator_) return nullptr;
  auto account = good_settings(*site->simulator_);
  for (auto const& [name, value] : changed) account.insert_or_assign(name, Secret{value});
  for (auto const& setting : settings())
    if (auto const found = account.find(setting.name); setting.secret && found != account.end())
      secret(found->second.reveal());
  auto adapter = options_.provider.make_adapter(std::move(account));
  if (!expect(adapter.has_value(), "an adapter for a valid account", shown(adapter))) return nullptr;
  site->adapter_ = *std::move(adapter);
  site->record_ = std::make_shared<WriteRecord>();
  site->record_->keeps_calls = false;
  site->record_->keeps_infos = true;
  site->tap_ = std::make_shared<Wiretap>(site->simulator_->transport());
  if (auto const log_in = site->adapter_->log_in()) site->log_in_url_ = log_in->call.request.url;
  site->client_ = site->another_client();
  return site->client_ ? std::move(site) : nullptr;
}

void Workbench::begin(std::string_view check) {
  check_ = check;
  reported_ = 0;
}

bool Workbench::expect(bool good, std::string_view expected, std::string seen) {
  if (!good && reported_++ < most_findings)
    findings_.push_back({check_, std::string{expected}, std::move(seen)});
  return good;
}

void Workbench::said(std::string_view text) {
  std::lock_guard const lock{mutex_};
  said_.append(text).push_back('\n');
}

void Workbench::said(std::vector<std::string> const& sentences) {
  for (auto const& sentence : sentences) said(sentence);
}

void Workbench::said(Error const& error) {
  said(to_string(error));
  said(error.vendor_code);
  said(error.message);
}

void Workbench::said(ListReport const& report) {
  for (auto const* sentences : {&report.client_filters, &report.unseen, &report.missed})
    for (auto const& sentence : *sentences) said(sentence);
}

void Workbench::personal(std::string_view text) {
  std::lock_guard const lock{mutex_};
  if (std::ranges::find(personal_, text) == personal_.end()) personal_.emplace_back(text);
}

void Workbench::secret(std::string_view text) {
  if (text.size() < 4) return;  // a shorter one can occur in any text
  std::lock_guard const lock{mutex_};
  if (std::ranges::find(secrets_, text) == secrets_.end()) secrets_.emplace_back(text);
}

}  // namespace polycampaign::inline v1::testing::conformance
