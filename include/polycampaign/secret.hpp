#pragma once

#include "polycampaign/export.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Overwrites the string's whole buffer, including its unused part, and empties the string. Use it for the
/// copies of a credential that a request makes.
POLYCAMPAIGN_EXPORT void wipe(std::string& text) noexcept;

/// A credential. Move-only, wiped on destruction and never printed.
///
/// Threads: use from one thread at a time. Any number of threads may read a const Secret.
class POLYCAMPAIGN_EXPORT Secret {
 public:
  /// Creates an empty Secret, which counts as missing where one is required.
  Secret() noexcept = default;
  /// Takes the credential itself, and wipes the parameter.
  explicit Secret(std::string value);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(Secret const&) = delete;
  Secret& operator=(Secret const&) = delete;
  ~Secret();

  /// Reads the environment variable's value, without line breaks at its end. If the variable is not set or
  /// empty, the Secret is missing: `make_client` then returns `configuration` and names the variable.
  [[nodiscard]] static Secret from_env(std::string name);
  /// Reads the file's content, without line breaks at its end. If the file cannot be read, is empty or is
  /// larger than 64 KiB, the Secret is missing: `make_client` then returns `configuration` and names the
  /// file.
  [[nodiscard]] static Secret from_file(std::string path);

  /// Returns the credential itself. Valid until this Secret is moved or destroyed.
  [[nodiscard]] std::string_view reveal() const noexcept { return value_; }
  /// Returns whether the credential is missing.
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
  /// Returns why the credential is missing, without revealing a secret:
  /// `environment variable BSG_API_KEY is not set`. Empty if the credential was given directly.
  [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
  /// Returns where the credential was looked up: `environment variable BSG_API_KEY`, `file /run/secrets/bsg`.
  /// Empty if it was given directly.
  [[nodiscard]] std::string const& source() const noexcept { return source_; }
  /// Returns an explicit copy, including `source` and `problem`.
  [[nodiscard]] Secret clone() const;

 private:
  void wipe() noexcept;
  std::string value_;
  std::string source_;
  std::string problem_;
};

}  // namespace polycampaign::inline v1
