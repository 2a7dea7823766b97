#include "outbox/fingerprint.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::outbox {

namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

/// Joins fields, each with its length in front, so that no two lists of fields give the same text.
class Fields {
 public:
  Fields& add(std::string_view field) {
    text_ += std::to_string(field.size());
    text_ += ':';
    text_ += field;
    return *this;
  }
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_{};
};

}  // namespace

Result<std::string> sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1)
    return Error{.code = ErrorCode::unavailable, .message = "OpenSSL cannot compute SHA-256 in this process"};
  std::string digits;
  digits.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    digits += hexadecimal[bytes[i] >> 4U];
    digits += hexadecimal[bytes[i] & 15U];
  }
  return digits;
}

Result<std::string> fingerprint(std::string_view account, NewCampaign const& campaign) {
  Fields fields;
  fields.add("polycampaign 1").add(account).add(to_string(campaign.channel)).add(campaign.sender);
  fields.add(campaign.text).add(campaign.draft ? "draft" : "");
  fields.add(campaign.start_at ? std::to_string(campaign.start_at->time_since_epoch().count()) : "");

  std::vector<Recipient const*> recipients;
  recipients.reserve(campaign.recipients.size());
  for (auto const& recipient : campaign.recipients) recipients.push_back(&recipient);
  std::ranges::sort(recipients, {}, &Recipient::number);
  fields.add(std::to_string(recipients.size()));
  for (auto const* const recipient : recipients)
    fields.add(recipient->number).add(recipient->text ? "text" : "").add(recipient->text.value_or(""));

  auto lists = campaign.lists;
  std::ranges::sort(lists);
  fields.add(std::to_string(lists.size()));
  for (auto const& list : lists) fields.add(list);

  std::vector<std::pair<std::string, std::string>> options;
  for (auto const& option : campaign.options) options.emplace_back(option.name, option.value);
  std::ranges::sort(options);
  for (auto const& [name, value] : options) fields.add(name).add(value);
  return sha256(fields.text());
}

Result<std::string> reference_of(std::string_view account, std::string_view key, std::int64_t part) {
  Fields fields;
  fields.add("polycampaign reference 1").add(account).add(key).add(std::to_string(part));
  return sha256(fields.text()).transform([](std::string&& digits) { return digits.substr(0, 16); });
}

Result<std::string> token_of(std::string_view attempt) {
  Fields fields;
  fields.add("polycampaign token 1").add(attempt);
  return sha256(fields.text()).transform([](std::string&& digits) { return digits.substr(0, 16); });
}

std::string random_attempt() {
  std::random_device random;
  std::string digits;
  for (int i = 0; i < 32; ++i) digits += hexadecimal[random() & 15U];
  return digits;
}

}  // namespace polycampaign::inline v1::outbox
