#include "account_lists.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "rows.hpp"

#include <functional>

/// `balance` and `senders`: what accounts are, not what they have sent.
namespace polycampaign::inline v1::command {

namespace {

/// Reads the facts of one account.
template <class Fact>
using Read = std::function<Result<std::vector<Fact>>(CampaignClient& client, CallOptions const& options)>;

/// Reads the facts of all accounts, in their order, and prints them. An account whose vendor has none is
/// named, and is no failure unless all are.
template <class Fact>
int facts_of(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
             Format format, std::function<Read<Fact>(Account const&)> const& read_of) {
  std::vector<std::pair<Account const*, Fact>> facts;
  std::size_t answered = 0;
  std::size_t lacking = 0;
  bool configured = true;
  for (auto const* account : accounts) {
    auto client = connect(*account, context.console.log_sink(account->name, context.log_level));
    auto read = client ? read_of(*account)(**client, {.cancel = interrupts.token()})
                       : Result<std::vector<Fact>>{client.error()};
    if (client) end_session(**client, interrupts.token());
    if (interrupts.signal() != 0) return interrupted(context, interrupts);
    if (read) {
      ++answered;
      for (auto& fact : *read) facts.emplace_back(account, std::move(fact));
      continue;
    }
    lacking += read.error().code == ErrorCode::unsupported ? 1U : 0U;
    configured = configured && read.error().code != ErrorCode::configuration;
    context.console.error(read.error(), account->name);
  }
  auto const failed = accounts.size() - answered - lacking;
  if (answered == 0) return finish_output(context, failed == 0 || !configured ? usage : nothing);
  RowPrinter printer{context, format, shape_of<Fact>()};
  for (auto const& [account, fact] : facts)
    if (!printer.add(fact, *account)) break;
  printer.finish();
  return finish_output(context, failed == 0 && !printer.refused() ? success : incomplete);
}

}  // namespace

int balance(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            BalanceRequest const& request) {
  return facts_of<Balance>(context, interrupts, accounts, request.format, [&context](Account const& account) {
    return [&](CampaignClient& client, CallOptions const& options) -> Result<std::vector<Balance>> {
      auto balance = client.balance(options);
      if (!balance) return std::move(balance).error();
      for (auto const& note : balance->notes) context.console.note(note, account.name);
      return std::vector<Balance>{*std::move(balance)};
    };
  });
}

int senders(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            SendersRequest const& request) {
  return facts_of<Sender>(context, interrupts, accounts, request.format, [](Account const&) {
    return [](CampaignClient& client, CallOptions const& options) { return client.senders(options); };
  });
}

}  // namespace polycampaign::inline v1::command
