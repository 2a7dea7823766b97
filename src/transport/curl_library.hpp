#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/result.hpp"

#include <optional>
#include <string>

namespace polycampaign::inline v1::transport {

/// Why a libcurl of this version (0xXXYYZZ) and these features (CURL_VERSION_...) cannot be used:
/// `configuration`. Nothing when it can.
[[nodiscard]] std::optional<Error> unsuitable(unsigned version, int features);

/// Makes libcurl ready, once in the process, and checks that it can be used. Safe on any thread from libcurl
/// 7.84 on; before that, a program that initialises libcurl itself must do so before it starts threads.
[[nodiscard]] std::optional<Error> prepare_curl();

/// Whether the linked libcurl can undo `Content-Encoding: gzip`.
[[nodiscard]] bool inflates() noexcept;

/// The PEM file of certificate authorities to trust: `ca_file`; else the file that the environment variable
/// SSL_CERT_FILE names; else libcurl's own; else the first place known to systems that exists. Empty: none,
/// the TLS library has a store of its own. Errors: `configuration` for a named file that cannot be read or
/// holds no certificate.
[[nodiscard]] Result<std::string> trusted_authorities(std::string const& ca_file);

/// Whether the file can be read now and is PEM with at least one certificate.
[[nodiscard]] bool holds_certificate(std::string const& path);

/// Nothing when `pin` is empty, `sha256//BASE64` (several separated by `;`) or a readable file.
[[nodiscard]] std::optional<Error> check_pin(std::string const& pin);

}  // namespace polycampaign::inline v1::transport
