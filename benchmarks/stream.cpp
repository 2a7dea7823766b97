#include "bench.hpp"
#include "clients.hpp"

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace bench {
namespace {

/// Returns how many bytes of text the list has; 0 after an error, which it prints.
template <class List>
long long text_of(List list) {
  long long bytes = 0;
  for (auto const& item : list) {
    if (!item) {
      std::fprintf(stderr, "%s\n", to_string(item.error()).c_str());
      return 0;
    }
    bytes += static_cast<long long>(item->text ? item->text->size() : 0);
  }
  return bytes;
}

}

int print_peak() {
  // not getrusage's figure, which remembers the program that started this one
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);) {
    constexpr std::string_view name = "VmHWM:";
    if (line.starts_with(name)) return std::printf("%ld\n", std::stol(line.substr(name.size()))) < 0;
  }
  return 1;
}

int stream(std::string const& base_url) {
  auto const client = smsup(base_url);
  return text_of(client->list()) == 0 ? 1 : print_peak();
}

int stream_messages(std::string const& base_url) {
  auto const client = smsup(base_url);
  return text_of(client->list(polycampaign::ListMessages{"18000001"})) == 0 ? 1 : print_peak();
}

}
