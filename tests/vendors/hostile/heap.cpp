#include "heap.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

constinit std::atomic<std::size_t> now{0};
constinit std::atomic<std::size_t> most{0};

// In front of each piece of memory stands its size.
constexpr std::size_t room = alignof(std::max_align_t);

void* take(std::size_t size) noexcept {
  auto* const memory = static_cast<char*>(std::malloc(size + room));
  if (memory == nullptr) return nullptr;
  std::memcpy(memory, &size, sizeof size);
  auto const taken = now += size;
  if (taken > most) most = taken;
  return memory + room;
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  auto* const begin = static_cast<char*>(memory) - room;
  std::size_t size = 0;
  std::memcpy(&size, begin, sizeof size);
  now -= size;
  std::free(begin);
}

}

// the forms for arrays and the ones that do not throw end here; aligned ones are not counted
void* operator new(std::size_t size) {
  if (auto* const memory = take(size)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
  give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  give_back(memory);
}

namespace heap {

void count_pugixml() noexcept {
  pugi::set_memory_management_functions(take, give_back);
}

std::size_t taken() noexcept {
  return now;
}
std::size_t peak() noexcept {
  return most;
}
void forget_peak() noexcept {
  most = now.load();
}

}
