#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/bsg/contact_book.hpp"
#include "testing/vendors/bsg/requests.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::bsg {

/// Reads what a request asks to send.
class OrderReader {
 public:
  /// The kinds of requests.
  enum class Kind : std::uint8_t {
    phones,      ///< `sms/send`
    groups,      ///< `sms/send-groups`
    individual,  ///< `sms/send-individual`
    price,       ///< `price`, with messages or groups
  };

  OrderReader(VendorSimulator& simulator, ContactBook const& contacts, Json const& body, Kind kind) noexcept
      : simulator_{simulator}, contacts_{contacts}, body_{body}, kind_{kind} {}

  /// Reads the order. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<HttpResponse> read();

  SimulatedOrder order{};
  /// Those of the recipients whose messages BSG rejects, because of a reference that was used before.
  std::set<std::size_t> rejected{};

 private:
  void read_people(char const* list, char const* number);
  void read_person(Json const& item, std::string const& path, char const* number);
  [[nodiscard]] bool read_groups();
  void read_start();
  void check_options();
  void check_sender(Json const& from, std::string const& path);
  void check_text(Json const& from, std::string const& path);
  [[nodiscard]] bool used_before(std::string const& reference) const;

  VendorSimulator& simulator_;
  ContactBook const& contacts_;
  Json const& body_;
  Kind kind_;
  Complaints complaints_{};
  std::set<std::string> numbers_{};
  bool repeated_ = false;  // a number occurs twice
  std::set<std::string> references_{};
};

}  // namespace polycampaign::inline v1::testing::bsg
