#include "polycampaign/phone_number.hpp"

#include "text/phone_digits.hpp"

namespace polycampaign::inline v1 {

Result<std::string> to_e164(std::string_view number) {
  auto const read = text::read_number(number);
  if (!read.fault.empty())
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "a phone number is wrong: " + std::string{read.fault}};
  return text::written_number(read.digits);
}

}  // namespace polycampaign::inline v1
