#pragma once

#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"
#include "engine/list_reader.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A vendor with campaigns, and an engine that lists them.
struct Shop {
  explicit Shop(std::size_t campaigns, AcmeOptions options = {.max_page_size = 10})
      : server{campaigns},
        transport{std::make_shared<HandlerTransport>([this](HttpRequest const& r) { return server(r); })},
        engine{{.adapter = std::make_shared<Acme>(options), .transport = transport, .clock = clock}} {
    server.windows = options.paging == AcmeOptions::Paging::windows;
  }

  Pager<Campaign> list(CampaignFilter filter = {}, ListOptions options = {}) {
    return Pager<Campaign>{
        std::make_unique<CampaignReader>(engine.core(), std::move(filter), std::move(options))};
  }
  /// Returns the URLs of the list requests, without their common beginning.
  std::vector<std::string> pages_asked() const {
    std::vector<std::string> pages;
    for (auto const& request : transport->requests())
      if (auto const at = request.url.find("/list?"); at != std::string::npos)
        pages.push_back(request.url.substr(at + 6));
    return pages;
  }

  AcmeServer server;
  std::shared_ptr<QuickClock> clock = std::make_shared<QuickClock>();
  std::shared_ptr<HandlerTransport> transport;
  Engine engine;
};

inline std::vector<std::string> ids_of(std::vector<Campaign> const& campaigns) {
  std::vector<std::string> ids;
  for (auto const& campaign : campaigns) ids.push_back(campaign.id);
  return ids;
}

/// Returns the ids of everything that a list delivers. Fails the test on an error.
inline std::vector<std::string> ids_of(Pager<Campaign>& pager) {
  auto all = pager.collect();
  if (!all) {
    ADD_FAILURE() << to_string(all.error());
    return {};
  }
  return ids_of(*all);
}

inline std::vector<std::string> ids_of(Pager<Campaign>&& pager) {
  return ids_of(pager);
}

inline std::vector<std::string> ids_from_to(std::size_t begin, std::size_t end) {
  std::vector<std::string> ids;
  for (auto n = begin; n < end; ++n) ids.push_back("c" + std::to_string(n));
  return ids;
}

using Paging = AcmeOptions::Paging;
inline constexpr Paging every_paging[] = {Paging::offset, Paging::numbered, Paging::token, Paging::windows};

}  // namespace polycampaign::test
