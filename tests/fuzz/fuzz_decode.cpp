// Every vendor's decoder over one body: a value or an error, and a value that can be written as JSON.

#include "polycampaign/json.hpp"
#include "polycampaign/providers.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const body{reinterpret_cast<char const*>(data), size};
  for (auto const& provider : polycampaign::providers()) {
    for (auto const document : {polycampaign::Document::list, polycampaign::Document::get}) {
      auto const campaigns = provider.decode(document, body, {.keep_raw = size % 2 == 0});
      if (!campaigns) {
        if (campaigns.error().message.empty()) std::abort();
        continue;
      }
      for (auto const& campaign : *campaigns) {
        if (campaign.provider != provider.name) std::abort();
        if (polycampaign::to_json(campaign).find('\n') != std::string::npos) std::abort();
      }
    }
  }
  return 0;
}
