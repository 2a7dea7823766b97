// Runs a fuzzer's function over every file below the given folders and over mutations of them, the same ones
// each time.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

void run(std::string const& body) {
  LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(body.data()), body.size());
}

}

int main(int argc, char** argv) {
  std::vector<std::string> seeds{"",
                                 "{}",
                                 "[]",
                                 "null",
                                 "\xEF\xBB\xBF{}",
                                 "<response/>",
                                 "2024-02-29 23:59:60",
                                 "20250220 08:15:30",
                                 "35,0987645",
                                 "-1.5e-30",
                                 "https://[::1]:65535/a?b=%zz&access_token=x#f",
                                 R"({"data":[{"id":99999999999999999999999999,"name":"\ud800"}]})",
                                 std::string(5000, '[') + std::string(5000, ']'),
                                 "<r>" + std::string(20000, '<')};
  for (int i = 1; i < argc; ++i)
    for (auto const& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file{entry.path(), std::ios::binary};
      seeds.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    }

  static constexpr std::string_view tokens[] = {"null",
                                                "-1",
                                                "1e999",
                                                "\"\"",
                                                "{",
                                                "}",
                                                "[",
                                                "]",
                                                ",",
                                                "\\u",
                                                "\xFF",
                                                "\0",
                                                "99999999999999999999",
                                                "true",
                                                "<",
                                                "</",
                                                "&amp;",
                                                "<!DOCTYPE x>",
                                                "\"",
                                                ":"};
  // a digit in front tells fuzz_vendor.cpp which answer it is
  auto const bodies = seeds.size();
  for (std::size_t i = 0; i < bodies; ++i)
    for (char digit = '0'; digit <= '9'; ++digit) seeds.push_back(digit + seeds[i]);

  std::mt19937 random{20260101};
  std::size_t runs = 0;
  for (auto const& seed : seeds) {
    run(seed);
    for (int i = 0; i < 20; ++i) {
      auto body = seed;
      for (int edits = static_cast<int>(random() % 4) + 1; edits > 0; --edits) {
        auto const at = body.empty() ? 0 : random() % (body.size() + 1);
        auto const token = tokens[random() % std::size(tokens)];
        switch (random() % 4) {
          case 0: body.resize(at); break;
          case 1: body.insert(at, token); break;
          case 2: body.replace(at, std::min<std::size_t>(token.size(), body.size() - at), token); break;
          default:
            if (at < body.size()) body[at] = static_cast<char>(random());
        }
      }
      run(body);
      ++runs;
    }
  }
  std::cout << seeds.size() << " seeds, " << runs << " mutations\n";
  return runs < 1000 ? 1 : 0;
}
