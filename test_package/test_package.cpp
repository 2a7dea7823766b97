#include <polycampaign/polycampaign.hpp>

#include <iostream>

// Makes a client, which loads all that the library needs, and asks nobody for anything.
int main() {
  auto const client =
      polycampaign::bsg::make_client({.api_key = polycampaign::Secret{"key"}, .time_zone = "Europe/Paris"});
  std::cout << "polycampaign " << polycampaign::version() << ' ' << (client ? "ok" : client.error().message)
            << '\n';
  return client ? 0 : 1;
}
