#pragma once

#include "polycampaign/call_options.hpp"

#include "engine/call_run.hpp"
#include "protocol/list.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// One page of a list on its way: asked for now, waited for when its turn comes. A request that failed
/// meanwhile is sent again only then. Its destruction abandons it.
class PageFetch {
 public:
  /// The references must outlive this.
  PageFetch(std::shared_ptr<Core> core, protocol::ListQuery const& query, protocol::PageKey key,
            CallOptions const& options);
  PageFetch(PageFetch const&) = delete;
  PageFetch& operator=(PageFetch const&) = delete;

  [[nodiscard]] protocol::PageKey const& key() const noexcept { return key_; }
  /// Sends the request unless that has been done, or needs a log-in first.
  void start_ahead() { run_.start_ahead(); }
  /// Blocks until the page is there.
  [[nodiscard]] std::optional<Error> wait();
  /// After a successful wait.
  [[nodiscard]] protocol::ListPage& page() noexcept { return page_; }

  bool read_again = false;  ///< a page that was delivered before
  bool checked = false;     ///< whether the page before it must be read again

 private:
  std::shared_ptr<Core> core_;
  protocol::PageKey key_;
  CallOptions const& options_;
  protocol::Exchange<protocol::ListPage> exchange_;
  protocol::ListPage page_{};
  std::shared_ptr<Event> event_;
  CallRun::Accept accept_;
  CallRun run_;
};

}  // namespace polycampaign::inline v1::engine
