#pragma once

#include "polycampaign/testing/fake_client.hpp"

#include "fake_source.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Returns the operation as `FakeCampaignClient::calls` shows it.
std::string fake_call(AnyOperation const& operation);

struct FakeCampaignClient::State {
  /// A list of recipients, with its numbers.
  struct NumberList {
    RecipientList list{};
    std::vector<std::string> numbers{};
  };

  mutable std::mutex mutex{};
  std::vector<Campaign> campaigns{};
  std::deque<Error> failures{};
  std::optional<FakeList<Campaign>::End> list_end{};
  std::vector<std::string> calls{};
  bool closed = false;
  std::vector<NewCampaign> created{};
  std::optional<Balance> balance{};
  std::vector<Sender> senders{};
  std::vector<NumberList> number_lists{};
  std::size_t lists_made = 0;
  std::vector<Message> messages{};
  std::vector<Reply> replies{};
  std::vector<OptOut> opt_outs{};
  std::vector<OptOut> stop_list{};
  std::map<std::string_view, AnswerHandler> answers{};
  std::map<std::string_view, ListHandler> lists{};

  /// Returns null if there is no such list.
  NumberList* find_list(std::string const& id);
  /// Adds the numbers that the list does not have. `given` is how many the caller gave; it can be more,
  /// because `numbers` has each only once.
  static ListAddition add_to(NumberList& to, std::vector<std::string> const& numbers, std::size_t given);
  std::unique_ptr<PageSource<Campaign>> list(CampaignFilter const& filter, ListOptions options);
  /// Changes a campaign, unless the plan has refused that. `how` returns false if its status does not allow
  /// the change.
  Result<Campaign> change(std::string const& name, std::string const& id, CallOptions const& call,
                          std::function<bool(Campaign& campaign)> const& how, Error const* refusal = nullptr);

  /// Returns the error that this call ends with, if any. Called with the mutex held.
  std::optional<Error> begin(std::string name, CallOptions const& call) {
    calls.push_back(std::move(name));
    if (auto error = ended(call)) return error;
    if (closed) return fake_error(ErrorCode::canceled, "the client was closed");
    if (failures.empty()) return std::nullopt;
    auto error = std::move(failures.front());
    failures.pop_front();
    return error;
  }
  /// The same, for an operation whose name is that of `calls`.
  template <class Op>
  std::optional<Error> begin_as(Op const& operation, CallOptions const& call) {
    return begin(fake_call(AnyOperation{operation}), call);
  }
};

}  // namespace polycampaign::inline v1::testing
