// Nobody races with a wrong decoder: on every page of the benchmarks, all peers give the library's campaigns,
// and none of them takes half a page for a whole one.

#include "library.hpp"
#include "payload.hpp"
#include "peers.hpp"

#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

int faults = 0;

void fault(std::string const& name, std::string_view what) {
  std::printf("%s: %.*s\n", name.c_str(), static_cast<int>(what.size()), what.data());
  ++faults;
}

// The floor is whole; the other peers take no notes.
void compare(std::string const& name, peers::Campaigns expected, peers::Campaigns const& found,
             bool with_notes) {
  if (!with_notes)
    for (auto& campaign : expected) campaign.notes.clear();
  if (found.size() != expected.size()) return fault(name, "another number of campaigns");
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i] != expected[i]) return fault(name, "campaign " + std::to_string(i) + " differs");
}

void refuse(std::string const& name, std::string const& page, auto&& decode) {
  try {
    decode(page);
  } catch (std::exception const&) {
    return;
  }
  fault(name, "took half a page");
}

void check(std::string const& name, peers::Campaigns const& expected, std::string const& page,
           auto&& decode) {
  compare(name, expected, decode(page), false);
  refuse(name, page.substr(0, page.size() / 2), decode);
}

peers::Campaigns library(peers::Shape shape, std::string const& page, int count) {
  auto campaigns = peers::Library{shape, count}.decode(peers::Library::answer(page));
  // or all would agree about nothing
  if (campaigns.size() != static_cast<std::size_t>(count)) fault("library", "not the whole page");
  return campaigns;
}

void check_json(std::string const& name, peers::Shape shape, std::string const& page, int count) {
  auto const expected = library(shape, page, count);
  for (auto const& campaign : expected)
    if (campaign.id.empty() || !campaign.scheduled_at || !campaign.status.vendor_word)
      return fault(name, "the library reads less than the page holds");
  peers::SimdjsonDom simdjson;
  check(name + "/simdjson", expected, page, [&](std::string text) { return simdjson.decode(shape, text); });
  check(name + "/sax", expected, page,
        [&](std::string const& text) { return peers::nlohmann_sax(shape, text); });
  check(name + "/dom", expected, page,
        [&](std::string const& text) { return peers::nlohmann_dom(shape, text); });
  compare(name + "/fill", expected, peers::Filler{shape, page}.fill(), true);
}

}

int main() try {
  check_json("yeastar_100", peers::Shape::yeastar, payload::yeastar_page(300, 100, 10'000), 100);
  check_json("bsg_50", peers::Shape::bsg, payload::bsg_page(150, 50, 10'000), 50);
  check_json("bsg_1000", peers::Shape::bsg, payload::bsg_page(1000, 1000, 10'000), 1000);
  check_json("smsup_1000", peers::Shape::smsup, payload::smsup_page(1000, 1000, 10'000), 1000);

  auto const xml = payload::smsup_page_xml(0, 1000);
  auto const expected = library(peers::Shape::smsup, xml, 1000);
  peers::Expat expat;
  check("smsup_xml_1000/expat", expected, xml, [&](std::string const& text) { return expat.decode(text); });
  check("smsup_xml_1000/pugixml", expected, xml,
        [](std::string const& text) { return peers::pugixml_loop(text); });
  if (faults == 0) std::puts("all peers agree with the library");
  return faults == 0 ? 0 : 1;
} catch (std::exception const& error) {
  std::printf("%s\n", error.what());
  return 1;
}
