#pragma once

#include <cstddef>

/// Counts what this program takes from the heap: operator new, and pugixml's memory once `count_pugixml` was
/// called.
namespace heap {

/// Before the first document, and once.
void count_pugixml() noexcept;

/// Bytes that are taken now.
std::size_t taken() noexcept;
/// The most that were taken at a time since the last call of `forget_peak`.
std::size_t peak() noexcept;
void forget_peak() noexcept;

}
