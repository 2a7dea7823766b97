#include "polycampaign/command.hpp"

#include "account_file.hpp"
#include "arguments.hpp"
#include "descriptors.hpp"
#include "exit_status.hpp"
#include "text/nearest.hpp"

#include <unistd.h>

#include <csignal>
#include <exception>

namespace polycampaign::inline v1::command {

namespace {

Error needs_one_account(std::string_view command, std::vector<Account const*> const& accounts) {
  std::vector<std::string_view> names;
  names.reserve(accounts.size());
  for (auto const* account : accounts) names.push_back(account->name);
  return {.code = ErrorCode::invalid_argument,
          .message = std::string{command} +
                     " needs exactly one account; select it with --account: " + text::listed(names)};
}

/// Runs a request. Requests without an account come first, so that an invalid accounts file does not stop
/// them.
class Runner {
 public:
  Runner(Context& context, Arguments const& arguments) : context_{context}, arguments_{arguments} {}

  int operator()(PrintRequest const& request) {
    context_.output.write(request.text);
    return finish_output(context_, success);
  }
  int operator()(DecodeRequest const& request) { return decode(context_, request); }
  int operator()(CapabilitiesRequest const& request) { return capabilities(context_, request); }
  int operator()(ListSwitchesRequest const&) { return list_switches(context_); }
  int operator()(DemoRequest const&) {
    Interrupts const interrupts;
    return demo(context_, interrupts);
  }
  int operator()(SimulateRequest const& request) {
    Interrupts const interrupts;
    return simulate(context_, interrupts, request);
  }
  int operator()(AccountsRequest const& request) {
    return with_accounts([&](auto const& chosen) { return accounts(context_, chosen, request.format); });
  }
  int operator()(ListRequest const& request) { return with_all(&list, request); }
  int operator()(GetRequest const& request) { return with_one("get", &get, request); }
  int operator()(CreateRequest const& request) { return with_one("create", &create, request); }
  int operator()(EstimateRequest const& request) { return with_one("estimate", &estimate, request); }
  int operator()(UpdateRequest const& request) { return with_one("update", &update, request); }
  int operator()(CancelRequest const& request) { return with_one("cancel", &cancel, request); }
  int operator()(DeleteRequest const& request) { return with_one("delete", &remove, request); }
  int operator()(RetryRequest const& request) { return with_one("retry", &retry, request); }
  int operator()(BalanceRequest const& request) { return with_all(&balance, request); }
  int operator()(SendersRequest const& request) { return with_all(&senders, request); }
  int operator()(OutboxListRequest const& request) { return with_all(&outbox_list, request); }
  int operator()(OutboxReconcileRequest const& request) { return with_all(&outbox_reconcile, request); }
  int operator()(OutboxResolveRequest const& request) {
    return with_one("outbox resolve", &outbox_resolve, request);
  }
  int operator()(ListsRequest const& request) { return with_all(&recipient_lists, request); }
  int operator()(ListCreateRequest const& request) { return with_one("list-create", &list_create, request); }
  int operator()(ListAddRequest const& request) { return with_one("list-add", &list_add, request); }
  int operator()(ListDeleteRequest const& request) { return with_one("list-delete", &list_delete, request); }
  int operator()(MessagesRequest const& request) { return with_one("messages", &messages, request); }
  int operator()(RepliesRequest const& request) { return with_one("replies", &replies, request); }
  int operator()(OptOutsRequest const& request) { return with_one("opt-outs", &opt_outs, request); }

 private:
  int refused(Error const& error) {
    context_.console.error(error);
    return usage;
  }
  template <class F>
  int with_accounts(F run) {
    auto const all = load_accounts(arguments_.config, context_.vendors);
    if (!all) return refused(all.error());
    auto const chosen = choose(*all, arguments_.accounts);
    return chosen ? run(*chosen) : refused(chosen.error());
  }
  template <class Command, class Request>
  int with_all(Command command, Request const& request) {
    return with_accounts([&](auto const& chosen) {
      Interrupts const interrupts;
      return command(context_, interrupts, chosen, request);
    });
  }
  template <class Command, class Request>
  int with_one(std::string_view name, Command command, Request const& request) {
    return with_accounts([&](auto const& chosen) {
      if (chosen.size() != 1) return refused(needs_one_account(name, chosen));
      Interrupts const interrupts;
      return command(context_, interrupts, *chosen.front(), request);
    });
  }

  Context& context_;
  Arguments const& arguments_;
};

int run(int argc, char const* const* argv, std::span<CommandVendor const> more) {
  // If the reader of the output exits, a write fails with EPIPE.
  std::signal(SIGPIPE, SIG_IGN);
  Console console{STDERR_FILENO, error_format(argc, argv)};
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto const vendors = Vendors::with(more);
  if (!vendors) {
    console.error(vendors.error());
    return usage;
  }
  auto const arguments = parse_arguments(argc, argv, now, *vendors);
  if (!arguments) {
    console.error(arguments.error());
    return usage;
  }
  Output output{STDOUT_FILENO};
  Context context{output, console, *vendors, arguments->log_level, arguments->csv, arguments->config};
  return std::visit(Runner{context, *arguments}, arguments->request);
}

/// Uses neither a stream nor a buffer, because these may be what has failed.
int died(std::string_view text) noexcept {
  for (std::string_view const part : {std::string_view{"polycampaign: "}, text, std::string_view{"\n"}})
    static_cast<void>(write_all(STDERR_FILENO, part));
  return nothing;
}

}  // namespace

}  // namespace polycampaign::inline v1::command

namespace polycampaign::inline v1 {

int run_command(int argc, char const* const* argv, std::span<CommandVendor const> more) noexcept {
  if (!command::fill_standard_streams())
    return command::died("standard input, output or error is closed, and /dev/null cannot be opened instead");
  try {
    return command::run(argc, argv, more);
  } catch (std::exception const& error) {
    // Out of memory or threads: our code throws nothing else.
    return command::died(error.what());
  } catch (...) {
    return command::died("unknown exception");
  }
}

}  // namespace polycampaign::inline v1
