#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/campaign.hpp"

#include "engine/list_walk.hpp"
#include "engine/worker_pool.hpp"

#include <memory>
#include <optional>
#include <string>

namespace polycampaign::inline v1::engine {

/// A walk whose pages come to a callback, driven by the pool. May outlive the engine: its pages are
/// `cancelled` then.
class AsyncList final : public AsyncPageSource<Campaign> {
 public:
  AsyncList(std::shared_ptr<Core> core, std::shared_ptr<WorkerPool> pool, CampaignFilter filter,
            ListOptions options);
  ~AsyncList() override;

  void next_page(Completion<std::optional<Page<Campaign>>> done) override;
  [[nodiscard]] WalkReport report() const override;
  [[nodiscard]] std::string resume_token(std::size_t delivered) const override;

 private:
  struct Shared;
  class PageTask;

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<WorkerPool> pool_;
};

}  // namespace polycampaign::inline v1::engine
