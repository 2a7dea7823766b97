// An adapter that passes everything on, and records the calls of its conversations and the pages of its
// lists.
#include "testing/conformance/writing_site.hpp"

#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

class WatchedConversation final : public protocol::Conversation {
 public:
  WatchedConversation(protocol::Conversation& inner, WriteRecord& record) : inner_{inner}, record_{record} {}

  Result<Value> perform(protocol::Call const& call, Decode decode) override {
    {
      std::lock_guard const lock{record_.mutex};
      if (record_.keeps_calls) record_.calls.push_back(call);
    }
    return inner_.perform(call, std::move(decode));
  }
  std::optional<Result<Value>> answered() override { return inner_.answered(); }

 private:
  protocol::Conversation& inner_;
  WriteRecord& record_;
};

template <class Item>
void watch(protocol::Listing<Item>& listing, std::shared_ptr<WriteRecord> const& record) {
  using Page = protocol::ListPage<Item>;
  listing.page = [record, page = std::move(listing.page)](
                     protocol::PageKey const& key) -> Result<protocol::Exchange<Page>> {
    auto exchange = page(key);
    if (!exchange) return exchange;
    exchange->decode = [record, decode = std::move(exchange->decode)](HttpResponse response) {
      auto decoded = decode(std::move(response));
      if (decoded) {
        std::lock_guard const lock{record->mutex};
        record->infos.push_back(decoded->info);
      }
      return decoded;
    };
    return exchange;
  };
}

class WatchedAdapter final : public Adapter {
 public:
  WatchedAdapter(std::shared_ptr<Adapter const> inner, std::shared_ptr<WriteRecord> record)
      : inner_{std::move(inner)}, record_{std::move(record)} {}

  Capabilities const& capabilities() const noexcept override { return inner_->capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return inner_->endpoint(); }
  std::vector<std::string_view> secrets() const override { return inner_->secrets(); }
  protocol::Loggable loggable() const noexcept override { return inner_->loggable(); }
  void sign(HttpRequest& request, protocol::Token const* token) const override {
    {
      std::lock_guard const lock{record_->mutex};
      record_->with_token = token != nullptr;
    }
    inner_->sign(request, token);
  }
  std::optional<protocol::Exchange<protocol::Token>> log_in() const override { return inner_->log_in(); }
  std::optional<protocol::Exchange<protocol::Token>> refresh(protocol::Token const& token) const override {
    return inner_->refresh(token);
  }
  std::optional<protocol::Exchange<protocol::Done>> revoke(protocol::Token const& token) const override {
    return inner_->revoke(token);
  }
  std::optional<protocol::ClockRule> start_clock() const override { return inner_->start_clock(); }
  Result<std::vector<std::string>> review(NewCampaign const& campaign) const override {
    return inner_->review(campaign);
  }
  bool has(Operation operation) const noexcept override { return inner_->has(operation); }
  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    WatchedConversation watched{conversation, *record_};
    return inner_->perform(operation, watched);
  }
  Result<AnyAnswer> open(AnyOperation const& operation, protocol::ListQuery const& query) const override {
    auto listing = inner_->open(operation, query);
    if (!listing || !record_->keeps_infos) return listing;
    detail::visit(operation, Operations{}, [&]<class Op>(Op const&) {
      if constexpr (ListOperation<Op>)
        watch(*static_cast<protocol::Listing<typename Op::Item>*>(listing->get()), record_);
    });
    return listing;
  }

 private:
  std::shared_ptr<Adapter const> inner_;
  std::shared_ptr<WriteRecord> record_;
};

}  // namespace

std::shared_ptr<Adapter const> watched(std::shared_ptr<Adapter const> adapter,
                                       std::shared_ptr<WriteRecord> record) {
  return std::make_shared<WatchedAdapter>(std::move(adapter), std::move(record));
}

}  // namespace polycampaign::inline v1::testing::conformance
