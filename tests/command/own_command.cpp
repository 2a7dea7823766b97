#include "own_vendors.hpp"

#include <cstdlib>
#include <stdexcept>

// The command with two vendors of its own. COURIER_NAME renames one of them, COURIER_THROWS breaks it.
int main(int argc, char** argv) {
  using namespace polycampaign;
  CommandVendor more[] = {{test::courier, &test::simulated_courier}, {test::abacus}};
  if (auto const* name = std::getenv("COURIER_NAME")) more[0].provider.name = name;
  if (std::getenv("COURIER_THROWS"))
    more[0].provider.decode = [](Document, std::string,
                                 DecodeOptions const&) -> Result<std::vector<Campaign>> {
      throw std::runtime_error{"the courier fell"};
    };
  return run_command(argc, argv, more);
}
