#pragma once

#include "polycampaign/export.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Overwrites the string's whole buffer, the unused part included, and empties it: for the copies of a
/// credential that a request takes.
POLYCAMPAIGN_EXPORT void wipe(std::string& text) noexcept;

/// A credential. Move-only, wiped when it dies, never printed.
///
/// Threads: one at a time; a const one from any number.
class POLYCAMPAIGN_EXPORT Secret {
 public:
  /// Empty: missing, where a Secret is required.
  Secret() noexcept = default;
  /// The text itself; this copy of it is wiped.
  explicit Secret(std::string value);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(Secret const&) = delete;
  Secret& operator=(Secret const&) = delete;
  ~Secret();

  /// The environment variable's value without line ends at its end. When it is not set or empty the Secret is
  /// missing; `make_client` then answers `configuration` and names the variable.
  [[nodiscard]] static Secret from_env(std::string name);
  /// The file's content without line ends at its end. When it cannot be read, is empty or is larger than
  /// 64 KiB the Secret is missing; `make_client` then answers `configuration` and names the file.
  [[nodiscard]] static Secret from_file(std::string path);

  /// The text itself, valid as long as this Secret is neither moved nor destroyed.
  [[nodiscard]] std::string_view reveal() const noexcept { return value_; }
  /// Whether it is missing.
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
  /// Why it is empty, without any secret: `environment variable BSG_API_KEY is not set`; empty when given
  /// directly.
  [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
  /// Where it was looked for: `environment variable BSG_API_KEY`, `file /run/secrets/bsg`; empty when given
  /// directly.
  [[nodiscard]] std::string const& source() const noexcept { return source_; }
  /// A copy on purpose, `source` and `problem` included.
  [[nodiscard]] Secret clone() const;

 private:
  void wipe() noexcept;
  std::string value_;
  std::string source_;
  std::string problem_;
};

}  // namespace polycampaign::inline v1
