#pragma once

#include "polycampaign/providers.hpp"

#include "account.hpp"
#include "console.hpp"
#include "csv.hpp"
#include "interrupts.hpp"
#include "output.hpp"
#include "vendors.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The commands. Each function writes results to `output` and everything else to `console`, and returns the
/// exit status.
namespace polycampaign::inline v1::command {

enum class Format {
  table,
  json,
  ndjson,
  csv,
  markdown
};

/// What all commands share.
struct Context {
  Output& output;
  Console& console;
  Vendors const& vendors;
  LogLevel log_level = LogLevel::warn;
  CsvStyle csv{};
  std::optional<std::string> config{};  ///< the word of `--config`
};

struct ListRequest {
  CampaignFilter filter{};
  ListOptions options{};
  Format format = Format::table;
};
int list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
         ListRequest const& request);

struct GetRequest {
  std::string id{};
  Format format = Format::table;
};
int get(Context& context, Interrupts const& interrupts, Account const& account, GetRequest const& request);

/// A campaign as the command line describes it. The files are read when the command runs.
struct CampaignWords {
  NewCampaign campaign{};
  std::string text_file{};        ///< empty: none
  std::string recipients_file{};  ///< empty: none
};
struct CreateRequest {
  CampaignWords words{};
  std::optional<std::string> journal{};  ///< the word of `--journal`
  bool again = false;
  bool dry_run = false;
  bool yes = false;
  Format format = Format::table;
};
int create(Context& context, Interrupts const& interrupts, Account const& account,
           CreateRequest const& request);
struct EstimateRequest {
  CampaignWords words{};
  Format format = Format::table;
};
int estimate(Context& context, Interrupts const& interrupts, Account const& account,
             EstimateRequest const& request);

struct UpdateRequest {
  UpdateCampaign change{};
  bool yes = false;
  Format format = Format::table;
};
int update(Context& context, Interrupts const& interrupts, Account const& account,
           UpdateRequest const& request);
struct CancelRequest {
  std::string id{};
  Format format = Format::table;
};
int cancel(Context& context, Interrupts const& interrupts, Account const& account,
           CancelRequest const& request);
struct DeleteRequest {
  std::string id{};
  bool yes = false;
  Format format = Format::table;
};
int remove(Context& context, Interrupts const& interrupts, Account const& account,
           DeleteRequest const& request);
struct RetryRequest {
  std::string id{};
  bool yes = false;
  Format format = Format::table;
};
int retry(Context& context, Interrupts const& interrupts, Account const& account,
          RetryRequest const& request);

struct OutboxListRequest {
  std::optional<std::string> journal{};
  bool all = false;
  Format format = Format::table;
};
int outbox_list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
                OutboxListRequest const& request);
struct OutboxReconcileRequest {
  std::optional<std::string> journal{};
  Format format = Format::table;
};
int outbox_reconcile(Context& context, Interrupts const& interrupts,
                     std::vector<Account const*> const& accounts, OutboxReconcileRequest const& request);
struct OutboxResolveRequest {
  std::optional<std::string> journal{};
  std::string key{};
  bool sent = false;
  std::string campaign_id{};  ///< if it was sent; empty: not known
  Format format = Format::table;
};
int outbox_resolve(Context& context, Interrupts const& interrupts, Account const& account,
                   OutboxResolveRequest const& request);

struct BalanceRequest {
  Format format = Format::table;
};
int balance(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            BalanceRequest const& request);
struct SendersRequest {
  Format format = Format::table;
};
int senders(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            SendersRequest const& request);

struct ListsRequest {
  Format format = Format::table;
};
int recipient_lists(Context& context, Interrupts const& interrupts,
                    std::vector<Account const*> const& accounts, ListsRequest const& request);
/// Numbers for a list of the vendor. The file is read when the command runs.
struct ListCreateRequest {
  std::string name{};
  std::string recipients_file{};  ///< empty: none
  Format format = Format::table;
};
int list_create(Context& context, Interrupts const& interrupts, Account const& account,
                ListCreateRequest const& request);
struct ListAddRequest {
  std::string id{};
  std::string recipients_file{};
  std::string resume_token{};  ///< empty: begin with the first number
  Format format = Format::table;
};
int list_add(Context& context, Interrupts const& interrupts, Account const& account,
             ListAddRequest const& request);
struct ListDeleteRequest {
  std::string id{};
  bool yes = false;
  Format format = Format::table;
};
int list_delete(Context& context, Interrupts const& interrupts, Account const& account,
                ListDeleteRequest const& request);

struct MessagesRequest {
  ListMessages list{};
  Format format = Format::table;
};
int messages(Context& context, Interrupts const& interrupts, Account const& account,
             MessagesRequest const& request);
struct RepliesRequest {
  std::string campaign{};
  Format format = Format::table;
};
int replies(Context& context, Interrupts const& interrupts, Account const& account,
            RepliesRequest const& request);
struct OptOutsRequest {
  std::optional<std::string> campaign{};  ///< absent: all numbers to which the vendor sends nothing
  Format format = Format::table;
};
int opt_outs(Context& context, Interrupts const& interrupts, Account const& account,
             OptOutsRequest const& request);

struct DecodeRequest {
  Provider const* provider = nullptr;
  Document document = Document::list;
  std::string time_zone{};
  std::string file = "-";
};
int decode(Context& context, DecodeRequest const& request);

struct CapabilitiesRequest {
  /// Empty: all providers.
  std::vector<Provider const*> providers{};
  Format format = Format::table;
  bool evidence = false;
};
int capabilities(Context& context, CapabilitiesRequest const& request);

int accounts(Context& context, std::vector<Account const*> const& accounts, Format format);

struct SimulateRequest {
  /// The first of consecutive ports, in the order of `Vendors::simulated`. 0: any free ports.
  std::uint16_t port_base = 0;
  std::size_t campaigns = 40;
  std::uint64_t seed = 1;
  /// The switches of each provider.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> switches{};
};
int simulate(Context& context, Interrupts const& interrupts, SimulateRequest const& request);
int list_switches(Context& context);

int demo(Context& context, Interrupts const& interrupts);

/// Writes the rest of the output and returns `status`. If results could not be written, reports that and
/// never returns `success`.
[[nodiscard]] int finish_output(Context& context, int status);

/// Reports what a list may have missed, and what it cannot show (only at the log level `info`). `elements` is
/// a plural: `campaigns`.
void tell_missed(Context& context, ListReport const& report, std::string_view elements,
                 std::string_view account);
void tell_unseen(Context& context, ListReport const& report, std::string_view account);

/// Returns text such as `1 message` or `2 messages`.
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

/// Reports that a signal ended the command, and returns its exit status.
[[nodiscard]] int interrupted(Context& context, Interrupts const& interrupts);

}  // namespace polycampaign::inline v1::command
