#include "wire/xml.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::wire {
namespace {

XmlDocument parsed_xml(std::string body) {
  auto document = XmlDocument::parse(std::move(body));
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

TEST(XmlDocument, GivesElementsAndTheirTexts) {
  auto const document = parsed_xml(
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

struct TextRow {
  std::string_view xml;
  std::string_view text;
};
class XmlTextTest : public testing::TestWithParam<TextRow> {};

TEST_P(XmlTextTest, IsWhole) {
  auto const document = parsed_xml("<r><t>" + std::string{GetParam().xml} + "</t></r>");
  EXPECT_EQ(document.root()["t"].text(), GetParam().text);
}

TEST_P(XmlTextTest, IsTheSameWhenParsedInPlace) {
  auto const document = XmlDocument::parse("<r><t>" + std::string{GetParam().xml} + "</t></r>", false);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root()["t"].text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Pieces, XmlTextTest,
    testing::Values(TextRow{"<![CDATA[a < b & c]]>", "a < b & c"}, TextRow{"a<![CDATA[<b>]]>c", "a<b>c"},
                    TextRow{"<![CDATA[x]]]]><![CDATA[>y]]>", "x]]>y"},
                    TextRow{"Hello<!-- no --> World", "Hello World"}, TextRow{"a<?pi x?>b", "ab"},
                    TextRow{"   ", "   "}, TextRow{" a ", " a "}, TextRow{"", ""},
                    TextRow{"<!-- only -->", ""}, TextRow{"a\r\nb\rc", "a\nb\nc"},
                    TextRow{"&undefined; &nbsp; &", "&undefined; &nbsp; &"},
                    TextRow{"&#x41;&#66;&quot;&apos;", "AB\"'"},
                    TextRow{"&#xZZ; &#; &#12", "&#xZZ; &#; &#12"}, TextRow{"<![CDATA[&#0;]]>", "&#0;"},
                    TextRow{"a<!-- &#0; -->b", "ab"}));

TEST(XmlDocument, GivesTheElementByteForByte) {
  std::string const first =
      "<c  a=\"x>y\" b='</c>' ><!-- </c> --><![CDATA[</c>]]><c/><c a='/'>&amp;</c><?p </c>?>\r\n</c >";
  std::string const body = "\xEF\xBB\xBF<?xml version=\"1.0\"?><r> " + first + "<d/><e f=\"/>\"/>\n</r>";
  auto const document = parsed_xml(body);
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
  auto first = parsed_xml("<r><t>a text that is longer than any short string</t></r>");
  auto const node = first.root()["t"];
  auto second = std::move(first);
  first = parsed_xml("<x/>");
  EXPECT_EQ(node.text(), "a text that is longer than any short string");
  EXPECT_EQ(second.text(node), "<t>a text that is longer than any short string</t>");
}

struct XmlFault {
  std::string_view body;
  std::string_view message;  // the beginning of what stands behind "the response is not valid XML: "
};
class XmlFaultTest : public testing::TestWithParam<XmlFault> {};

TEST_P(XmlFaultTest, IsAnErrorThatSaysWhat) {
  for (bool const keep_texts : {true, false}) {
    auto const document = XmlDocument::parse(std::string{GetParam().body}, keep_texts);
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::protocol);
    EXPECT_EQ(document.error().effect, Effect::unknown);
    EXPECT_TRUE(document.error().message.starts_with("the response is not valid XML: " +
                                                     std::string{GetParam().message}))
        << document.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, XmlFaultTest,
    testing::Values(
        XmlFault{"", "it is empty"}, XmlFault{" \n", "it has no element"},
        XmlFault{"<?xml version='1.0'?>", "it has no element"}, XmlFault{"<!-- x -->", "it has no element"},
        XmlFault{"{}", "there is text outside"}, XmlFault{"<r/>x", "there is text outside"},
        XmlFault{"x<r/>", "there is text outside"}, XmlFault{"<r></r>t>", "there is text outside"},
        XmlFault{"<r/><![CDATA[x]]>", "there is text outside"}, XmlFault{"<r/><s/>", "it has a second root"},
        XmlFault{"<r></r><r></r>", "it has a second root"}, XmlFault{"<r/><?p?>", "there is something after"},
        XmlFault{"<r/><?xml version='1.0'?>", "there is something after"},
        XmlFault{"<!DOCTYPE r><r/>", "it has a document type"},
        XmlFault{"<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>", "it has a document type"},
        XmlFault{"<r/><!DOCTYPE r>", "it has a document type"}, XmlFault{"<r><a></r>", ""},
        XmlFault{"<r>", ""}, XmlFault{"<r", ""}, XmlFault{"<r></r", ""}, XmlFault{"<r/><", ""},
        XmlFault{"<r></r></r>", ""}, XmlFault{"<r a=b/>", ""}, XmlFault{"<r><!-- </r>", ""},
        XmlFault{"<r><![CDATA[</r>", ""}, XmlFault{"<r>\xFF</r>", "it is not UTF-8 (byte 3)"},
        XmlFault{"<r>\xC3</r>", "it is not UTF-8 (byte 3)"},
        XmlFault{"<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE9</r>", "it is not UTF-8 (byte 46)"},
        XmlFault{std::string_view{"<r>a\0b</r>", 10}, "it contains a zero byte (byte 4)"},
        XmlFault{"<r>a&#0;b</r>", "a character reference stands for no valid character (byte 4)"},
        XmlFault{"<r>&#x00;</r>", "a character reference stands for no valid character (byte 3)"},
        XmlFault{"<r>&#xD800;</r>", "a character reference stands for no valid character (byte 3)"},
        XmlFault{"<r>&#x110000;</r>", "a character reference stands for no valid character (byte 3)"},
        XmlFault{"<r>&#99999999999999999999;</r>",
                 "a character reference stands for no valid character (byte 3)"},
        XmlFault{"<r a='&#0;'/>", "a character reference stands for no valid character (byte 6)"},
        XmlFault{"<r><!-- &#0; --><![CDATA[&#0;]]>&#0;</r>",
                 "a character reference stands for no valid character (byte 32)"}));

TEST(XmlDocument, SurvivesABombOfNesting) {
  constexpr int depth = 50'000;
  std::string bomb;
  for (int i = 0; i < depth; ++i) bomb += "<a>";
  EXPECT_FALSE(XmlDocument::parse(bomb));
  for (int i = 0; i < depth; ++i) bomb += "</a>";
  auto const document = parsed_xml(bomb + "<!-- -->");
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
