#include "vendors/smsup/refusals.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/redact.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

/// The table of codes in "Getting started". It does not contain -8, which is a success of the calls that
/// send.
std::optional<ErrorCode> meaning(std::int64_t status) noexcept {
  switch (status) {
    case -1: return ErrorCode::unauthenticated;
    case -2:
    case -4:
    case -6:
    case -7: return ErrorCode::invalid_argument;
    case -3: return ErrorCode::insufficient_funds;
    case -5: return ErrorCode::not_found;
    case -99: return ErrorCode::unavailable;
    default: return std::nullopt;
  }
}

std::optional<std::int64_t> count(wire::Scalar const& value) noexcept {
  auto const number = wire::whole_number_of(value);
  return number && *number >= 0 ? number : std::nullopt;
}

std::string words_of(wire::Scalar const& value) {
  return protocol::safe_text(wire::words_of(value));
}

void append(std::string& words, wire::Scalar const& value) {
  constexpr std::size_t enough = 1'000;
  if (words.size() > enough) return;
  auto const text = words_of(value);
  if (text.empty()) return;
  if (!words.empty()) words += "; ";
  words += text;
}

bool succeeded(HttpResponse const& response) noexcept {
  return response.status >= 200 && response.status < 300;
}

}  // namespace

bool says_not_found(Error const& error) noexcept {
  return error.code == ErrorCode::not_found && error.http_status / 100 == 2;
}

std::string shown_id(std::string_view id) {
  constexpr std::size_t longest = 40;
  bool const plain = id.size() <= longest &&
                     std::ranges::all_of(id, [](char c) { return text::is_letter(c) || text::is_digit(c); });
  return plain ? std::string{id} : protocol::safe_text(id, longest);
}

void Envelope::read(std::string_view name, wire::Scalar const& value) {
  if (name == "status")
    status_ = wire::whole_number_of(value);
  else if (name == "message")
    message_ = words_of(value);
  else if (name == "details")
    append(details_, value);
  else if (name == "error")
    error_ = words_of(value);
  else if (name == "totalRecords")
    all_ = count(value);
  else if (name == "totalDisplayRecords")
    shown_ = count(value);
}

std::string Envelope::words() const {
  std::string all;
  for (auto const* part : {&message_, &error_, &details_}) {
    if (part->empty()) continue;
    if (!all.empty()) all += ": ";
    all += *part;
  }
  return all;
}

std::optional<Error> Envelope::refusal(HttpResponse const& response, std::optional<std::size_t> records,
                                       std::string expected) const {
  bool const moderated = status_ == under_moderation && records.value_or(0) > 0;
  bool const says_no = reports_error() && !moderated;
  bool const answers = succeeded(response);
  // 0 and positive numbers other than 1 have no documented meaning. With records, they count as a success.
  bool const empty_handed = answers && !records && status_.value_or(ok) != ok;
  if (answers && !says_no && !empty_handed) {
    if (records) return std::nullopt;
    return protocol::no_answer(response, std::move(expected));
  }

  auto error = protocol::refusal(response, words());
  if (says_no || empty_handed) {
    if (auto const code = status_ ? meaning(*status_) : std::nullopt) protocol::refine(error, *code);
    if (status_) error.vendor_code = std::to_string(*status_);
  }
  return error;
}

std::string Envelope::odd_status() const {
  if (status_.value_or(ok) == ok) return {};
  return "the response had status " + std::to_string(*status_) + " instead of 1";
}

void Envelope::note_odd_status(std::vector<Campaign>& campaigns) const {
  auto const note = odd_status();
  if (note.empty()) return;
  for (auto& campaign : campaigns) campaign.notes.push_back(note);
}

}  // namespace polycampaign::inline v1::smsup
