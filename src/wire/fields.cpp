#include "wire/fields.hpp"

namespace polycampaign::inline v1::wire {

StatusCode status_code(std::string_view word, std::span<StatusWord const> words) noexcept {
  for (auto const& known : words)
    if (known.word == word) return known.code;
  for (auto const& known : words)
    if (same_word(known.word, word)) return known.code;
  return StatusCode::unknown;
}

}  // namespace polycampaign::inline v1::wire
