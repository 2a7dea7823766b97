#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/bsg/repeats.hpp"
#include "testing/vendors/bsg/requests.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace polycampaign::inline v1::testing::bsg {

/// The account's contact lists ("groups"), contacts and stop list. The groups and who is in them are the
/// account's lists of recipients; a contact can be in none.
class ContactBook {
 public:
  /// Makes a contact of everyone in the account's lists, and a stop list of others.
  ContactBook(VendorSimulator& simulator, Repeats& repeats);

  /// Returns the response to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<HttpResponse> answer(HttpRequest const& request, RequestTarget const& target);
  /// Returns whether the number (`+` and digits) is on the stop list of SMS.
  [[nodiscard]] bool stops(std::string const& number) const { return stopped_sms_.contains(number); }

 private:
  struct Person {
    std::int64_t id = 0;
    std::string number{};
    std::chrono::sys_seconds at{};
    bool sms = true;  ///< of the stop list: whether it is on the one of SMS
  };

  [[nodiscard]] std::optional<HttpResponse> groups(HttpRequest const& request, RequestTarget const& target);
  [[nodiscard]] std::optional<HttpResponse> contacts(HttpRequest const& request, RequestTarget const& target);
  [[nodiscard]] std::optional<HttpResponse> stop_list(HttpRequest const& request,
                                                      RequestTarget const& target);

  [[nodiscard]] HttpResponse list_groups(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse create_group(Json const& body);
  [[nodiscard]] HttpResponse move_contacts(Json const& body, bool attach);
  [[nodiscard]] HttpResponse list_contacts(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse search_contacts(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse create_contact(Json const& body);
  [[nodiscard]] HttpResponse list_stopped(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse stop(Json const& body);
  [[nodiscard]] HttpResponse release(Json const& body);

  [[nodiscard]] Json group_record(SimulatedAddressBook const& list) const;
  [[nodiscard]] Json contact_record(Person const& person) const;
  [[nodiscard]] HttpResponse no_group() const;
  [[nodiscard]] Json phone(std::string const& number) const;
  Person const& add(std::string number);

  VendorSimulator& simulator_;
  Repeats& repeats_;
  std::vector<Person> people_{};                         // by rising ids
  std::unordered_map<std::string, std::int64_t> ids_{};  // by number
  std::vector<Person> stopped_{};
  std::unordered_map<std::string, std::int64_t> stopped_sms_{};
  std::int64_t next_id_ = 248'452'739;
};

}  // namespace polycampaign::inline v1::testing::bsg
