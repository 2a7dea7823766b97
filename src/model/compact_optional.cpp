#include "polycampaign/compact_optional.hpp"

#include "polycampaign/cost.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::detail {

template <class T>
CompactStorage<T>::CompactStorage(CompactStorage const& other)
    : value_{other.has() ? new std::optional<T>{*other} : nullptr} {}

template <class T>
CompactStorage<T>& CompactStorage<T>::operator=(CompactStorage const& other) {
  if (this == &other) return *this;
  if (other.has())
    set(*other);
  else
    clear();
  return *this;
}

template <class T>
CompactStorage<T>::~CompactStorage() {
  delete value_;
}

template <class T>
void CompactStorage<T>::clear() noexcept {
  if (value_ != nullptr) value_->reset();
}

template <class T>
void CompactStorage<T>::set(T value) {
  if (value_ == nullptr)
    value_ = new std::optional<T>{std::move(value)};
  else
    *value_ = std::move(value);
}

// Visible outside of a shared library only for a type that is exported itself, as Cost is.
template class CompactStorage<Cost>;
template class CompactStorage<std::string>;

}  // namespace polycampaign::inline v1::detail
