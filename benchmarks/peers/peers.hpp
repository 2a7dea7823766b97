#pragma once

#include "polycampaign/campaign.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What people write without the library, tuned honestly: all of them fill the library's own Campaign and
/// accept numbers written as strings; those that know a page's records beforehand reserve them. They lack
/// what the library does beyond: notes, repairs, exact prices, aliases, odd records, refusals, raw texts.
/// Each throws std::runtime_error on a damaged page, and is used by one thread at a time.
namespace peers {

using Campaigns = std::vector<polycampaign::Campaign>;

enum class Shape {
  yeastar,
  bsg,
  smsup
};

// Decoding one JSON page that is already in memory.

/// simdjson's DOM, a reused parser: the practical limit.
class SimdjsonDom {
 public:
  SimdjsonDom();
  ~SimdjsonDom();
  SimdjsonDom(SimdjsonDom const&) = delete;
  SimdjsonDom& operator=(SimdjsonDom const&) = delete;
  /// Read in place: `page` is unchanged, but its capacity grows where the parser's padding is not there yet.
  Campaigns decode(Shape shape, std::string& page);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// nlohmann's SAX parser.
Campaigns nlohmann_sax(Shape shape, std::string const& page);

/// nlohmann's DOM, `find`, `get<std::string>`, strptime: what most people write.
Campaigns nlohmann_dom(Shape shape, std::string const& page);

/// The floor: only the structs, whole and equal to the library's, its notes included. Values were located and
/// unescaped before; their conversion (times, counters, words) is part of the filling.
class Filler {
 public:
  Filler(Shape shape, std::string page);
  Campaigns fill() const;

 private:
  struct Located {
    std::string_view id, name, sender, text, status, channel, created, scheduled, started, finished,
        list_name, cost, rate, result, note, recipients, submitted, delivered, expired, error, network_error,
        stop, npai;
    std::vector<std::string_view> lists;
  };
  Campaigns fill_yeastar() const;
  Campaigns fill_bsg() const;
  Campaigns fill_smsup() const;

  Shape shape_;
  std::string arena_;
  std::vector<Located> located_;
};

// Decoding SMSUP's XML.

/// expat, a reused parser, the whole page in one call.
class Expat {
 public:
  Expat();
  ~Expat();
  Expat(Expat const&) = delete;
  Expat& operator=(Expat const&) = delete;
  Campaigns decode(std::string const& page);

 private:
  void* parser_;
};

/// pugixml's default options, parsed in place (`page` is used up), and a UTF-8 check, as the library does
/// one.
Campaigns pugixml_loop(std::string page);

// Listing a vendor over HTTP with one reused libcurl easy handle and one receive buffer, one page after the
// other: Yeastar by 100 a page, SMSUP by 1000. Campaigns are decoded and dropped; the result is their number.
// Yeastar's token is a constant of the right length.

/// L: simdjson's DOM.
std::size_t list_simdjson(Shape shape, std::string const& base_url);
/// N: nlohmann's DOM and strptime.
std::size_t list_nlohmann(Shape shape, std::string const& base_url);

/// One tiny GET, or a POST of JSON, on a reused easy handle.
class RawHandle {
 public:
  explicit RawHandle(std::string url);
  ~RawHandle();
  RawHandle(RawHandle const&) = delete;
  RawHandle& operator=(RawHandle const&) = delete;
  /// Bytes of the answer's body.
  std::size_t get();
  /// The same.
  std::size_t post(std::string const& body);

 private:
  std::size_t perform();

  void* easy_;
  void* headers_ = nullptr;
  std::string body_;
};

}
