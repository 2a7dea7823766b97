#include "wire/json_list.hpp"

#include "wire/json.hpp"
#include "wire/record_texts.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace polycampaign::wire {
namespace {

struct ListRow {
  std::string text;
  bool is_list;
  std::vector<std::int64_t> items;  // -1: no integer
};

TEST(JsonList, IsAnArrayAnObjectKeyedByNumbersOrOneObject) {
  for (auto const& [text, is_list, items] : {
           ListRow{"[1,2]", true, {1, 2}},
           ListRow{"[]", true, {}},
           ListRow{"{}", true, {}},
           ListRow{"null", true, {}},
           ListRow{"[null,{}]", true, {-1, -1}},
           ListRow{R"({"0":5,"2":7})", true, {5, 7}},
           ListRow{R"({"10":5,"9":7,"100":1})", true, {7, 5, 1}},
           ListRow{R"({"3":1,"1":2,"3":4,"1":9})", true, {9, 4}},
           ListRow{R"({"0":1,"total":2})", true, {-1}},
           ListRow{R"({"-1":1})", true, {-1}},
           ListRow{R"({"":1})", true, {-1}},
           ListRow{R"({"id":1})", true, {-1}},
           ListRow{"1", false, {}},
           ListRow{"\"[]\"", false, {}},
           ListRow{"true", false, {}},
       }) {
    auto const document = JsonDocument::parse(R"({"place":)" + text + "}");
    ASSERT_TRUE(document);
    JsonList const list{document->root()["place"]};
    EXPECT_EQ(bool{list}, is_list) << text;
    std::vector<std::int64_t> read;
    list.for_each([&](JsonValue item, std::size_t) {
      auto const scalar = item.scalar();
      read.push_back(scalar.kind == Scalar::Kind::integer ? scalar.integer : -1);
    });
    EXPECT_EQ(read, items) << text;
    EXPECT_EQ(list.size(), items.size()) << text;
  }
  EXPECT_FALSE(JsonList{JsonValue{}});
}

TEST(JsonList, OfMoreNumbersThanWantedOnlyTheSizeIsKnown) {
  auto const document = JsonDocument::parse(R"({"3":1,"1":2,"2":3})");
  ASSERT_TRUE(document);
  for (std::size_t const most : {2U, 3U}) {
    JsonList const list{document->root(), most};
    std::size_t items = 0;
    list.for_each([&](JsonValue, std::size_t) { ++items; });
    EXPECT_TRUE(list);
    EXPECT_FALSE(list.is_single());
    EXPECT_EQ(list.size(), 3U);
    EXPECT_EQ(items, most == 3 ? 3U : 0U);
  }
}

TEST(JsonList, LeadsToTheTextOfEachItem) {
  for (std::string const text :
       {"[1.50, 2.50]", R"({"10":2.50,"1":1.50})", R"({"10":2.50,"1":1,"\u0031":1.50})"}) {
    auto const document = JsonDocument::parse(R"({"list":0,"list":)" + text + "}");
    ASSERT_TRUE(document);
    JsonList const list{document->root()["list"]};
    RecordTexts texts{*document, "list", list};
    std::string all;
    list.for_each([&](JsonValue, std::size_t place) { all.append(texts[place]).append(";"); });
    EXPECT_EQ(all, "1.50;2.50;") << text;
  }
}

}  // namespace
}  // namespace polycampaign::wire
