#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::transport {

/// What the `Content-Encoding` headers of one answer say.
class ContentCoding {
 public:
  /// One header's value: a list of names.
  void add(std::string_view value);
  void clear() noexcept;
  /// Whether the body has to be decoded. False for a charset, which servers write there by mistake: the body
  /// is then as it is.
  [[nodiscard]] bool compressed() const noexcept { return compressed_; }
  /// The names for a message, of harmless characters only.
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

 private:
  std::string name_;
  bool compressed_ = false;
};

}  // namespace polycampaign::inline v1::transport
