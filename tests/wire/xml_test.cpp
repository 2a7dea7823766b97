#include "wire/xml.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::wire {
namespace {

XmlDocument parsed(std::string body) {
  auto document = XmlDocument::parse(std::move(body));
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

TEST(XmlDocument, GivesElementsAndTheirTexts) {
  auto const document = parsed(
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- list -->\n<response>\n"
      "  <campaign id='1>'><text>Caf&#233; &amp; &lt;b&gt; &#x1F600;</text><stop/></campaign>\n"
      "  <campaign><text></text></campaign>\n</response>\n<!-- end -->\n");
  auto const root = document.root();
  EXPECT_EQ(root.name(), "response");
  EXPECT_TRUE(root.has_children());
  EXPECT_EQ(root.scalar().kind, Scalar::Kind::composite);
  std::vector<XmlNode> campaigns;
  root.for_each_child([&](XmlNode child) { campaigns.push_back(child); });
  ASSERT_EQ(campaigns.size(), 2U);
  EXPECT_EQ(campaigns[0]["text"].text(), "Caf\xC3\xA9 & <b> \xF0\x9F\x98\x80");
  EXPECT_EQ(campaigns[0]["text"].scalar().text, campaigns[0]["text"].text());
  EXPECT_EQ(campaigns[0]["stop"].scalar().kind, Scalar::Kind::text);
  EXPECT_EQ(campaigns[1]["text"].scalar().text, "");
  EXPECT_EQ(campaigns[1]["stop"].scalar().kind, Scalar::Kind::absent);
  EXPECT_FALSE(campaigns[1]["stop"]);
  EXPECT_FALSE(campaigns[1]["stop"]["x"]);
  EXPECT_EQ(XmlNode{}.name(), "");
}

struct Row {
  std::string_view xml;
  std::string_view text;
};
class XmlTextTest : public testing::TestWithParam<Row> {};

TEST_P(XmlTextTest, IsWhole) {
  auto const document = parsed("<r><t>" + std::string{GetParam().xml} + "</t></r>");
  EXPECT_EQ(document.root()["t"].text(), GetParam().text);
}

TEST_P(XmlTextTest, IsTheSameWhenParsedInPlace) {
  auto const document = XmlDocument::parse("<r><t>" + std::string{GetParam().xml} + "</t></r>", false);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root()["t"].text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Pieces, XmlTextTest,
    testing::Values(Row{"<![CDATA[a < b & c]]>", "a < b & c"}, Row{"a<![CDATA[<b>]]>c", "a<b>c"},
                    Row{"<![CDATA[x]]]]><![CDATA[>y]]>", "x]]>y"},
                    Row{"Hello<!-- no --> World", "Hello World"}, Row{"a<?pi x?>b", "ab"}, Row{"   ", "   "},
                    Row{" a ", " a "}, Row{"", ""}, Row{"<!-- only -->", ""}, Row{"a\r\nb\rc", "a\nb\nc"},
                    Row{"&undefined; &nbsp; &", "&undefined; &nbsp; &"},
                    Row{"&#x41;&#66;&quot;&apos;", "AB\"'"}, Row{"&#xZZ; &#; &#12", "&#xZZ; &#; &#12"},
                    Row{"<![CDATA[&#0;]]>", "&#0;"}, Row{"a<!-- &#0; -->b", "ab"}));

TEST(XmlDocument, GivesTheElementByteForByte) {
  std::string const first =
      "<c  a=\"x>y\" b='</c>' ><!-- </c> --><![CDATA[</c>]]><c/><c a='/'>&amp;</c><?p </c>?>\r\n</c >";
  std::string const body = "\xEF\xBB\xBF<?xml version=\"1.0\"?><r> " + first + "<d/><e f=\"/>\"/>\n</r>";
  auto const document = parsed(body);
  EXPECT_EQ(document.text(document.root()["c"]), first);
  EXPECT_EQ(document.text(document.root()["d"]), "<d/>");
  EXPECT_EQ(document.text(document.root()["e"]), "<e f=\"/>\"/>");
  EXPECT_EQ(document.text(document.root()), body.substr(body.find("<r>")));
  EXPECT_EQ(document.text(XmlNode{}), "");
}

TEST(XmlDocument, ParsedInPlaceHasNoTextsOfItsElements) {
  auto const document = XmlDocument::parse("<r><t>a&amp;b</t></r>", false);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root()["t"].text(), "a&b");
  EXPECT_EQ(document->text(document->root()["t"]), "");
}

TEST(XmlDocument, OutlivesItsMoves) {
  auto first = parsed("<r><t>a text that is longer than any short string</t></r>");
  auto const node = first.root()["t"];
  auto second = std::move(first);
  first = parsed("<x/>");
  EXPECT_EQ(node.text(), "a text that is longer than any short string");
  EXPECT_EQ(second.text(node), "<t>a text that is longer than any short string</t>");
}

struct Fault {
  std::string_view body;
  std::string_view message;  // the beginning of what stands behind "the answer is not valid XML: "
};
class XmlFaultTest : public testing::TestWithParam<Fault> {};

TEST_P(XmlFaultTest, IsAnErrorThatSaysWhat) {
  for (bool const keep_texts : {true, false}) {
    auto const document = XmlDocument::parse(std::string{GetParam().body}, keep_texts);
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::protocol);
    EXPECT_EQ(document.error().effect, Effect::unknown);
    EXPECT_TRUE(document.error().message.starts_with("the answer is not valid XML: " +
                                                     std::string{GetParam().message}))
        << document.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, XmlFaultTest,
    testing::Values(
        Fault{"", "it is empty"}, Fault{" \n", "it has no element"},
        Fault{"<?xml version='1.0'?>", "it has no element"}, Fault{"<!-- x -->", "it has no element"},
        Fault{"{}", "text stands outside"}, Fault{"<r/>x", "text stands outside"},
        Fault{"x<r/>", "text stands outside"}, Fault{"<r></r>t>", "text stands outside"},
        Fault{"<r/><![CDATA[x]]>", "text stands outside"}, Fault{"<r/><s/>", "it has a second root"},
        Fault{"<r></r><r></r>", "it has a second root"}, Fault{"<r/><?p?>", "something stands behind"},
        Fault{"<r/><?xml version='1.0'?>", "something stands behind"},
        Fault{"<!DOCTYPE r><r/>", "it has a document type"},
        Fault{"<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>", "it has a document type"},
        Fault{"<r/><!DOCTYPE r>", "it has a document type"}, Fault{"<r><a></r>", ""}, Fault{"<r>", ""},
        Fault{"<r", ""}, Fault{"<r></r", ""}, Fault{"<r/><", ""}, Fault{"<r></r></r>", ""},
        Fault{"<r a=b/>", ""}, Fault{"<r><!-- </r>", ""}, Fault{"<r><![CDATA[</r>", ""},
        Fault{"<r>\xFF</r>", "it is not UTF-8 (byte 3)"}, Fault{"<r>\xC3</r>", "it is not UTF-8 (byte 3)"},
        Fault{"<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE9</r>", "it is not UTF-8 (byte 46)"},
        Fault{std::string_view{"<r>a\0b</r>", 10}, "it holds a zero byte (byte 4)"},
        Fault{"<r>a&#0;b</r>", "a character reference means no character (byte 4)"},
        Fault{"<r>&#x00;</r>", "a character reference means no character (byte 3)"},
        Fault{"<r>&#xD800;</r>", "a character reference means no character (byte 3)"},
        Fault{"<r>&#x110000;</r>", "a character reference means no character (byte 3)"},
        Fault{"<r>&#99999999999999999999;</r>", "a character reference means no character (byte 3)"},
        Fault{"<r a='&#0;'/>", "a character reference means no character (byte 6)"},
        Fault{"<r><!-- &#0; --><![CDATA[&#0;]]>&#0;</r>",
              "a character reference means no character (byte 32)"}));

TEST(XmlDocument, SurvivesABombOfNesting) {
  constexpr int depth = 50'000;
  std::string bomb;
  for (int i = 0; i < depth; ++i) bomb += "<a>";
  EXPECT_FALSE(XmlDocument::parse(bomb));
  for (int i = 0; i < depth; ++i) bomb += "</a>";
  auto const document = parsed(bomb + "<!-- -->");
  EXPECT_EQ(document.text(document.root()).size(), bomb.size());
}

TEST(XmlDocument, NeverQuotesTheBody) {
  for (std::string const body :
       {"<r>Jane +33612345678</s>", "Jane", "<Jane/><Jane/>", "<r Jane>", "<r>Jane&#0;</r>"}) {
    auto const message = XmlDocument::parse(body).error().message;
    EXPECT_EQ(message.find("Jane"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace polycampaign::wire
