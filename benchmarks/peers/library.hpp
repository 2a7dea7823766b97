#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/transport.hpp"

#include "peers.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace peers {

/// The library's own decoding of one page of a list: what its engine calls with each answer.
class Library {
 public:
  /// `page_size`: the records that the page was asked for.
  Library(Shape shape, int page_size);

  /// An answer as the library's transport hands it over: the body in a string of its own, with the room
  /// behind it that parsers want. The decoder uses it up.
  static polycampaign::HttpResponse answer(std::string const& page);
  /// Throws std::runtime_error on an error.
  Campaigns decode(polycampaign::HttpResponse answer) const;
  /// Takes a page back, as a list does when its reader goes on: the next page is decoded into it.
  void give_back(Campaigns page) const { spare_->give_back(std::move(page)); }

 private:
  std::shared_ptr<polycampaign::Adapter const> adapter_;
  std::shared_ptr<polycampaign::protocol::SparePages<polycampaign::Campaign>> spare_;
  polycampaign::protocol::Exchange<polycampaign::protocol::ListPage<polycampaign::Campaign>> exchange_;
};

}
