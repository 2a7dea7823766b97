#include <polycampaign/command.hpp>

#include "heron.hpp"

// The whole `polycampaign` command, which knows Heron beside the library's own vendors.
int main(int argc, char** argv) {
  polycampaign::CommandVendor const more[] = {{heron::provider(), &heron::simulated()}};
  return polycampaign::run_command(argc, argv, more);
}
