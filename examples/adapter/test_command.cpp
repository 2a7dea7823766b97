#include <polycampaign/command.hpp>

#include "heron.hpp"
#include "simulator.hpp"

// The same command with Heron's simulator: for tests, and for `simulate`.
int main(int argc, char** argv) {
  polycampaign::CommandVendor const more[] = {{heron::provider(), &heron::simulated()}};
  return polycampaign::run_command(argc, argv, more);
}
