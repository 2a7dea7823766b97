#include "library.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/smsup.hpp"
#include "polycampaign/yeastar.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace peers {
namespace {

std::shared_ptr<polycampaign::Adapter const> vendor_of(Shape shape) {
  using polycampaign::Secret;
  switch (shape) {
    case Shape::yeastar:
      return polycampaign::yeastar::make_adapter({.base_url = "https://pbx.example",
                                                  .client_id = Secret{"client"},
                                                  .client_secret = Secret{"secret"}})
          .value();
    case Shape::bsg: return polycampaign::bsg::make_adapter({.api_key = Secret{"key"}}).value();
    case Shape::smsup: break;
  }
  return polycampaign::smsup::make_adapter({.token = Secret{"token"}}).value();
}

}

Library::Library(Shape shape, int page_size) : adapter_{vendor_of(shape)} {
  polycampaign::protocol::ListQuery query;
  query.page_size = page_size;
  query.now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
  auto const list = *adapter_->list(polycampaign::ListCampaigns{}, query);
  spare_ = list.spare;
  exchange_ = *list.page(list.first);
}

polycampaign::HttpResponse Library::answer(std::string const& page) {
  constexpr std::size_t padding = 64;
  polycampaign::HttpResponse response;
  response.status = 200;
  response.headers.push_back({"Content-Type", "application/json"});
  response.body.reserve(page.size() + padding);
  response.body = page;
  return response;
}

Campaigns Library::decode(polycampaign::HttpResponse answer) const {
  auto page = exchange_.decode(std::move(answer));
  if (!page) throw std::runtime_error{page.error().message};
  return std::move(page->items);
}

}
