#include "allocations.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t count = 0;
thread_local std::uint64_t requested = 0;

void* counted(std::size_t size) noexcept {
  ++count;
  requested += size;
  return std::malloc(size);
}

}

// the forms for arrays and the ones that do not throw end here
void* operator new(std::size_t size) {
  if (auto* const memory = counted(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++count;
  requested += size;
  auto const unit = static_cast<std::size_t>(alignment);
  if (auto* const memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace bench {

std::uint64_t allocations() noexcept {
  return count;
}

std::uint64_t allocated_bytes() noexcept {
  return requested;
}

void count_pugixml() noexcept {
  pugi::set_memory_management_functions(counted, std::free);
}

}
