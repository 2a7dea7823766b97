#include "engine/page_fetch.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

/// Treats values that no list can have as not reported, so that code that computes with them needs no check.
void keep_possible(AnyPage& page) {
  auto& info = page.info;
  auto const items = static_cast<std::int64_t>(page.size());
  info.records = std::clamp(info.records, items, (std::max)(items, protocol::max_page_records));
  if (info.total && (*info.total < 0 || *info.total > protocol::max_list_records)) info.total.reset();
  if (info.applied_size && (*info.applied_size < 1 || *info.applied_size > protocol::max_page_records))
    info.applied_size.reset();
  if (info.next_token.size() > protocol::max_token_bytes) {
    info.next_error = Error{.code = ErrorCode::protocol,
                            .message = "the vendor's token for the next page has " +
                                       std::to_string(info.next_token.size()) + " bytes; the maximum is " +
                                       std::to_string(protocol::max_token_bytes)};
    info.next_token.clear();
  }
}

/// Returns the maximum number of records in a page, whichever adapter read it: ten times the vendor's largest
/// page, but at least 10,000.
std::size_t most_records(Adapter const& adapter) {
  return std::size_t{10} * static_cast<std::size_t>((std::max)(adapter.capabilities().max_page_size, 1'000));
}

}  // namespace

PageFetch::PageFetch(std::shared_ptr<Core> core, ListSource const& source, protocol::PageKey key,
                     CallOptions const& options, std::shared_ptr<runtime::Waker> waker)
    : key_{std::move(key)} {
  auto request = source.page(key_);
  if (!request) {
    refused_ = std::move(request).error();
    return;
  }
  call_ = std::move(request->call);
  auto decode = [decode = std::move(request->decode),
                 most = most_records(*core->adapter)](HttpResponse response) -> Result<AnyAnswer> {
    auto const http_status = response.status;
    auto page = decode(std::move(response));
    if (page && static_cast<AnyPage const*>(page->get())->size() > most)
      return Error{
          .code = ErrorCode::protocol,
          .http_status = http_status,
          .message = "the page contains more than ten times as many records as the largest page size allows"};
    return page;
  };
  run_.emplace(std::move(core), call_, std::move(decode), options, std::move(waker));
}

bool PageFetch::poll() {
  if (!run_) return true;
  if (!run_->poll()) return false;
  if (auto const value = run_->take_value()) {
    page_ = std::static_pointer_cast<AnyPage>(value);
    keep_possible(*page_);
  }
  return true;
}

}  // namespace polycampaign::inline v1::engine
