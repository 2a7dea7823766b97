#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace polycampaign::test {

/// Returns whether the shell finds the program. Tests use other programs where they are installed, and do
/// without them elsewhere.
inline bool has_program(std::string const& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

/// Returns what a shell command prints. Fails the test if its exit status is not 0.
inline std::string output_of(std::string const& command) {
  std::string out;
  auto* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot start " << command;
    return out;
  }
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0) << command << '\n' << out;
  return out;
}

/// The same with `input` on its standard input.
inline std::string output_of(std::string const& command, std::string const& input) {
  static std::atomic<int> ordinal{0};
  auto const path = ::testing::TempDir() + "polycampaign-" + std::to_string(getpid()) + '-' +
                    std::to_string(++ordinal) + ".in";
  std::ofstream{path, std::ios::binary} << input;
  auto out = output_of(command + " <'" + path + "'");
  std::remove(path.c_str());
  return out;
}

}  // namespace polycampaign::test
