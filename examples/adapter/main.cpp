#include <polycampaign/command.hpp>

#include "heron.hpp"

// The whole `polycampaign` command, which knows Heron in addition to the library's own vendors.
int main(int argc, char** argv) {
  polycampaign::CommandVendor const more[] = {{.provider = heron::provider()}};
  return polycampaign::run_command(argc, argv, more);
}
