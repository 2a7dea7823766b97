#include "simdjson_dom.hpp"

#include <stdexcept>

namespace peers {
namespace {

namespace dom = simdjson::dom;

[[noreturn]] void fail(char const* what) {
  throw std::runtime_error{what};
}

void require(simdjson::error_code code) {
  if (code != simdjson::SUCCESS) fail(simdjson::error_message(code));
}

template <Shape shape>
void put(polycampaign::Campaign& campaign, Field field, dom::element value) {
  switch (value.type()) {
    case dom::element_type::STRING: put_text<shape>(campaign, field, std::string_view{value}); break;
    case dom::element_type::INT64: put_number<shape>(campaign, field, std::int64_t{value}); break;
    default: break;
  }
}

template <Shape shape>
void read_record(dom::object record, polycampaign::Campaign& campaign) {
  begin_record<shape>(campaign);
  for (auto const member : record) {
    auto const field = field_of<shape>(member.key);
    if (field == Field::other) continue;
    if (shape == Shape::bsg && field == Field::statistics) {
      dom::object statistics;
      if (member.value.get(statistics) != simdjson::SUCCESS) continue;
      for (auto const counter : statistics) put<shape>(campaign, field_of<shape>(counter.key), counter.value);
    } else if (shape == Shape::smsup && field == Field::lists) {
      dom::array lists;
      if (member.value.get(lists) != simdjson::SUCCESS) continue;
      for (auto const list : lists) {
        std::string_view id;
        if (list["id"].get(id) == simdjson::SUCCESS) put_list_id(campaign, id);
      }
    } else {
      put<shape>(campaign, field, member.value);
    }
  }
}

template <Shape shape>
Page read_page(dom::object root) {
  if constexpr (shape != Shape::bsg) {
    std::int64_t status = 0;
    require(root[shape == Shape::yeastar ? "errcode" : "status"].get(status));
    if (status != (shape == Shape::yeastar ? 0 : 1)) fail("refused");
  }
  dom::array records;
  require(root[records_member(shape)].get(records));
  Page page;
  page.campaigns.reserve(records.size());
  for (auto const record : records) {
    dom::object object;
    require(record.get(object));
    read_record<shape>(object, page.campaigns.emplace_back());
  }
  std::uint64_t total = 0;
  if constexpr (shape == Shape::bsg)
    require(root["meta"]["page"]["total"].get(total));
  else
    require(root[shape == Shape::yeastar ? "total_number" : "totalRecords"].get(total));
  page.total = total;
  return page;
}

}

Page simdjson_page(dom::parser& parser, Shape shape, std::string& body) {
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  dom::object root;
  require(parser.parse(body.data(), body.size(), false).get(root));
  return with_shape(shape, [&](auto constant) { return read_page<constant()>(root); });
}

struct SimdjsonDom::State {
  dom::parser parser;
};

SimdjsonDom::SimdjsonDom() : state_{std::make_unique<State>()} {}
SimdjsonDom::~SimdjsonDom() = default;

Campaigns SimdjsonDom::decode(Shape shape, std::string& page) {
  return simdjson_page(state_->parser, shape, page).campaigns;
}

}
