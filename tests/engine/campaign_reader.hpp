#pragma once

#include "engine/async_list.hpp"
#include "engine/list_reader.hpp"

#include <memory>
#include <utility>

namespace polycampaign::test {

/// A list of campaigns as the engine reads it.
class CampaignReader final : public engine::ListReader<ListCampaigns> {
 public:
  CampaignReader(std::shared_ptr<engine::Core> core, CampaignFilter filter, ListOptions options)
      : ListReader{std::move(core), ListCampaigns{std::move(filter)}, std::move(options)} {}
};

/// The same with callbacks.
class AsyncCampaigns final : public engine::AsyncList<ListCampaigns> {
 public:
  AsyncCampaigns(std::shared_ptr<engine::Core> core, std::shared_ptr<runtime::TaskGroup> tasks,
                 CampaignFilter filter, ListOptions options)
      : AsyncList{std::move(core), std::move(tasks), ListCampaigns{std::move(filter)}, std::move(options)} {}
};

}  // namespace polycampaign::test
