#pragma once

#include "transport/behaviour_server.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace polycampaign::loopback {

struct CertificateSpec {
  /// In the format of openssl.cnf.
  std::string names = "IP:127.0.0.1,DNS:localhost";
  std::chrono::hours begins{-1};  ///< from now
  std::chrono::hours ends{24};
};

struct Certificate {
  ServerIdentity identity{};
  std::string pin{};  ///< `sha256//BASE64` of its public key
};

/// Returns a new key and a certificate that it signs itself.
[[nodiscard]] Certificate self_signed(CertificateSpec const& spec = {});

/// A directory that is deleted with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory const&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;

  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }
  /// Creates a file with that content and returns its path.
  [[nodiscard]] std::string file(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

}  // namespace polycampaign::loopback
