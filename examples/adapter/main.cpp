#include <polycampaign/command.hpp>

#include "heron.hpp"

// The complete `polycampaign` command, with Heron in addition to the built-in vendors.
int main(int argc, char** argv) {
  polycampaign::CommandVendor const more[] = {{.provider = heron::provider()}};
  return polycampaign::run_command(argc, argv, more);
}
