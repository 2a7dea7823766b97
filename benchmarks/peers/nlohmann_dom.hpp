#pragma once

#include "record.hpp"

#include <string>

namespace peers {

/// A whole answer: its campaigns and its total. Throws for a damaged one and for a refusal.
Page nlohmann_page(Shape shape, std::string const& body);

}
