#pragma once

#include "polycampaign/call_options.hpp"

#include "engine/call_run.hpp"
#include "engine/list_source.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// One page of a list on its way: asked for now, polled when its turn comes. A request that failed meanwhile
/// is sent again only then. Its destruction abandons it.
class PageFetch {
 public:
  /// The references must outlive this.
  PageFetch(std::shared_ptr<Core> core, ListSource const& source, protocol::PageKey key,
            CallOptions const& options, std::shared_ptr<runtime::Waker> waker);
  PageFetch(PageFetch const&) = delete;
  PageFetch& operator=(PageFetch const&) = delete;

  [[nodiscard]] protocol::PageKey const& key() const noexcept { return key_; }
  /// Sends the request unless that has been done, or needs a log-in first.
  void start_ahead() {
    if (run_) run_->start_ahead();
  }
  [[nodiscard]] bool asked() const noexcept { return run_ && run_->sent(); }
  /// True when it has ended: with an error, or with the page.
  [[nodiscard]] bool poll();
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const {
    return run_ ? run_->wake_at() : std::nullopt;
  }
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return run_ ? run_->error() : refused_; }
  /// Once ended without an error; never null then.
  [[nodiscard]] std::shared_ptr<AnyPage> const& page() const noexcept { return page_; }

  bool read_again = false;   ///< a page that was delivered before
  bool asked_early = false;  ///< before the answer that was delivered last had been looked at

 private:
  protocol::PageKey key_;
  protocol::Call call_{};
  std::shared_ptr<AnyPage> page_{};
  std::optional<Error> refused_{};  // the adapter has no request for this key
  std::optional<CallRun> run_{};    // else
};

}  // namespace polycampaign::inline v1::engine
