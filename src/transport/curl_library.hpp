#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/result.hpp"

#include <optional>
#include <string>

namespace polycampaign::inline v1::transport {

/// Returns why a libcurl of this version (0xXXYYZZ) and with these features (CURL_VERSION_...) cannot be used
/// (`configuration`), or nothing if it can.
[[nodiscard]] std::optional<Error> unsuitable(unsigned version, int features);

/// Initializes libcurl once per process and checks that it can be used. Safe on any thread with libcurl 7.84
/// or later. With an older one, a program that initializes libcurl itself must do so before it starts
/// threads.
[[nodiscard]] std::optional<Error> prepare_curl();

/// Returns whether the linked libcurl can decode `Content-Encoding: gzip`.
[[nodiscard]] bool inflates() noexcept;

/// Returns the PEM file of certificate authorities to trust: `ca_file`; else the file that the environment
/// variable SSL_CERT_FILE names; else libcurl's own; else the first known system file that exists. Empty:
/// there is no such file, and the TLS library uses its own store. Errors: `configuration` if a named file
/// cannot be read or contains no certificate.
[[nodiscard]] Result<std::string> trusted_authorities(std::string const& ca_file);

/// Returns whether the file is readable now and is PEM with at least one certificate.
[[nodiscard]] bool holds_certificate(std::string const& path);

/// Returns nothing if `pin` is empty, `sha256//BASE64` (several separated by `;`) or a readable file.
/// Otherwise returns the error.
[[nodiscard]] std::optional<Error> check_pin(std::string const& pin);

}  // namespace polycampaign::inline v1::transport
