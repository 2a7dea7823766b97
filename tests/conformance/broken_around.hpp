#pragma once

#include <polycampaign/testing/conformance.hpp>

#include "../../examples/adapter/heron.hpp"
#include "../../examples/adapter/simulator.hpp"
#include "conformance/wrapped_adapter.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// The mistakes of an adapter that otherwise handles lists of recipients, messages and replies well.
/// Functions that are null change nothing.
struct AroundFaults {
  // elements of lists; `campaign` is the one that was asked for
  std::function<void(Message&, std::string const& campaign)> message{};
  std::function<void(Reply&, std::string const& campaign)> reply{};
  std::function<void(OptOut&, std::string const& campaign)> opt_out{};
  std::function<void(RecipientList&)> list{};
  std::function<void(std::vector<Message>&, std::int64_t records, std::string const& campaign)> messages{};

  std::function<void(Operation, std::string& body)> body{};  ///< before it is decoded
  std::function<void(Operation, protocol::PageInfo&)> info{};
  std::function<void(Operation, std::vector<protocol::PageKey>&)> ahead{};
  std::function<void(Error&, HttpResponse const&)> error{};  ///< of pages and of requests of conversations
  std::function<void(protocol::Call&)> call{};               ///< of both
  bool fails_with_notes = false;        ///< a page with an element that has a note is an error
  bool takes_damage_for_empty = false;  ///< a page that cannot be read is an empty one
  bool keeps_old_values = false;        ///< of messages whose page is used again

  std::function<void(CreateRecipientList&)> create{};
  std::function<void(AddRecipients&)> add{};
  std::function<void(ListAddition&)> addition{};
  /// Runs instead of the good adapter, which it can call.
  std::function<Result<AnyAnswer>(Adapter const& good, AnyOperation const&, protocol::Conversation&)>
      script{};
  std::function<void(Capabilities&)> capabilities{};
};

/// Heron's adapter with these mistakes.
class BrokenAround final : public WrappedAdapter {
 public:
  BrokenAround(std::shared_ptr<Adapter const> good, AroundFaults const& faults)
      : WrappedAdapter{std::move(good)}, faults_{faults}, capabilities_{WrappedAdapter::capabilities()} {
    if (faults_.capabilities) faults_.capabilities(capabilities_);
  }

  Capabilities const& capabilities() const noexcept override { return capabilities_; }

  Result<AnyAnswer> open(AnyOperation const& operation, protocol::ListQuery const& query) const override {
    auto listing = good().open(operation, query);
    if (!listing) return listing;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& list) {
      if constexpr (ListOperation<Op> && !std::is_same_v<Op, ListCampaigns>) {
        std::string campaign;
        if constexpr (requires { list.campaign; }) campaign = list.campaign;
        spoil(*static_cast<protocol::Listing<typename Op::Item>*>(listing->get()), Op::operation, campaign);
      }
    });
    return listing;
  }

  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    if (operation.as<GetCampaign>() != nullptr) return WrappedAdapter::perform(operation, conversation);
    Spoiled spoiled{*this, conversation};
    auto const changed = change(operation);
    auto answer =
        faults_.script ? faults_.script(good(), changed, spoiled) : good().perform(changed, spoiled);
    if (!answer) return answer;
    if (operation.what() == CreateRecipientList::operation || operation.what() == AddRecipients::operation)
      if (faults_.addition) faults_.addition(*static_cast<ListAddition*>(answer->get()));
    if (operation.what() == GetRecipientList::operation && faults_.list)
      faults_.list(*static_cast<RecipientList*>(answer->get()));
    return answer;
  }

 private:
  AnyOperation change(AnyOperation const& operation) const {
    if (auto const* const create = operation.as<CreateRecipientList>()) {
      auto changed = *create;
      if (faults_.create) faults_.create(changed);
      return AnyOperation{std::move(changed)};
    }
    if (auto const* const add = operation.as<AddRecipients>()) {
      auto changed = *add;
      if (faults_.add) faults_.add(changed);
      return AnyOperation{std::move(changed)};
    }
    return operation;
  }

  void spoil(Message& message, std::string const& campaign) const {
    if (faults_.message) faults_.message(message, campaign);
  }
  void spoil(Reply& reply, std::string const& campaign) const {
    if (faults_.reply) faults_.reply(reply, campaign);
  }
  void spoil(OptOut& opt_out, std::string const& campaign) const {
    if (faults_.opt_out) faults_.opt_out(opt_out, campaign);
  }
  void spoil(RecipientList& list, std::string const&) const {
    if (faults_.list) faults_.list(list);
  }

  template <class Item>
  void spoil(protocol::Listing<Item>& listing, Operation operation, std::string const& campaign) const {
    using Page = protocol::ListPage<Item>;
    if (faults_.keeps_old_values) listing.spare = std::make_shared<protocol::SparePages<Item>>();
    listing.page = [this, spare = listing.spare, operation, campaign, page = std::move(listing.page)](
                       protocol::PageKey const& key) -> Result<protocol::Exchange<Page>> {
      auto exchange = page(key);
      if (!exchange) return exchange;
      if (faults_.call) faults_.call(exchange->call);
      exchange->decode = [this, spare, operation, campaign,
                          decode = std::move(exchange->decode)](HttpResponse response) {
        auto old = spare ? spare->take() : std::vector<Item>{};
        auto decoded_page = decoded<Page>(operation, campaign, decode, std::move(response));
        if constexpr (std::is_same_v<Item, Message>)
          for (std::size_t i = 0; decoded_page && i < old.size() && i < decoded_page->items.size(); ++i)
            decoded_page->items[i].reference = old[i].reference;
        return decoded_page;
      };
      return exchange;
    };
    if (faults_.ahead && listing.ahead)
      listing.ahead = [this, operation, ahead = std::move(listing.ahead)](
                          protocol::PageKey const& key, protocol::PageInfo const& info, std::size_t most) {
        auto keys = ahead(key, info, most);
        faults_.ahead(operation, keys);
        return keys;
      };
  }

  template <class Page>
  Result<Page> decoded(Operation operation, std::string const& campaign,
                       std::function<Result<Page>(HttpResponse)> const& decode, HttpResponse response) const {
    if (faults_.body) faults_.body(operation, response.body);
    auto const answer = response;
    auto page = decode(std::move(response));
    if (!page && faults_.takes_damage_for_empty && page.error().code == ErrorCode::protocol) return Page{};
    if (!page && faults_.error) faults_.error(page.error(), answer);
    if (!page) return page;
    for (auto& item : page->items) {
      if (faults_.fails_with_notes && !item.notes.empty())
        return Error{.code = ErrorCode::protocol, .message = "a record is odd"};
      spoil(item, campaign);
    }
    if constexpr (std::is_same_v<Page, protocol::ListPage<Message>>)
      if (faults_.messages) faults_.messages(page->items, page->info.records, campaign);
    if (faults_.info) faults_.info(operation, page->info);
    return page;
  }

  /// Runs a conversation with the mistakes of its requests.
  class Spoiled final : public protocol::Conversation {
   public:
    Spoiled(BrokenAround const& adapter, protocol::Conversation& good) : adapter_{adapter}, good_{good} {}
    Result<Value> perform(protocol::Call const& call, Decode decode) override {
      auto changed = call;
      if (adapter_.faults_.call) adapter_.faults_.call(changed);
      return good_.perform(
          changed, [&adapter = adapter_, decode = std::move(decode)](HttpResponse response) -> Result<Value> {
            auto const answer = response;
            auto value = decode(std::move(response));
            if (!value && adapter.faults_.error) adapter.faults_.error(value.error(), answer);
            return value;
          });
    }

   private:
    BrokenAround const& adapter_;
    protocol::Conversation& good_;
  };

  AroundFaults const& faults_;
  Capabilities capabilities_;
};

/// A mistake, and the checks that find it. Each of them finds it alone, with a finding that contains `named`.
struct AroundMistake {
  std::string name{};
  std::set<std::string> checks{};
  std::string named{};
  AroundFaults faults{};

  friend void PrintTo(AroundMistake const& one, std::ostream* out) { *out << one.name; }
};

/// The mistake of the adapters that are made from now on. Global, because `Provider` holds plain functions.
inline AroundMistake const* current_around = nullptr;

inline Provider broken_around(AroundMistake const& mistake) {
  current_around = &mistake;
  auto provider = heron::provider();
  provider.make_adapter = [](Settings settings) -> Result<std::shared_ptr<Adapter const>> {
    auto good = heron::provider().make_adapter(std::move(settings));
    if (!good) return good;
    return std::shared_ptr<Adapter const>{
        std::make_shared<BrokenAround>(*std::move(good), current_around->faults)};
  };
  if (mistake.faults.capabilities)
    provider.capabilities = []() noexcept -> Capabilities const& {
      static Capabilities claims;
      claims = heron::capabilities();
      current_around->faults.capabilities(claims);
      return claims;
    };
  return provider;
}

/// Expects each of its checks to find the mistake.
inline void expect_found(AroundMistake const& mistake) {
  testing::ConformanceOptions const options{.provider = broken_around(mistake),
                                            .simulator = heron::simulated(),
                                            .checks = {mistake.checks.begin(), mistake.checks.end()}};
  std::set<std::string> found;
  std::string all;
  for (auto const& finding : testing::check_adapter(options)) {
    found.insert(finding.check);
    all += to_string(finding) + '\n';
  }
  for (auto const& check : mistake.checks) EXPECT_TRUE(found.contains(check)) << check << " finds nothing";
  EXPECT_NE(all.find(mistake.named), std::string::npos) << all;
}

}  // namespace polycampaign::test
