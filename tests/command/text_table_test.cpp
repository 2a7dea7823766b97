#include "text_table.hpp"

#include "display.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace polycampaign::inline v1::command {
namespace {

TextTable sample() {
  TextTable table{{{.title = "NAME", .least = 4},
                   {.title = "DELIVERED", .short_title = "DELIV", .right = true},
                   {.title = "COST", .right = true, .dispensable = 1}}};
  table.add({{"Summer sale"}, {"7"}, {"0.16 USD"}});
  table.add({{"新年优惠"}, {"12345"}, {"-"}});
  return table;
}

TEST(TextTable, ColumnsAreAligned) {
  EXPECT_EQ(sample().text(80, false),
            "NAME         DELIVERED      COST\n"
            "Summer sale          7  0.16 USD\n"
            "新年优惠         12345         -\n");
}

TEST(TextTable, ShortTitlesThenCutsThenFewerColumnsMakeItFit) {
  EXPECT_EQ(sample().text(28, false),
            "NAME         DELIV      COST\n"
            "Summer sale      7  0.16 USD\n"
            "新年优惠     12345         -\n");
  EXPECT_EQ(sample().text(22, false),
            "NAME   DELIV      COST\n"
            "Summ…      7  0.16 USD\n"
            "新年…  12345         -\n");
  EXPECT_EQ(sample().text(18, false),
            "NAME         DELIV\n"
            "Summer sale      7\n"
            "新年优惠     12345\n");
}

TEST(TextTable, NoLineIsEverWider) {
  for (std::size_t width = 1; width < 40; ++width) {
    std::istringstream lines{sample().text(width, false)};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(display_width(line), width) << line;
    EXPECT_EQ(count, 3);
  }
}

TEST(TextTable, ColoursDoNotCountAndAreOnlyWhereWanted) {
  TextTable table{{{.title = "STATUS"}, {.title = "N"}}};
  table.add({{"done", 32}, {"1"}});
  EXPECT_EQ(table.text(80, true), "\x1b[1mSTATUS\x1b[0m  \x1b[1mN\x1b[0m\n\x1b[32mdone\x1b[0m    1\n");
  EXPECT_EQ(table.text(80, false), "STATUS  N\ndone    1\n");
}

TEST(TextTable, NoLineEndsWithBlanks) {
  TextTable table{{{.title = "A"}, {.title = "LONG"}, {.title = "N", .right = true}, {.title = "B"}}};
  table.add({{"title"}, {}, {}, {}});
  table.add({{"x"}, {}, {}, {"y"}});
  EXPECT_EQ(table.text(80, false), "A      LONG  N  B\ntitle\nx               y\n");
}

TEST(TextTable, WithoutRowsThereAreTheTitles) {
  EXPECT_EQ((TextTable{{{.title = "A"}, {.title = "B"}}}.text(80, false)), "A  B\n");
}

}  // namespace
}  // namespace polycampaign::inline v1::command
