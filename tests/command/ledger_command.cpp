#include "polycampaign/command.hpp"

#include "ledger.hpp"

// The command with the vendors of the tests around campaigns.
int main(int argc, char** argv) {
  using namespace polycampaign;
  CommandVendor const more[] = {{test::ledger()}, {test::mute()}};
  return run_command(argc, argv, more);
}
