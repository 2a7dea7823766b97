#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/pager.hpp"

#include "engine/blocking.hpp"
#include "engine/core.hpp"
#include "engine/detail_queue.hpp"
#include "engine/list_rules.hpp"
#include "engine/page_queue.hpp"
#include "runtime/waker_relay.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Reads one list for its reader: the pages of a PageQueue, filtered, with details if they were requested. A
/// state machine like CallRun, which never waits. The destructor abandons what is in flight.
template <class Op>
class ListReader : public PageSource<typename Op::Item> {
 public:
  using Item = typename Op::Item;
  using NextPage = Result<std::optional<Page<Item>>>;

  ListReader(std::shared_ptr<Core> core, Op operation, ListOptions options)
      : core_{std::move(core)},
        operation_{std::move(operation)},
        options_{std::move(options)},
        rules_{operation_, core_->adapter->capabilities()},
        left_{ListRules<Op>::limit(operation_)},
        queue_{core_, options_, list_of(), core_->clock->system_now(), wake_},
        details_{core_, options_.call} {}

  /// Returns the next page if it is available. If not, poll again after the waker was woken or the time
  /// `wake_at` has come.
  [[nodiscard]] std::optional<NextPage> poll(std::shared_ptr<runtime::Waker> const& waker) {
    wake_->set(waker);
    if (!std::exchange(waited_for_, true)) queue_.taken();
    auto page = advance();
    if (!page) return std::nullopt;
    details_.park();
    waited_for_ = false;
    wake_->set(nullptr);
    return page;
  }

  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const {
    return details_.empty() ? queue_.wake_at() : details_.wake_at();
  }

  /// Returns the next page; blocks until it is available.
  [[nodiscard]] NextPage next_page() override {
    auto const event = std::make_shared<runtime::Event>();
    std::optional<NextPage> page;
    auto const poll_once = [&] {
      page = poll(event);
      return page.has_value();
    };
    drive(*core_, event, options_.call, poll_once, [&] { return wake_at(); });
    return *std::move(page);
  }

  /// Ends the list because the reader was destroyed. Requests nothing more and abandons what is in flight.
  [[nodiscard]] Error leave() {
    return end({.code = ErrorCode::canceled, .message = "the caller stopped reading the list"});
  }

  void reuse(std::vector<Item> items) override {
    if (spare_ != nullptr) spare_->give_back(std::move(items));
  }

  [[nodiscard]] ListReport report() const override { return queue_.report(); }
  [[nodiscard]] std::string resume_token(std::size_t delivered) const override {
    return queue_.resume_token(delivered);
  }

 private:
  using Verdict = typename ListRules<Op>::Verdict;

  [[nodiscard]] int page_size() const {
    auto const& capabilities = core_->adapter->capabilities();
    return std::clamp(options_.page_size.value_or(capabilities.default_page_size), capabilities.min_page_size,
                      capabilities.max_page_size);
  }

  /// Identifies the list in every process, for its resume tokens.
  [[nodiscard]] std::uint64_t list_of() const {
    auto const h = text::mix(ListRules<Op>::hash_of(operation_) + static_cast<std::uint64_t>(page_size()));
    return text::mix(h + (options_.keep_raw ? 1u : 0u) + (options_.fetch_details ? 2u : 0u));
  }

  [[nodiscard]] std::optional<NextPage> advance() {
    if (!std::exchange(begun_, true))
      if (auto error = begin()) return end(*std::move(error));
    if (!queue_.ended())
      if (auto error = core_->given_up(options_.call)) return end(*std::move(error));
    if (!queue_.ended() && queue_.open() == nullptr && !open_next()) return std::nullopt;
    if (auto error = queue_.take_error()) return end(*std::move(error));
    if (queue_.open() == nullptr) {
      if (queue_.counted().complete && !std::exchange(concluded_, true))
        rules_.conclude(queue_.counted(), told_ ? &*told_ : nullptr, !options_.resume_token.empty());
      return std::optional<Page<Item>>{};
    }

    Page<Item> page;
    if (options_.fetch_details && complete_) {
      auto items = deliver_details();
      if (broken_) return end(*std::exchange(broken_, std::nullopt));
      if (!items) return std::nullopt;
      page.items = *std::move(items);
    } else {
      page.items = deliver_all();
    }
    if (left_ == 0) {
      queue_.enough();
      details_.clear();
    }
    queue_.want(wanted());
    queue_.send_ahead();
    return std::optional<Page<Item>>{std::move(page)};
  }

  [[nodiscard]] std::optional<Error> begin() {
    auto const& adapter = *core_->adapter;
    auto const& capabilities = adapter.capabilities();
    if (auto error = ListRules<Op>::refuse(operation_, capabilities)) return error;
    if (auto taken = queue_.take_up(); !taken) return std::move(taken).error();
    if (left_) *left_ -= (std::min)(*left_, queue_.had());

    auto& report = queue_.counted();
    report.client_filters = rules_.names();
    report.unseen.assign(capabilities.limitations.begin(), capabilities.limitations.end());
    auto const ended = queue_.ended();
    auto listing = adapter.list(
        operation_, {.page_size = page_size(), .now = queue_.now(), .keep_raw = options_.keep_raw});
    if (!listing) return std::move(listing).error();
    for (auto& sentence : listing->unseen) report.unseen.push_back(std::move(sentence));
    auto const empty = ListRules<Op>::empty(operation_);
    if (ended || empty || left_ == 0) {
      queue_.begin_at_end(empty);
      return std::nullopt;
    }
    complete_ = static_cast<bool>(listing->complete);
    details_.begin(std::move(listing->complete));
    queue_.want(wanted());
    spare_ = std::move(listing->spare);
    queue_.begin(source_of(*std::move(listing), Op::operation.action));
    return std::nullopt;
  }

  [[nodiscard]] Error end(Error error) {
    queue_.leave();
    details_.clear();
    return core_->completed(std::move(error));
  }

  /// Returns the maximum number of additional records that the reader takes.
  [[nodiscard]] std::optional<std::int64_t> wanted() const { return rules_.passive() ? left_ : std::nullopt; }

  [[nodiscard]] bool open_next() {
    if (!queue_.open_next()) return false;
    if (auto* const open = queue_.open()) {
      next_ = asked_ = open->first;
      if (open->page->info.expected) told_ = open->page->info;
    }
    return true;
  }

  [[nodiscard]] std::vector<Item>& items() { return static_cast<PageOf<Item>&>(*queue_.open()->page).items; }

  [[nodiscard]] std::vector<Item> deliver_all() {
    auto& page = items();
    std::size_t kept = 0;
    for (; next_ < page.size() && left_ != 0; ++next_) {
      auto& item = page[next_];
      if (!queue_.is_new(next_) || !fits(item, true)) continue;
      hand_over(item);
      if (kept != next_) std::swap(page[kept], item);
      ++kept;
    }
    auto const cut = next_ < page.size();
    page.erase(page.begin() + static_cast<std::ptrdiff_t>(kept), page.end());
    auto all = std::move(page);
    if (!cut) queue_.close_page();
    return all;
  }

  /// Returns the records at the front whose details have arrived, or nothing if it must wait for them.
  [[nodiscard]] std::optional<std::vector<Item>> deliver_details() {
    std::vector<Item> ready;
    while (left_ != 0) {
      ask_for_details();
      details_.poll(wake_);
      auto* const result = details_.first();
      if (result == nullptr) break;
      if (!*result) {
        if (!ready.empty()) return ready;  // the error follows them
        broken_ = std::move(*result).error();
        return std::nullopt;
      }
      next_ = details_.first_record();
      if (fits(**result, true)) {
        hand_over(**result);
        ready.push_back(std::move(**result));
      }
      ++next_;
      details_.drop_first();
    }
    if (ready.empty() && !details_.empty()) return std::nullopt;
    if (details_.empty() && asked_ == items().size()) queue_.close_page();
    return ready;
  }

  void ask_for_details() {
    auto const depth = std::uint64_t{queue_.depth()};
    auto const most =
        static_cast<std::size_t>((std::min)(depth, wanted() ? static_cast<std::uint64_t>(*wanted()) : depth));
    auto& page = items();
    for (; details_.size() < most && asked_ < page.size(); ++asked_) {
      // A record that the list itself rules out needs no request.
      if (queue_.is_new(asked_) && fits(page[asked_], false)) details_.add(std::move(page[asked_]), asked_);
    }
  }

  [[nodiscard]] bool fits(Item const& item, bool complete) {
    auto const verdict = rules_.judge(item, complete);
    if (verdict == Verdict::keep) return true;
    auto& report = queue_.counted();
    ++report.filtered;
    if (verdict == Verdict::drop_without_time) ++report.without_time;
    return false;
  }

  void hand_over(Item const& item) {
    queue_.hand_over(next_, id_of(item));
    if (left_) --*left_;
  }

  std::shared_ptr<Core> core_;
  Op operation_;
  ListOptions options_;
  ListRules<Op> rules_;
  std::optional<std::int64_t> left_;  // how much of the limit is left

  bool begun_ = false;
  bool waited_for_ = false;  // the reader asked for a page that has not arrived
  bool complete_ = false;    // the vendor has details
  std::shared_ptr<runtime::WakerRelay> wake_ = std::make_shared<runtime::WakerRelay>();
  PageQueue queue_;
  std::shared_ptr<protocol::SparePages<Item>> spare_{};  // null: the adapter fills no page again
  std::optional<Error> broken_{};                        // the error of a detail
  std::size_t next_ = 0;                                 // next record of the open page to deliver
  std::size_t asked_ = 0;                                // next record whose details to request
  std::optional<protocol::PageInfo> told_{};             // what the vendor said of the whole list
  bool concluded_ = false;
  DetailQueue<Item> details_;  // for records of the open page
};

}  // namespace polycampaign::inline v1::engine
