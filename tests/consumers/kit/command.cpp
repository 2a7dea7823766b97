#include <polycampaign/command.hpp>

int main(int argc, char** argv) {
  return polycampaign::run_command(argc, argv);
}
