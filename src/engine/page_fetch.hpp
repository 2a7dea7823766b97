#pragma once

#include "polycampaign/call_options.hpp"

#include "engine/call_run.hpp"
#include "engine/list_source.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// The fetch of one page of a list. It is requested early and polled when its turn comes. A request that
/// failed in the meantime is sent again only then. The destructor abandons it.
class PageFetch {
 public:
  /// The references must outlive this object.
  PageFetch(std::shared_ptr<Core> core, ListSource const& source, protocol::PageKey key,
            CallOptions const& options, std::shared_ptr<runtime::Waker> waker);
  PageFetch(PageFetch const&) = delete;
  PageFetch& operator=(PageFetch const&) = delete;

  [[nodiscard]] protocol::PageKey const& key() const noexcept { return key_; }
  /// Sends the request, unless it has been sent or requires a login first.
  void start_ahead() {
    if (run_) run_->start_ahead();
  }
  [[nodiscard]] bool asked() const noexcept { return run_ && run_->sent(); }
  /// Returns whether the vendor has answered, even if the response has not been processed.
  [[nodiscard]] bool answered() const { return run_ && run_->undecoded(); }
  /// Returns true when it has ended, with an error or with the page.
  [[nodiscard]] bool poll();
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const {
    return run_ ? run_->wake_at() : std::nullopt;
  }
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return run_ ? run_->error() : refused_; }
  /// After the end without an error: returns the page, which is never null.
  [[nodiscard]] std::shared_ptr<AnyPage> const& page() const noexcept { return page_; }

  bool read_again = false;  ///< this page was delivered before
  /// Whether it was requested before the response of the last delivered page was processed.
  bool asked_early = false;

 private:
  protocol::PageKey key_;
  protocol::Call call_{};
  std::shared_ptr<AnyPage> page_{};
  std::optional<Error> refused_{};  // the adapter has no request for this key
  std::optional<CallRun> run_{};    // used otherwise
};

}  // namespace polycampaign::inline v1::engine
