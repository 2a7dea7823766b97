#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::transport {

/// What the `Content-Encoding` headers of one response say.
class ContentCoding {
 public:
  /// Adds the value of one header: a list of names.
  void add(std::string_view value);
  void clear() noexcept;
  /// Returns whether the body must be decoded. False for a charset, which some servers write there by
  /// mistake; the body is then not encoded.
  [[nodiscard]] bool compressed() const noexcept { return compressed_; }
  /// Returns the names for a message, reduced to harmless characters.
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

 private:
  std::string name_;
  bool compressed_ = false;
};

}  // namespace polycampaign::inline v1::transport
