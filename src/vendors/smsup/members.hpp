#pragma once

#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::smsup {

/// The members of one record, in order. The values are views into the document that is being read.
using FlatRecord = std::vector<std::pair<std::string_view, wire::Scalar>>;

/// What to do with the members of a response that is not about campaigns, in either format.
struct MemberReader {
  /// Receives a member without structure. `exact` is the text of a JSON number with a fraction, else empty.
  std::function<void(std::string_view name, wire::Scalar const& value, std::string const& exact)> member{};
  /// Receives a record: an object or element with members of its own. Null: records are skipped.
  std::function<void(std::string_view name, FlatRecord const& record)> record{};
};

/// Reads a response of any HTTP status. Errors: what the HTTP status means, or `protocol`, if the body is
/// neither JSON nor XML of this vendor. `action` decides the effect.
[[nodiscard]] Result<void> read_members(HttpResponse& response, Action action, MemberReader const& reader);

}  // namespace polycampaign::inline v1::smsup
