#include "vendors/yeastar/refusals.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/redact.hpp"

#include "wire/json_list.hpp"
#include "wire/text.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

struct Mapping {
  std::int64_t errcode;
  ErrorCode code;
};

constexpr std::array mappings{
    Mapping{-2, ErrorCode::unavailable},           // INTERNAL SERVER ERROR
    Mapping{10001, ErrorCode::unsupported},        // INTERFACE NOT EXISTED: old firmware
    Mapping{10002, ErrorCode::unsupported},        // API VERSION OUT OF MAINTENANCE
    Mapping{10003, ErrorCode::unsupported},        // API VERSION UNSUPPORTED
    Mapping{10004, ErrorCode::unauthenticated},    // TOKEN EXPIRED
    Mapping{10005, ErrorCode::permission_denied},  // ACCESS DENIED
    Mapping{10009, ErrorCode::permission_denied},  // OPERATION FAILED: feature disabled or no permission
    Mapping{40001, ErrorCode::invalid_argument},   // PARAMETER SYNTAX ERROR
    Mapping{40002, ErrorCode::invalid_argument},   // PARAMETER ERROR
    Mapping{40003, ErrorCode::conflict},           // DUPLICATE KEY VALUE
    Mapping{40004, ErrorCode::invalid_argument},   // FILE SIZE EXCEEDED
    Mapping{60001, ErrorCode::not_found},          // DATA NOT FOUND
    Mapping{60002, ErrorCode::rejected},           // MAX LIMITATION EXCEEDED
    Mapping{60101, ErrorCode::not_found},          // ROLE NOT EXISTED
    Mapping{70004, ErrorCode::permission_denied},  // ACCOUNT IP BLOCKED
    Mapping{70082, ErrorCode::unavailable},        // OVERLOAD_TASK_RUNNING
    Mapping{70084, ErrorCode::conflict},           // ACTION FORBIDDEN
    Mapping{70087, ErrorCode::permission_denied},  // IP FORBIDDEN
    Mapping{70091, ErrorCode::conflict},           // CONNECTION_RELATION_EXISTED
    Mapping{70093, ErrorCode::not_found},          // PHONEBOOK_NOT_EXISTED
    Mapping{70123, ErrorCode::unsupported},        // API UNAVAILABLE
    Mapping{70128, ErrorCode::not_found},          // CONTACTS_NOT_EXISTED
    Mapping{70132, ErrorCode::unsupported},        // OPERATION NOT SUPPORTED
};

std::optional<ErrorCode> known_code(std::int64_t errcode, Purpose purpose) {
  // "Response Result": wrong credentials also give FAILURE.
  if (errcode == -1 && purpose == Purpose::token) return ErrorCode::unauthenticated;
  for (auto const& mapping : mappings)
    if (mapping.errcode == errcode) return mapping.code;
  return std::nullopt;
}

// The values in these lists are what the caller sent, so they may be personal or secret. Only the fields are
// named.
void add_fields(std::string& words, wire::JsonValue list) {
  constexpr std::size_t enough = 1'000;  // more than a message keeps
  wire::JsonList{list}.for_each([&](wire::JsonValue item, std::size_t) {
    if (words.size() > enough) return;
    auto const field = wire::words_of(item["field"].scalar());
    if (field.empty()) return;
    words.append("; ").append(field);
    if (auto const rule = wire::words_of(item["validation_type"].scalar()); !rule.empty())
      words.append(": ").append(rule);
  });
}

std::string words_of(wire::JsonValue root) {
  std::string words{wire::words_of(root["errmsg"].scalar())};
  if (auto const more = wire::words_of(root["submsg"].scalar()); !more.empty())
    words.append("; ").append(more);
  add_fields(words, root["invalid_param_list"]);
  add_fields(words, root["duplicate_field_list"]);
  return protocol::safe_text(words);
}

}  // namespace

Judgement judge(wire::JsonValue root, HttpResponse const& response, Purpose purpose) {
  auto const errcode = root["errcode"].scalar();
  if (errcode.empty()) return {Verdict::unstated, std::nullopt};
  auto const number = wire::whole_number_of(errcode);
  if (number == 0) return {Verdict::success, std::nullopt};
  if (number == 1) return {Verdict::partial, std::nullopt};
  if (number == 2) return {Verdict::processing, std::nullopt};

  auto const words = words_of(root);
  auto error = protocol::refusal(response, words);
  if (auto const known = number ? known_code(*number, purpose) : std::nullopt)
    protocol::refine(error, *known);
  error.vendor_code =
      number ? std::to_string(*number) : protocol::safe_text(wire::words_of(root["errcode"].scalar()), 40);
  if (!words.empty()) error.message = words;
  return {Verdict::unstated, std::move(error)};
}

}  // namespace polycampaign::inline v1::yeastar
