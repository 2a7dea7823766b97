#include "testing/vendors/bsg/repeats.hpp"

#include <algorithm>
#include <optional>

namespace polycampaign::inline v1::testing::bsg {

std::optional<HttpResponse> Repeats::check(HttpRequest const& request, RequestTarget const& target) {
  auto const now = simulator_.now();
  auto const window = std::chrono::seconds{simulator_.switch_number("duplicate_window")};
  while (!seen_.empty() && seen_.front().at + window <= now) seen_.pop_front();
  auto const key = target.path + '\n' + request.body;
  if (std::ranges::find(seen_, key, &Seen::request) != seen_.end())
    return json_answer(429, R"({"message":"Too many duplicate request detected"})");
  if (window.count() > 0) seen_.push_back({key, now});
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::testing::bsg
