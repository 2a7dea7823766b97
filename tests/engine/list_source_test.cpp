#include "engine/list_source.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

/// What identifies the records of a page.
namespace polycampaign::engine {
namespace {

Timestamp at(int seconds) {
  return {.time = std::chrono::sys_seconds{std::chrono::seconds{seconds}}};
}

template <class Item>
void expect_different(std::vector<Item> const& items) {
  std::set<std::uint64_t> hashes;
  for (auto const& item : items) {
    auto const contents = contents_of(item);
    ASSERT_TRUE(contents);
    EXPECT_TRUE(hashes.insert(*contents).second);
    auto noted = item;
    noted.notes.emplace_back("the record has no id");
    EXPECT_EQ(contents_of(noted), contents);
  }
}

TEST(ListSource, RecordsWithoutAnIdAreIdentifiedByTheirContents) {
  expect_different<Message>({{.number = "+331"},
                             {.number = "+332"},
                             {.text = "+331"},
                             {.reference = "+331"},
                             {.status = {.vendor_word = "+331"}},
                             {.created_at = at(1000)},
                             {.sent_at = at(1000)},
                             {.reported_at = at(1000)},
                             {.number = "+331", .sent_at = at(1000)}});
  expect_different<Reply>({{.number = "+331"},
                           {.text = "+331"},
                           {.reference = "+331"},
                           {.at = at(1000)},
                           {.number = "+331", .at = at(1000)},
                           {.number = "+331", .at = at(2000)}});
  expect_different<OptOut>({{.number = "+331"}, {.text = "+331"}, {.reference = "+331"}, {.at = at(1000)}});
  EXPECT_FALSE(contents_of(Message{.notes = {"odd"}}));
  EXPECT_FALSE(contents_of(Reply{.notes = {"odd"}}));
  EXPECT_FALSE(contents_of(OptOut{.notes = {"odd"}}));
  EXPECT_FALSE(contents_of(RecipientList{}));
}

TEST(ListSource, RepliesAreIdentifiedByMoreThanTheirId) {
  Reply const reply{.id = "138", .number = "+331", .text = "yes", .at = at(1000)};
  EXPECT_EQ(identity_of(reply), identity_of(Reply{reply}));
  for (auto const& other : {Reply{.id = "139", .number = "+331", .text = "yes", .at = at(1000)},
                            Reply{.id = "138", .number = "+332", .text = "yes", .at = at(1000)},
                            Reply{.id = "138", .number = "+331", .text = "no", .at = at(1000)},
                            Reply{.id = "138", .number = "+331", .text = "yes", .at = at(2000)}})
    EXPECT_NE(identity_of(reply), identity_of(other));
  EXPECT_EQ(identity_of(OptOut{.id = "1", .number = "+331"}), identity_of(OptOut{.id = "1"}));
}

}  // namespace
}  // namespace polycampaign::engine
