#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include "wire/json_writer.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

/// Bodies of requests: an object under `data`.
namespace polycampaign::inline v1::dexatel {

/// Opens a body of about `expected` bytes. Its members follow.
[[nodiscard]] inline wire::JsonWriter open_data(std::size_t expected = 256) {
  wire::JsonWriter json{expected};
  json.open('{').name("data").open('{');
  return json;
}

[[nodiscard]] inline wire::JsonWriter&& close_data(wire::JsonWriter& json) {
  json.close('}').close('}');
  return std::move(json);
}

[[nodiscard]] inline protocol::Call with_body(protocol::Call call, std::string_view method, Action action,
                                              wire::JsonWriter&& json) {
  call.request.method = method;
  call.request.action = action;
  call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.body = std::move(json).text();
  return call;
}

}  // namespace polycampaign::inline v1::dexatel
