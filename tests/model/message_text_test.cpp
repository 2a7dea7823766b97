#include "polycampaign/text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace polycampaign {
namespace {

/// 3GPP TS 23.038, section 6.2.1, in the order of its codes; code 27 leads to the extension table.
constexpr char32_t default_alphabet[] =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    U"abcdefghijklmnopqrstuvwxyzäöñüà";
/// Section 6.2.1.1.
constexpr char32_t extension_table[] = U"\f^{}\\[~]|€";

std::string utf8(char32_t c) {
  std::string text;
  auto const add = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | (c >> 6));
    add(0x80 | (c & 63));
  } else if (c < 0x10000) {
    add(0xE0 | (c >> 12));
    add(0x80 | ((c >> 6) & 63));
    add(0x80 | (c & 63));
  } else {
    add(0xF0 | (c >> 18));
    add(0x80 | ((c >> 12) & 63));
    add(0x80 | ((c >> 6) & 63));
    add(0x80 | (c & 63));
  }
  return text;
}

/// The septets of each character that GSM-7 has.
std::map<char32_t, int> septets() {
  std::map<char32_t, int> all;
  for (auto const c : default_alphabet)
    if (c != 0 && c != 0x1B) all[c] = 1;
  for (auto const c : extension_table)
    if (c != 0) all[c] = 2;
  return all;
}

TEST(MessageText, KnowsEveryCharacterOfTheStandardsTables) {
  auto const known = septets();
  ASSERT_EQ(known.size(), 127U + 10U);
  for (char32_t c = 1; c <= 0x10FFFF; c = c == 0x2FFF ? 0xFE00 : c == 0x1FFFF ? 0x10FF00 : c + 1) {
    auto const found = known.find(c);
    auto const text = utf8(c);
    auto const analysis = analyze(text);
    ASSERT_TRUE(analysis) << std::hex << static_cast<std::uint32_t>(c);
    EXPECT_EQ(analysis->characters, 1);
    EXPECT_EQ(analysis->parts, 1);
    if (found != known.end()) {
      EXPECT_EQ(analysis->encoding, TextEncoding::gsm7) << std::hex << static_cast<std::uint32_t>(c);
      EXPECT_EQ(analysis->units, found->second) << std::hex << static_cast<std::uint32_t>(c);
      EXPECT_TRUE(analysis->ucs2_characters.empty());
    } else {
      EXPECT_EQ(analysis->encoding, TextEncoding::ucs2) << std::hex << static_cast<std::uint32_t>(c);
      EXPECT_EQ(analysis->units, c > 0xFFFF ? 2 : 1);
      EXPECT_EQ(analysis->ucs2_characters, std::vector{text});
    }
  }
}

TEST(MessageText, CountsPartsAtTheirLimits) {
  struct {
    std::string text;
    TextEncoding encoding;
    std::int64_t units, parts;
  } const cases[] = {
      {"", TextEncoding::gsm7, 0, 1},
      {std::string(160, 'a'), TextEncoding::gsm7, 160, 1},
      {std::string(161, 'a'), TextEncoding::gsm7, 161, 2},
      {std::string(306, 'a'), TextEncoding::gsm7, 306, 2},
      {std::string(307, 'a'), TextEncoding::gsm7, 307, 3},
      {std::string(79, '[') + "aa", TextEncoding::gsm7, 160, 1},
      // 153 is odd, so a part of only `[` holds 76 of them and one unit stays empty
      {std::string(153, '['), TextEncoding::gsm7, 306, 3},
      {std::string(69, 'a') + "ж", TextEncoding::ucs2, 70, 1},
      {std::string(70, 'a') + "ж", TextEncoding::ucs2, 71, 2},
      {std::string(133, 'a') + "ж", TextEncoding::ucs2, 134, 2},
      {std::string(134, 'a') + "ж", TextEncoding::ucs2, 135, 3},
  };
  for (auto const& one : cases) {
    auto const analysis = analyze(one.text);
    ASSERT_TRUE(analysis);
    EXPECT_EQ(analysis->encoding, one.encoding) << one.text;
    EXPECT_EQ(analysis->units, one.units) << one.text;
    EXPECT_EQ(analysis->parts, one.parts) << one.text;
  }
  std::string emoji;
  for (int i = 0; i < 67; ++i) emoji += "🌷";
  EXPECT_EQ(analyze(emoji)->units, 134);
  EXPECT_EQ(analyze(emoji)->parts, 3) << "67 units hold 33 emoji, not 33 and a half";
}

TEST(MessageText, NamesWhatForcesUcs2OnceAndInOrder) {
  auto const analysis = analyze("“Grüezi” – “Salut” 🌷");
  ASSERT_TRUE(analysis);
  EXPECT_EQ(analysis->ucs2_characters, (std::vector<std::string>{"“", "”", "–", "🌷"}));
  EXPECT_EQ(to_string(analysis->encoding), "UCS-2");
  EXPECT_EQ(to_string(TextEncoding::gsm7), "GSM-7");
}

TEST(MessageText, RefusesWhatIsNotUtf8) {
  for (std::string const bad : {"ab\xFF", "ab\xC3", "ab\xED\xA0\x80", "ab\xC0\xAF"}) {
    auto const analysis = analyze(bad);
    ASSERT_FALSE(analysis);
    EXPECT_EQ(analysis.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(analysis.error().message.find("byte 2"), std::string::npos) << analysis.error().message;
    EXPECT_FALSE(split_text(bad));
  }
}

TEST(MessageText, SplitsWithoutDividingACharacter) {
  std::mt19937 random{7};
  auto const known = septets();
  std::vector<char32_t> gsm;
  for (auto const& [c, count] : known) gsm.push_back(c);
  std::vector<char32_t> const other{U'ж', U'中', U'🌷', U'a', U'[', U'€', U'\u0301', U'👨'};
  for (int round = 0; round < 3'000; ++round) {
    auto const& from = round % 2 == 0 ? gsm : other;
    std::vector<char32_t> characters(random() % 700);
    for (auto& c : characters) c = from[random() % from.size()];
    std::string text;
    for (auto const c : characters) text += utf8(c);

    auto const analysis = analyze(text);
    auto const parts = split_text(text);
    ASSERT_TRUE(analysis && parts);
    auto const size = part_size(analysis->encoding);
    auto const most = parts->size() == 1 ? size.single : size.joined;
    std::string joined;
    std::int64_t units = 0;
    for (auto const& part : *parts) {
      EXPECT_LE(part.units, most);
      auto const alone = analyze(part.text);
      ASSERT_TRUE(alone) << "a part ends within a character";
      joined += part.text;
      units += part.units;
    }
    EXPECT_EQ(joined, text);
    EXPECT_EQ(units, analysis->units);
    EXPECT_EQ(static_cast<std::int64_t>(parts->size()), analysis->parts);
    EXPECT_EQ(analysis->characters, static_cast<std::int64_t>(characters.size()));
    // no part could have held the first character of the next one
    for (std::size_t i = 0; i + 1 < parts->size(); ++i) {
      auto const next = (*parts)[i + 1].text;
      auto const length = next.front() >= 0            ? 1U
                          : (next.front() & 0x20) == 0 ? 2U
                          : (next.front() & 0x10) == 0 ? 3U
                                                       : 4U;
      auto const first = analyze(next.substr(0, length));
      ASSERT_TRUE(first);
      auto const needed = analysis->encoding == TextEncoding::gsm7 ? first->units : length == 4 ? 2 : 1;
      EXPECT_GT((*parts)[i].units + needed, most);
    }
  }
}

}  // namespace
}  // namespace polycampaign
