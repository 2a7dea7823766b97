#include "testing/bsg_sender.hpp"

#include <set>
#include <tuple>

/// The contact lists, contacts and stop list of the simulator of BSG.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

struct BsgBook : BsgSender {
  explicit BsgBook(std::map<std::string, std::string, std::less<>> options = {})
      : BsgSender{std::move(options)} {}

  Json call(std::string const& method, std::string const& path, Json const& body, int expected = 200) {
    auto const response = ask(method, path, body.is_null() ? std::string{} : body.dump());
    EXPECT_EQ(response.status, expected) << method << ' ' << path << '\n' << response.body;
    return Json::parse(response.body, nullptr, false);
  }
  /// Makes a group. Returns its id.
  Json make(std::string const& name) {
    return call("POST", "/api/groups", {{"name", name}}, 201).at("data").at("id");
  }
  Json contact(std::int64_t phone, Json const& group, int expected = 201) {
    Json body{{"phone", phone}};
    if (!group.is_null()) body["groups"] = {group};
    return call("POST", "/api/contacts", body, expected);
  }
  Json group(Json const& id) { return get("/api/groups/" + id.dump()).at("data"); }
  std::string message_of(Json const& answer) { return answer.value("message", ""); }
};

TEST(BsgGroups, AreMadeListedAndDeleted) {
  BsgBook book;
  auto const before = book.get("/api/groups");
  EXPECT_EQ(keys_in(before), (std::vector<std::string>{"data", "total"})) << "the total is at the top level";
  EXPECT_EQ(before.at("total"), book.simulator->lists().size());
  EXPECT_EQ(keys_in(before.at("data")[0]),
            (std::vector<std::string>{"id", "name", "description", "default", "created_at", "items",
                                      "stop_list_count"}));
  auto const id = book.make("Summer");
  EXPECT_EQ(book.group(id).at("items"), 0);
  EXPECT_EQ(book.simulator->lists().back().name, "Summer");
  EXPECT_EQ(book.message_of(book.call("POST", "/api/groups", {{"name", "Summer"}}, 422)),
            "Contact group is already exists");
  for (auto const& name : {std::string{}, std::string{"ab"}, std::string(51, 'a')})
    EXPECT_TRUE(book.call("POST", "/api/groups", {{"name", name}}, 422).at("errors").contains("name"))
        << name;

  auto const path = "/api/groups/" + id.dump();
  auto const deleted = book.ask("DELETE", path);
  EXPECT_EQ(deleted.status, 204);
  EXPECT_TRUE(deleted.body.empty());
  EXPECT_EQ(book.message_of(book.call("DELETE", path, {}, 422)), "Contact group is not found");
  ASSERT_TRUE(book.simulator->set_switch("group_missing", "404"));
  EXPECT_EQ(book.message_of(book.call("GET", path, {}, 404)), "Not Found");
  EXPECT_NE(book.make("Autumn"), id) << "an id is used once";
}

TEST(BsgGroups, HaveEveryDocumentedForm) {
  BsgBook book{{{"group_items", "text"}, {"lookup_total", "meta"}, {"empty_list", "object"}}};
  auto const page = book.get("/api/groups?page[limit]=15");
  EXPECT_TRUE(page.at("data")[0].at("items").is_string());
  EXPECT_EQ(page.at("meta").at("page").at("limit"), 15);
  EXPECT_FALSE(page.contains("total"));
  EXPECT_EQ(book.get("/api/groups?page[offset]=500").at("data").dump(), "{}");
  ASSERT_TRUE(book.simulator->set_switch("limit_outside", "refuse"));
  book.get("/api/groups?page[limit]=14", 422);
  book.get("/api/groups?page[offset]=-1", 422);
}

TEST(BsgContacts, AreMadeOnce) {
  BsgBook book;
  auto const id = book.make("Summer");
  auto const made = book.contact(380501234567, id).at("data");
  EXPECT_EQ(made.at("phone"), 380501234567);
  EXPECT_EQ(made.at("groups")[0].at("id"), id.dump()) << "a string there";
  EXPECT_EQ(book.group(id).at("items"), 1);
  EXPECT_EQ(book.message_of(book.contact(380501234567, id, 422)),
            "Phone number is already exist in contact book");
  EXPECT_EQ(book.message_of(book.contact(12345678, id, 422)), "Invalid phone number format");
  EXPECT_EQ(book.message_of(book.contact(380501234568, 7, 422)), "Contact group is not found");
  EXPECT_EQ(book.group(id).at("items"), 1);
  book.call("POST", "/api/contacts", {{"phone", "380501234568"}}, 422);
  book.call("POST", "/api/contacts", {{"phone", 380501234568}, {"groups", "all"}}, 422);

  auto const someone = book.simulator->lists().at(0).members.at(0).number;
  EXPECT_EQ(book.message_of(book.contact(std::stoll(someone.substr(1)), id, 422)),
            "Phone number is already exist in contact book")
      << "generated lists consist of contacts";
  EXPECT_EQ(book.get("/api/contacts/" + made.at("id").dump()).at("data"), made);
}

TEST(BsgContacts, AreFound) {
  BsgBook book;
  auto const id = book.make("Summer");
  for (std::int64_t i = 0; i < 20; ++i) book.contact(380501230000 + i, i < 5 ? id : Json{});
  auto const search = [&](std::string const& field, std::string const& op, std::string const& value) {
    return book.get("/api/contacts/search?search[field]=" + field +
                    "&search[operator]=" + testing::percent_encode(op) + "&search[value]=" + value);
  };
  auto const one = search("phone", "=", "380501230003");
  ASSERT_EQ(one.at("data").size(), 1U);
  EXPECT_EQ(one.at("meta").at("page").at("total"), 1);
  EXPECT_EQ(one.at("data")[0].at("groups").size(), 1U);
  EXPECT_EQ(search("phone", "like", "38050123").at("data").size(), 20U);
  EXPECT_EQ(search("phone", "=", "380501230099").at("data").size(), 0U);
  auto const contact_id = one.at("data")[0].at("id").get<std::int64_t>();
  EXPECT_EQ(search("id", "=", std::to_string(contact_id)).at("data"), one.at("data"));
  EXPECT_EQ(search("id", ">", std::to_string(contact_id)).at("data").size(), 16U);
  book.get("/api/contacts/search?search[field]=name", 422);
  EXPECT_EQ(book.get("/api/contacts?groups[]=" + id.dump()).at("total"), 5);
  ASSERT_TRUE(book.simulator->set_switch("contact_groups", "ids"));
  EXPECT_EQ(search("phone", "=", "380501230003").at("data")[0].at("groups")[0], id);
  ASSERT_TRUE(book.simulator->set_switch("contact_groups", "absent"));
  ASSERT_TRUE(book.simulator->set_switch("contact_phone", "text"));
  auto const bare = search("phone", "=", "380501230003").at("data")[0];
  EXPECT_FALSE(bare.contains("groups"));
  EXPECT_EQ(bare.at("phone"), "380501230003");
}

TEST(BsgContacts, MoveBetweenGroups) {
  BsgBook book;
  auto const id = book.make("Summer");
  auto ids = Json::array();
  for (std::int64_t i = 0; i < 3; ++i) ids.push_back(book.contact(380501230000 + i, {}).at("data").at("id"));
  Json const all{{"contacts", ids}, {"groups", {id}}};
  book.call("POST", "/api/groups/attach", all);
  book.call("POST", "/api/groups/attach", all);
  EXPECT_EQ(book.group(id).at("items"), 3) << "nobody is in a group twice";
  book.call("POST", "/api/groups/detach", {{"contacts", {ids[0]}}, {"groups", {id}}});
  EXPECT_EQ(book.group(id).at("items"), 2);
  EXPECT_EQ(
      book.message_of(book.call("POST", "/api/groups/attach", {{"contacts", {5}}, {"groups", {id}}}, 422)),
      "Invalid contact id");
  EXPECT_EQ(
      book.message_of(book.call("POST", "/api/groups/attach", {{"contacts", ids}, {"groups", {5}}}, 422)),
      "Contact group is not found");
  auto many = Json::array();
  for (int i = 0; i < 201; ++i) many.push_back(ids[0]);
  book.call("POST", "/api/groups/attach", {{"contacts", many}, {"groups", {id}}}, 422);
}

TEST(BsgContacts, EqualRequestsAreRefused) {
  BsgAccount account;
  auto const body = Json{{"phone", 380501234567}}.dump();
  EXPECT_EQ(account.ask("POST", "/api/contacts", body).status, 201);
  EXPECT_EQ(account.ask("POST", "/api/contacts", body).status, 429);
  account.now += 5s;
  EXPECT_EQ(account.ask("POST", "/api/contacts", body).status, 422);
}

TEST(BsgStopList, IsListedByChannel) {
  BsgBook book;
  auto const all = book.get("/api/stoplist");
  auto const sms = book.get("/api/stoplist?types=sms");
  EXPECT_EQ(all.at("total"), 40);
  EXPECT_EQ(sms.at("total"), 35);
  EXPECT_EQ(keys_in(sms.at("data")[0]), (std::vector<std::string>{"id", "phone", "created_at", "sms_stoplist",
                                                                  "viber_stoplist", "rcs_stoplist"}));
  book.get("/api/stoplist?types=fax", 422);
  ASSERT_TRUE(book.simulator->set_switch("stop_list_types", "ignored"));
  EXPECT_EQ(book.get("/api/stoplist?types=sms").at("total"), 40);

  auto const id = all.at("data")[0].at("id");
  book.call("POST", "/api/stoplist/detach", {{"ids", {id}}});
  EXPECT_EQ(book.get("/api/stoplist").at("total"), 39);
  book.call("POST", "/api/stoplist/attach", {{"phones", {41780000001, 41780000001}}, {"types", {"sms"}}});
  EXPECT_EQ(book.get("/api/stoplist").at("total"), 40);
  book.call("POST", "/api/stoplist/attach", {{"phones", Json::array()}}, 422);
  book.call("POST", "/api/stoplist/detach", {{"ids", "all"}}, 422);
}

TEST(BsgStopList, FiltersCampaignsToNumbersAndToGroups) {
  BsgBook book;
  auto const group = book.make("Summer");
  for (std::int64_t i = 0; i < 5; ++i) book.contact(41780000000 + i, group);
  book.call("POST", "/api/stoplist/attach", {{"phones", {41780000001}}, {"types", {"sms"}}});
  EXPECT_EQ(book.group(group).at("stop_list_count"), 1);

  auto const to_numbers = book.create(3);
  auto const to_group =
      book.post("sms/send-groups", {{"groups", {group}}, {"sender", "ACME"}, {"text", "Hello"}})
          .at("data")
          .at("id")
          .dump();
  book.now += 1h;
  auto const reached = book.reached();
  EXPECT_EQ(reached.size(), 6U);
  EXPECT_EQ(std::ranges::count(reached, "+41780000001"), 0);
  for (auto const& [id, phones] : {std::pair{to_numbers, 3}, {to_group, 5}}) {
    auto const detail = book.get("/api/campaigns/" + id + "/detail").at("data");
    EXPECT_EQ(detail.at("total_phones"), phones);
    EXPECT_EQ(detail.at("total_messages"), phones - 1);
  }
}

TEST(BsgContacts, NeedAToken) {
  BsgAccount account;
  for (auto const* const path : {"/api/groups", "/api/contacts", "/api/stoplist", "/api/messages"})
    EXPECT_EQ(account.send("GET", path, "").status, 401) << path;
  for (auto const* const path : {"/api/groups/1/2", "/api/contacts/x", "/api/stoplist/x", "/api/messages/1"})
    EXPECT_EQ(account.ask(path).status, 404) << path;
  EXPECT_EQ(account.ask("POST", "/api/messages", "{}").status, 405);
}

}  // namespace
}  // namespace polycampaign::test
