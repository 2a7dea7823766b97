#include "integration/faulty_proxy.hpp"
#include "integration/simulated_vendor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <tuple>

/// Whether people were reached, and what the error says about it, agree always: every vendor and every
/// operation that is not a read, on real sockets, with something going wrong at each of its requests. And
/// whatever is said of it, in log lines, errors and notes, contains no secret, number or text, even if the
/// vendor repeats the whole request.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using faults::Break;

enum class What {
  create,
  schedule,
  create_to_list,
  update,
  cancel,
  remove,
  retry,
};
constexpr std::string_view names[] = {"create", "schedule", "create_to_list", "update",
                                      "cancel", "delete",   "retry"};

bool has(std::string_view provider, What what) {
  bool const pbx = provider == "yeastar";
  bool const dexatel = provider == "dexatel";
  switch (what) {
    case What::update:
    case What::remove: return pbx || dexatel;
    case What::cancel: return !pbx;
    case What::retry: return pbx;
    default: return true;
  }
}

/// One vendor behind a proxy. Made anew after some operations, so that its account stays small.
class Desk {
 public:
  explicit Desk(VendorCase vendor)
      : vendor_{vendor},
        simulator_{make(vendor, [this] { return now(); })},
        proxy_{[this](HttpRequest const& request) { return simulator_->handle(request); }} {
    auto given = settings();
    given.insert_or_assign("base_url", Secret{proxy_.url()});
    for (auto const& [name, value] : given)
      if (name != "base_url" && name != "format") secrets_.emplace_back(value.reveal());
    faulty_ = client(std::move(given), {}, [this](LogEvent const& event) {
      std::lock_guard const lock{said_mutex_};
      hear(to_string(event));
      hear(event.url);
      hear(event.message);
    });
    calm_ = client(settings(), simulator_->transport(), {});
  }

  /// Runs one operation with this plan. Returns a description of what it did wrong; empty if nothing.
  std::string run(What what, std::vector<Break> plan, std::uint32_t dice, bool expire, bool asynchronous) {
    prepare(what);
    if (expire) simulator_->expire_tokens();
    auto const before = simulator_->campaigns().size();
    stalls_ = std::ranges::count(plan, Break::stall_after) > 0;
    proxy_.begin(std::move(plan), dice);
    error_.reset();
    said_.clear();
    CallOptions const options{.timeout = stalls_ ? 25ms : 20s};
    bool const succeeded = call(what, options, asynchronous);
    proxy_.wait_until_idle();
    auto const wrong = judge(what, succeeded, before);
    return wrong.empty() ? leaked() : wrong;
  }
  /// Returns how many lines were said and searched for what must not be in them.
  [[nodiscard]] std::size_t searched() const noexcept { return searched_; }

  [[nodiscard]] std::vector<faults::Met> met() const { return proxy_.met(); }
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return error_; }

 private:
  static std::unique_ptr<testing::Simulator> make(VendorCase vendor,
                                                  std::function<std::chrono::sys_seconds()> clock) {
    // Campaigns are listed for a while after they were created, and equal requests are not refused.
    testing::SimulatorOptions options{
        .provider = std::string{vendor.provider}, .campaigns = 2, .clock = std::move(clock)};
    if (vendor.provider == "bsg") options.switches["duplicate_window"] = "0";
    return testing::Simulator::create(std::move(options)).value();
  }
  Settings settings() const {
    auto given = simulator_->settings();
    if (!vendor_.format.empty()) given.insert_or_assign("format", Secret{std::string{vendor_.format}});
    return given;
  }
  std::unique_ptr<CampaignClient> client(Settings given, std::shared_ptr<Transport> transport,
                                         LogSink log) const {
    ClientOptions options{
        .retry = {.max_attempts = 3, .first_delay = 0ms, .max_delay = 0ms, .rate_limit_patience = 0ms},
        .transport = std::move(transport),
        .log = std::move(log)};
    return make_client(find_provider(vendor_.provider)->make_adapter(std::move(given)), std::move(options))
        .value();
  }

  std::chrono::sys_seconds now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
           std::chrono::seconds{ahead_.load()};
  }

  /// Makes what the operation works on, without faults.
  void prepare(What what) {
    ++round_;
    auto const base = "+33" + std::to_string(100'000 + round_);
    campaign_ = {.sender = sender_of(vendor_.provider),
                 .text = std::string{quiet_words} + " " + std::to_string(round_)};
    for (int i = 0; i < 3; ++i) campaign_.recipients.push_back({.number = base + std::to_string(100 + i)});
    if (what == What::create) return;
    if (what == What::create_to_list) {
      list_ = some_list(*simulator_);
      campaign_.recipients.clear();
      campaign_.lists = {list_.id};
      return;
    }
    campaign_.start_at = what == What::schedule ? now() + 5min : noon_in_two_days(now());
    if (what == What::schedule) return;
    if (what == What::retry) {
      // one of twenty messages fails
      campaign_.start_at.reset();
      for (int i = 3; i < 40; ++i) campaign_.recipients.push_back({.number = base + std::to_string(100 + i)});
    }
    auto const made = calm_->create(campaign_);
    ASSERT_TRUE(made) << to_string(made.error());
    id_ = made->id.value();
    if (what != What::retry) return;
    ahead_ += an_hour;
    static_cast<void>(simulator_->campaigns());
    reached_before_ = times_reached();
  }

  template <class T>
  bool end(Result<T> const& result) {
    std::lock_guard const lock{said_mutex_};
    if (!result) {
      error_ = result.error();
      hear(to_string(*error_));
      hear(error_->vendor_code);
    } else if constexpr (requires { result->notes; }) {
      for (auto const& note : result->notes) hear(note);
    }
    return result.has_value();
  }

  void hear(std::string text) { said_.push_back(std::move(text)); }
  /// Returns what was said and must not be: a secret, a number, a text. Empty if there is none.
  std::string leaked() {
    std::lock_guard const lock{said_mutex_};
    std::vector<std::string> hidden{std::string{quiet_words}};
    hidden.insert(hidden.end(), secrets_.begin(), secrets_.end());
    // without the country code and the first digit, which may be written in another way
    for (auto const& each : campaign_.recipients) hidden.push_back(each.number.substr(4));
    if (!campaign_.lists.empty())
      for (auto const& each : list_.members) hidden.push_back(each.number.substr(4));
    for (auto const& line : said_) {
      ++searched_;
      for (auto const& each : hidden)
        if (line.find(each) != std::string::npos) return "\"" + each + "\" is in \"" + line + "\"";
    }
    return {};
  }
  template <class Op>
  bool run_one(Op operation, CallOptions const& options, bool asynchronous) {
    if (!asynchronous) return end(faulty_->call(std::move(operation), options));
    using Answer = decltype(faulty_->call(Op{}, options));
    auto const promise = std::make_shared<std::promise<Answer>>();
    faulty_->start(std::move(operation), options,
                   [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return end(promise->get_future().get());
  }
  bool call(What what, CallOptions const& options, bool asynchronous) {
    switch (what) {
      case What::update:
        new_start_ = *campaign_.start_at + 24h;
        return run_one(UpdateCampaign{.id = id_, .start_at = new_start_}, options, asynchronous);
      case What::cancel: return run_one(CancelCampaign{id_}, options, asynchronous);
      case What::remove: return run_one(DeleteCampaign{id_}, options, asynchronous);
      case What::retry: return run_one(RetryCampaign{id_}, options, asynchronous);
      default:
        return run_one(CreateCampaign{.campaign = campaign_, .token = "t" + std::to_string(round_)}, options,
                       asynchronous);
    }
  }

  std::map<std::string, int> times_reached() const {
    std::map<std::string, int> times;
    for (auto const& each : simulator_->reached())
      if (each.text == campaign_.text) ++times[each.number];
    return times;
  }

  /// Compares what happened with what was said.
  std::string judge(What what, bool succeeded, std::size_t before) {
    auto const unknown = !succeeded && error_->effect == Effect::unknown;
    switch (what) {
      case What::create:
      case What::schedule:
      case What::create_to_list: {
        auto const made = simulator_->campaigns().size() - before;
        if (made > 1) return "created " + std::to_string(made) + " campaigns";
        ahead_ += an_hour;
        auto const times = times_reached();
        for (auto const& [number, count] : times)
          if (count > 1) return "a person was reached " + std::to_string(count) + " times";
        auto const wanted = what == What::create_to_list ? list_.members.size() : campaign_.recipients.size();
        // some messages fail at the vendor
        bool const anyone = !times.empty();
        if (succeeded && !anyone) return "a success that reached nobody";
        if (times.size() > wanted) return "reached more people than it should";
        if (!succeeded && !unknown && (anyone || made > 0)) return "effect none, but it was carried out";
        if (unknown && !may_have_sent()) return "effect unknown, but only steps before it were lost";
        return left_behind(succeeded);
      }
      case What::update: return compare(succeeded, unknown, start_of() == new_start_);
      case What::cancel: return compare(succeeded, unknown, is_canceled());
      case What::remove: return compare(succeeded, unknown, !find());
      case What::retry: {
        ahead_ += an_hour;
        auto const times = times_reached();
        for (auto const& [number, count] : times)
          if (count > 1) return "a person was reached twice";
        return compare(succeeded, unknown, times.size() > reached_before_.size());
      }
    }
    return {};
  }
  static std::string compare(bool succeeded, bool unknown, bool happened) {
    if (succeeded && !happened) return "a success, but nothing changed";
    if (!succeeded && !unknown && happened) return "effect none, but it was carried out";
    return {};
  }
  /// Returns whether the request that creates the campaign may have left.
  bool may_have_sent() const {
    auto const met = proxy_.met();
    // With the short time limit of a plan that stalls, a request may time out although nothing happens to it.
    if (stalls_ && (met.empty() || met.back().what == Break::none)) return true;
    return std::ranges::any_of(met, [&](faults::Met const& each) {
      auto const line = each.line.substr(0, each.line.find('?'));
      return each.what != Break::none &&
             (line.empty() || line.ends_with("/sms/send") || line.ends_with("/sms/send-groups") ||
              line == "POST /v1/campaigns" || line == "POST /send" || line == "POST /send/lists" ||
              line.ends_with("/message_campaign/create"));
    });
  }
  /// An error names what was created on the way.
  std::string left_behind(bool succeeded) const {
    if (succeeded || vendor_.provider != "dexatel") return {};
    auto const name = "polycampaign-t" + std::to_string(round_);
    bool const named = error_->message.find("audience " + name) != std::string::npos;
    for (auto const& list : simulator_->lists())
      if (list.name == name && !named) return "an audience stays, and the error does not name it";
    return {};
  }
  std::optional<testing::SimulatedCampaign> find() const {
    for (auto& campaign : simulator_->campaigns())
      if (campaign.id == id_) return campaign;
    return std::nullopt;
  }
  std::optional<std::chrono::sys_seconds> start_of() const {
    auto const found = find();
    return found ? found->scheduled : std::nullopt;
  }
  bool is_canceled() const {
    auto const found = find();
    return !found || found->status == StatusCode::canceled;
  }

  static constexpr std::string_view quiet_words = "Quiet words";
  /// Long enough for everything that starts soon to end.
  static constexpr std::int64_t an_hour = 3600;

  VendorCase vendor_;
  std::vector<std::string> secrets_{};
  std::mutex said_mutex_;
  std::vector<std::string> said_{};
  std::size_t searched_ = 0;
  bool stalls_ = false;
  std::atomic<std::int64_t> ahead_{0};
  std::unique_ptr<testing::Simulator> simulator_;
  faults::FaultyProxy proxy_;
  std::unique_ptr<CampaignClient> faulty_;
  std::unique_ptr<CampaignClient> calm_;
  std::optional<Error> error_{};
  std::int64_t round_ = 0;
  NewCampaign campaign_{};
  testing::SimulatedAddressBook list_{};
  std::string id_{};
  std::chrono::sys_seconds new_start_{};
  std::map<std::string, int> reached_before_{};
};

std::string text_of(std::vector<Break> const& plan) {
  std::string text;
  for (auto const what : plan) text.append(text.empty() ? "" : ", ").append(faults::to_string(what));
  return text;
}

std::string lines_of(std::vector<faults::Met> const& met) {
  std::string text;
  for (auto const& each : met)
    text.append(text.empty() ? "" : ", ").append(faults::to_string(each.what)).append(" ").append(each.line);
  return text;
}

using Met = std::map<std::tuple<std::string, std::string, std::string>, int>;

/// What one worker has seen.
struct Day {
  std::vector<std::string> wrong{};
  Met met{};
  std::size_t succeeded = 0, harmless = 0, unknown = 0, searched = 0;
};

void live(Desk& desk, VendorCase vendor, What what, std::vector<Break> const& plan, std::mt19937& random,
          Day& day) {
  auto const searched = desk.searched();
  bool const expire = random() % 8 == 0;
  bool const asynchronous = random() % 4 == 0;
  auto const wrong = desk.run(what, plan, static_cast<std::uint32_t>(random()), expire, asynchronous);
  day.searched += desk.searched() - searched;
  auto const operation = std::string{names[static_cast<std::size_t>(what)]};
  for (auto const& each : desk.met())
    ++day.met[{name_of(vendor), operation, std::string{faults::to_string(each.what)}}];
  if (!desk.error())
    ++day.succeeded;
  else
    ++(desk.error()->effect == Effect::none ? day.harmless : day.unknown);
  if (wrong.empty()) return;
  day.wrong.push_back(name_of(vendor) + " " + operation + " [" + text_of(plan) + "] met [" +
                      lines_of(desk.met()) + "]" + (expire ? " expired" : "") +
                      (asynchronous ? " async" : "") + ": " + wrong +
                      (desk.error() ? "; " + to_string(*desk.error()) : "; a success"));
}

/// Every kind of fault at every request of every operation.
TEST(Effects, AgreeWithWhatHappenedAtEveryRequest) {
  Day day;
  std::mt19937 random{1};
  for (auto const& vendor : vendor_cases) {
    for (int w = 0; w <= static_cast<int>(What::retry); ++w) {
      auto const what = static_cast<What>(w);
      if (!has(vendor.provider, what)) continue;
      Desk desk{vendor};
      for (std::size_t at = 0; at < 6; ++at)
        for (int b = 1; b < faults::breaks; ++b) {
          std::vector<Break> plan(at, Break::none);
          plan.push_back(static_cast<Break>(b));
          live(desk, vendor, what, plan, random, day);
        }
    }
  }
  for (auto const& wrong : day.wrong) ADD_FAILURE() << wrong;
  EXPECT_GT(day.succeeded, 500U);
  EXPECT_GT(day.harmless, 150U);
  EXPECT_GT(day.unknown, 300U);
  EXPECT_GT(day.searched, 5'000U);
  std::set<std::string> kinds;
  for (auto const& [key, count] : day.met) kinds.insert(std::get<2>(key));
  EXPECT_EQ(kinds.size(), static_cast<std::size_t>(faults::breaks) - 1) << "refused ones are not met";
}

std::size_t wanted_runs() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  auto const* const given = std::getenv("POLYCAMPAIGN_EFFECT_RUNS");
  return given == nullptr ? 10'000 : std::strtoul(given, nullptr, 10);
}

/// Random faults at random requests, several in one operation.
TEST(Effects, AgreeThroughTenThousandRandomFaults) {
  constexpr std::size_t workers = 4;
  constexpr int operations_a_desk = 60;
  auto const each = wanted_runs() / workers;
  std::vector<std::future<Day>> running;
  for (std::size_t worker = 0; worker < workers; ++worker)
    running.push_back(std::async(std::launch::async, [each, worker] {
      Day day;
      std::mt19937 random{static_cast<std::uint32_t>(17 + worker)};
      std::unique_ptr<Desk> desk;
      VendorCase vendor{};
      for (std::size_t i = 0; i < each; ++i) {
        if (i % operations_a_desk == 0) {
          vendor = vendor_cases[random() % std::size(vendor_cases)];
          desk = std::make_unique<Desk>(vendor);
        }
        What what{};
        do what = static_cast<What>(random() % 7);
        while (!has(vendor.provider, what));
        std::vector<Break> plan(random() % 9);
        for (auto& one : plan) {
          if (random() % 3 != 0) continue;
          one = static_cast<Break>(random() % static_cast<unsigned>(faults::breaks));
          // waiting for a time limit is dear
          if (one == Break::stall_after && random() % 16 != 0) one = Break::lost;
        }
        live(*desk, vendor, what, plan, random, day);
      }
      return day;
    }));
  std::size_t succeeded = 0, harmless = 0, unknown = 0, searched = 0, wrong = 0;
  for (auto& one : running) {
    auto const day = one.get();
    for (auto const& text : day.wrong)
      if (++wrong <= 20) ADD_FAILURE() << text;
    succeeded += day.succeeded;
    harmless += day.harmless;
    unknown += day.unknown;
    searched += day.searched;
  }
  EXPECT_EQ(wrong, 0U);
  RecordProperty("succeeded", static_cast<int>(succeeded));
  RecordProperty("harmless", static_cast<int>(harmless));
  RecordProperty("unknown", static_cast<int>(unknown));
  RecordProperty("lines", static_cast<int>(searched));
  EXPECT_GT(searched, 3 * wanted_runs());
  EXPECT_GT(succeeded, wanted_runs() / 5);
  EXPECT_GT(harmless, wanted_runs() / 20);
  EXPECT_GT(unknown, wanted_runs() / 20);
}

}  // namespace
}  // namespace polycampaign::test
