#pragma once

#include <cstddef>

/// Counts what this program allocates on the heap: operator new, and pugixml's memory after `count_pugixml`.
namespace heap {

/// Call it once, before the first document.
void count_pugixml() noexcept;

/// Returns the number of bytes allocated now.
std::size_t taken() noexcept;
/// Returns the highest number of bytes allocated at any time since the last call of `forget_peak`.
std::size_t peak() noexcept;
void forget_peak() noexcept;

}
