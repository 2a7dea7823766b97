#include "account_lists.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "progress.hpp"
#include "rows.hpp"
#include "terminal.hpp"
#include "write_end.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

/// What is around campaigns: the account's recipient lists, and the messages, replies and opt-outs of a
/// campaign.
namespace polycampaign::inline v1::command {

namespace {

/// The elements of a list, as messages name them.
struct Elements {
  std::string_view one{};
  std::string_view many{};
};

/// How the list of one account ended.
struct ReadEnd {
  std::int64_t delivered = 0;
  std::optional<Error> error{};
};

/// Reads the lists of the accounts one after the other and prints their elements page by page.
template <class Op>
class ListReader {
 public:
  ListReader(Context& context, Interrupts const& interrupts, Format format, Elements elements)
      : context_{context},
        interrupts_{interrupts},
        elements_{elements},
        printer_{context, format, shape_of<typename Op::Item>()},
        progress_{context.console, !(printer_.streams() && is_terminal(STDOUT_FILENO))} {}

  int run(std::vector<Account const*> const& accounts, Op const& operation) {
    for (auto const* account : accounts) {
      read_account(*account, operation);
      if (interrupts_.signal() != 0) return interrupted(context_, interrupts_);
      if (stopped_) return finish_output(context_, incomplete);
    }
    auto const status = status_of_all();
    if (status == success || status == incomplete) printer_.finish();
    return finish_output(context_, status);
  }

 private:
  void read_account(Account const& account, Op const& operation) {
    auto& end = ends_.emplace_back();
    auto client = connect(account, context_.console.log_sink(account.name, context_.log_level));
    if (!client) {
      end.error = std::move(client).error();
      context_.console.error(*end.error, account.name);
      return;
    }
    auto const report = read_pages(**client, account, operation, end);
    end_session(**client, interrupts_.token());
    if (interrupts_.signal() != 0 || stopped_) return;
    context_.output.flush();
    if (end.error) context_.console.error(*end.error, account.name);
    if (end.error && end.delivered != 0)
      context_.console.note(
          "the list ended early, after " + counted(end.delivered, elements_.one, elements_.many),
          account.name);
    tell_missed(context_, report, elements_.many, account.name);
    tell_unseen(context_, report, account.name);
  }

  ListReport read_pages(CampaignClient& client, Account const& account, Op const& operation, ReadEnd& end) {
    auto pager = client.list(operation, {.call = {.cancel = interrupts_.token()}});
    while (!stopped_) {
      auto page = pager.next_page();
      if (!page) end.error = std::move(page).error();
      if (!page || !*page) break;
      for (auto const& item : (*page)->items) {
        stopped_ = !printer_.add(item, account);
        if (stopped_) break;
        ++end.delivered;
      }
      stopped_ = !context_.output.flush() || stopped_;
      read_ += static_cast<std::int64_t>((*page)->items.size());
      progress_.tick([&] { return counted(read_, elements_.one, elements_.many).append(" read"); });
    }
    context_.console.progress({});
    return pager.report();
  }

  /// An account whose vendor has no such list is no failure, unless all are.
  [[nodiscard]] int status_of_all() const {
    auto const failed = [](ReadEnd const& end) {
      return end.error && end.error->code != ErrorCode::unsupported;
    };
    bool const any =
        std::ranges::any_of(ends_, [](ReadEnd const& end) { return !end.error || end.delivered != 0; });
    if (any) return std::ranges::any_of(ends_, failed) ? incomplete : success;
    bool const tried =
        std::ranges::any_of(ends_, [](ReadEnd const& end) { return status_of(*end.error) != usage; });
    return tried ? nothing : usage;
  }

  Context& context_;
  Interrupts const& interrupts_;
  Elements elements_;
  RowPrinter printer_;
  Progress progress_;
  std::vector<ReadEnd> ends_{};
  std::int64_t read_ = 0;
  bool stopped_ = false;  ///< nothing more can be written
};

template <class Op>
int show_list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
              Op const& operation, Format format, Elements elements) {
  return ListReader<Op>{context, interrupts, format, elements}.run(accounts, operation);
}

}  // namespace

int recipient_lists(Context& context, Interrupts const& interrupts,
                    std::vector<Account const*> const& accounts, ListsRequest const& request) {
  return show_list(context, interrupts, accounts, ListRecipientLists{}, request.format, {"list", "lists"});
}

int messages(Context& context, Interrupts const& interrupts, Account const& account,
             MessagesRequest const& request) {
  return show_list(context, interrupts, {&account}, request.list, request.format, {"message", "messages"});
}

int replies(Context& context, Interrupts const& interrupts, Account const& account,
            RepliesRequest const& request) {
  return show_list(context, interrupts, {&account}, ListReplies{request.campaign}, request.format,
                   {"reply", "replies"});
}

int opt_outs(Context& context, Interrupts const& interrupts, Account const& account,
             OptOutsRequest const& request) {
  Elements const elements{"opt-out", "opt-outs"};
  if (request.campaign)
    return show_list(context, interrupts, {&account}, ListOptOuts{*request.campaign}, request.format,
                     elements);
  return show_list(context, interrupts, {&account}, ListStopList{}, request.format, elements);
}

}  // namespace polycampaign::inline v1::command
