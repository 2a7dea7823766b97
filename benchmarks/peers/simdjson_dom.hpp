#pragma once

#include "record.hpp"

#include <simdjson.h>

#include <string>

namespace peers {

/// A whole answer: its campaigns and its total. Throws std::runtime_error for a damaged one and for a
/// refusal.
Page simdjson_page(simdjson::dom::parser& parser, Shape shape, std::string& body);

}
