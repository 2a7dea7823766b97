#pragma once

#include <cstdint>

/// Counts what the program that links this takes from the heap: operator new, and pugixml's memory once
/// `count_pugixml` was called.
namespace bench {

/// Of this thread, since it began.
std::uint64_t allocations() noexcept;

/// Of this thread, since it began, whether it was given back or not.
std::uint64_t allocated_bytes() noexcept;

/// Before the first document, and once.
void count_pugixml() noexcept;

}
