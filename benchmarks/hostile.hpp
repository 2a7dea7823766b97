#pragma once

#include "polycampaign/providers.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Answers of a vendor that means harm: as large as a size and shaped so that a careless decoder takes time
/// or memory out of proportion. The same shapes for any size.
namespace hostile {

/// One answer.
struct Body {
  std::string name{};
  polycampaign::Document document = polycampaign::Document::list;
  std::string text{};
};

/// `begin`, as many of `unit` as it takes, `end`. A `#` of the unit becomes a number that counts up.
inline std::string repeat(std::string_view begin, std::string_view unit, std::string_view end,
                          std::size_t size) {
  std::string text{begin};
  auto const mark = unit.find('#');
  for (std::size_t i = 0; text.size() + end.size() < size; ++i) {
    text += unit.substr(0, mark);
    if (mark == std::string_view::npos) continue;
    text += std::to_string(i);
    text += unit.substr(mark + 1);
  }
  return text.append(end);
}

/// What the vendors' answers differ in.
struct Shape {
  std::string_view provider{};
  std::string_view list_begin{};  ///< up to the records of a list
  std::string_view number{};      ///< a member whose exact text is looked up
  std::string_view error{};       ///< an error's text up to a list of details, whose items follow
  std::string_view detail{};
  std::string_view error_end{};
};

inline constexpr Shape shapes[] = {
    {"yeastar", R"({"errcode":0,"list":)", "response_rate", R"({"errcode":40002,"invalid_param_list":[)",
     R"({"field":"f","field":"g"},)", "0]}"},
    {"bsg", R"({"data":)", "total_price", R"({"message":"no","code":422,"errors":{)", R"("f#":["a","b"],)",
     R"("z":[]}})"},
    {"smsup", R"({"status":1,"campaigns":)", "cost", R"({"status":-2,"message":"no","details":[)", R"("d",)",
     R"("z"]})"},
    {"dexatel", R"({"data":)", "create_date", R"({"errors":[)", R"({"code":1,"message":"m"},)", "0]}"},
};

/// JSON, for the vendor of that name.
inline std::vector<Body> json_bodies(std::string_view provider, std::size_t size) {
  using polycampaign::Document;
  auto shape = shapes[0];
  for (auto const& known : shapes)
    if (known.provider == provider) shape = known;
  std::vector<Body> bodies;
  auto const add = [&](std::string_view name, std::string_view begin, std::string_view unit,
                       std::string_view end) {
    auto const text = repeat(begin, unit, end, size);
    for (auto const document : {Document::list, Document::get})
      bodies.push_back({std::string{name}, document, text});
  };
  std::string const list{shape.list_begin};
  auto const add_list = [&](std::string_view name, std::string_view unit) {
    add(name, list + R"([{"id":1},)", unit, "{}]}");
  };
  add_list("zeros", "0,");
  add_list("nulls", "null,");
  add_list("empty lists", "[],");
  add_list("empty objects", "{},");
  add_list("tiny records", R"({"id":1},)");
  add_list("surrogates", R"({"id":1,"name":"\ud800"},)");
  add_list("large numbers", R"({"id":1e999},)");
  add("keys that are numbers", list + "{", R"("#":{},)", R"("0":{"id":1}}})");
  add("keys that are the same number", list + "{", R"("7":{},)", R"("0":{"id":1}}})");
  add("the list again", "{", std::string{shape.list_begin.substr(1)} + "[],",
      list.substr(1) + R"([{"id":1}]})");

  // few records as large as the answer allows
  auto const add_record = [&](std::string_view name, std::string_view unit) {
    add(name, list + R"([{"id":1},{"id":2,)", unit, R"("z":0}]})");
  };
  add_record("members", R"("m#":1,)");
  add_record("the number again", "\"" + std::string{shape.number} + "\":1.5,");
  add_record("the id again", R"("id":{},)");
  add_record("large numbers in a record", R"("m":1e999,)");
  add_record("surrogates in a record", R"("name":"\ud800",)");
  add_record("text", R"("text":"\u00e9\u00e9\u00e9\u00e9",)");
  add_record("counters", R"("statistics":{"c#":1},"messages":{"total":"x","total":"y"},)");
  add_record("lists", R"("lists":[{},{"id":[]}],)");
  add("counters in one object", list + R"([{"id":1,"statistics":{)", R"("c#":1,)", R"("sent":1}}]})");
  add("counters of one name", list + R"([{"id":1,"statistics":{)", R"("sent":"x","c":1,)", R"("sent":1}}]})");
  add("statistics", list + R"([{"id":1,"statistics":[)", "{},", "{}]}]}");
  add("lists in one array", list + R"([{"id":1,"lists":[)", "0,", "0]}]}");
  add("empty lists in one array", list + R"([{"id":1,"lists":[)", "{},", "0]}]}");
  add("one text", list + R"([{"id":1,"name":")", R"(\u0041\n)", R"("}]})");
  add("one number", list + R"([{"id":1,")" + std::string{shape.number} + "\":0.", "1", "}]}");
  std::string const deep = std::string(900, '[') + std::string(900, ']') + ',';
  add("deep", list + R"([{"id":1,"m":[)", deep, "0]}]}");
  std::string record = R"({"id":1,")" + std::string{shape.number} + R"(":1.5)";
  for (int i = 0; i < 100; ++i) record += R"(,"m":1e999,"name":"\ud800")";
  add_list("records to be mended", record + "},");

  add("error", shape.error, shape.detail, shape.error_end);
  add("error with a long text",
      R"({"errcode":1000,"error":1,"code":500,"status":-1,"errors":"x","message":")", "1 ", R"("})");
  return bodies;
}

/// XML, for SMSUP.
inline std::vector<Body> xml_bodies(std::size_t size) {
  using polycampaign::Document;
  std::vector<Body> bodies;
  auto const add = [&](std::string_view name, std::string_view begin, std::string_view unit,
                       std::string_view end) {
    auto const text = repeat(begin, unit, end, size);
    for (auto const document : {Document::list, Document::get})
      bodies.push_back({std::string{name}, document, text});
  };
  std::string const begin = "<response><status>1</status>";
  auto const add_list = [&](std::string_view name, std::string_view unit) {
    add(name, begin + "<campaign><id>1</id></campaign>", unit, "</response>");
  };
  add_list("empty records", "<campaign/>");
  add_list("wrapped records", "<campaigns><campaign/></campaigns>");
  add_list("records", "<campaign><id>1</id></campaign>");
  add_list("messages", "<message>m</message>");
  add_list("details", "<details>d</details>");
  add_list("comments", "<!-- &#0; -->");
  add_list("other elements", "<e/>");

  auto const add_record = [&](std::string_view name, std::string_view unit) {
    add(name, begin + "<campaign><id>1</id>", unit, "</campaign></response>");
  };
  add_record("lists", "<lists/>");
  add_record("lists with ids", "<lists><id>1</id></lists>");
  add_record("lists among others", "<lists><a/></lists><b/>");
  add_record("the cost again", "<cost>1.5</cost>");
  add_record("ids", "<id>1</id>");
  add_record("odd counters", "<delivered>x</delivered>");
  add("one list", begin + "<campaign><id>1</id><lists>", "<id>1</id>", "</lists></campaign></response>");
  add("one text", begin + "<campaign><id>1</id><text>", "&#65;&amp;&x;", "</text></campaign></response>");
  add("text in pieces", begin + "<campaign><id>1</id><text>", "a<!-- b --><![CDATA[<]]>",
      "</text></campaign></response>");
  add("attributes", begin + "<campaign><id>1</id><text ", "a='&#65;' ", "/></campaign></response>");
  add("bad references", begin + "<campaign><id>1</id><!-- ", "&#0;<", " --></campaign></response>");

  std::string deep = begin + "<campaign><id>1</id>";
  auto const depth = size / 7;
  for (std::size_t i = 0; i < depth; ++i) deep += "<a>";
  for (std::size_t i = 0; i < depth; ++i) deep += "</a>";
  deep += "</campaign></response>";
  for (auto const document : {Document::list, Document::get}) bodies.push_back({"deep", document, deep});
  return bodies;
}

}
