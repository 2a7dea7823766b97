#pragma once

#include "polycampaign/polycampaign.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

namespace bench {

template <class T>
T must(polycampaign::Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
  std::exit(1);
}

using Client = std::shared_ptr<polycampaign::CampaignClient>;

inline Client yeastar(std::string base_url) {
  return must(polycampaign::yeastar::make_client({.base_url = std::move(base_url),
                                                  .client_id = polycampaign::Secret{"id"},
                                                  .client_secret = polycampaign::Secret{"secret"}}));
}

inline Client smsup(std::string base_url) {
  return must(polycampaign::smsup::make_client(
      {.token = polycampaign::Secret{"token"}, .base_url = std::move(base_url)}));
}

}
