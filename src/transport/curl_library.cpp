#include "transport/curl_library.hpp"

#include "transport/curl_error.hpp"
#include "transport/curl_handle.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

namespace polycampaign::inline v1::transport {
namespace {

// 7.80 introduced CURLOPT_PREREQFUNCTION, without which a POST may be sent twice.
constexpr unsigned oldest_version = 0x075000;

bool readable(char const* path) {
  return std::ifstream{path}.good();
}

// Returns whether the text is 32 bytes as base64.
bool is_sha256(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return text.size() == 44 && text.back() == '=' &&
         text.substr(0, 43).find_first_not_of(alphabet) == text.npos;
}

}  // namespace

std::optional<Error> unsuitable(unsigned version, int features) {
  if (version < oldest_version) return configuration("libcurl 7.80 or later is needed");
  if ((features & CURL_VERSION_SSL) == 0) return configuration("this libcurl was built without TLS");
  if ((features & CURL_VERSION_ASYNCHDNS) == 0) {
    return configuration("this libcurl was built without asynchronous name resolution");
  }
  return std::nullopt;
}

std::optional<Error> prepare_curl() {
  // Never undone, because other users of libcurl in the process may be active at any time, even at exit.
  static CURLcode const ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) return configuration("libcurl cannot be initialized");
  auto const* info = curl_version_info(CURLVERSION_NOW);
  return unsuitable(info->version_num, info->features);
}

bool inflates() noexcept {
  return (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_LIBZ) != 0;
}

bool holds_certificate(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("-----BEGIN ") && line.find("CERTIFICATE-----") != line.npos) return true;
  }
  return false;
}

Result<std::string> trusted_authorities(std::string const& ca_file) {
  if (!ca_file.empty()) {
    if (!holds_certificate(ca_file)) {
      return configuration("ca_file " + ca_file + " cannot be read or contains no PEM certificate");
    }
    return ca_file;
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  if (auto const* named = std::getenv("SSL_CERT_FILE"); named != nullptr && *named != '\0') {
    if (!holds_certificate(named)) {
      return configuration("SSL_CERT_FILE names " + std::string{named} +
                           ", which cannot be read or contains no PEM certificate");
    }
    return std::string{named};
  }
  if (auto const* own = curl_version_info(CURLVERSION_NOW)->cainfo; own != nullptr && readable(own)) {
    return std::string{own};
  }
  constexpr std::array places{
      "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Arch, Alpine
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, RHEL
      "/etc/ssl/ca-bundle.pem",                             // SUSE
      "/etc/ssl/cert.pem",                                  // BSD, macOS
  };
  auto const place = std::find_if(places.begin(), places.end(), readable);
  return place == places.end() ? std::string{} : std::string{*place};
}

std::optional<Error> check_pin(std::string const& pin) {
  constexpr std::string_view mark = "sha256//";
  if (pin.empty()) return std::nullopt;
  if (!pin.starts_with(mark)) {
    if (readable(pin.c_str())) return std::nullopt;
    return configuration("pinned_public_key is neither sha256//BASE64 nor a readable file");
  }
  for (std::string_view rest = pin; !rest.empty();) {
    auto const one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    if (!one.starts_with(mark) || !is_sha256(one.substr(mark.size()))) {
      return configuration("pinned_public_key must be sha256// followed by the base64 of 32 bytes");
    }
  }
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::transport
