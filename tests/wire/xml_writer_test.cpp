#include "wire/xml_writer.hpp"

#include "testing/other_program.hpp"
#include "wire/xml.hpp"

#include <gtest/gtest.h>

#include <string>

namespace polycampaign::wire {
namespace {

std::string written(std::string const& text) {
  XmlWriter xml{"sms"};
  auto root = xml.root();
  root.add("text", text);
  root.add("gsm", "1").attribute("id", text);
  return xml.text();
}

TEST(XmlWriter, EscapesWhatXmlWouldChange) {
  for (std::string const text : {"plain", "<a href=\"x\">&amp;</a>", "]]>", "a\r\nb\rc\nd\te", "  spaces  ",
                                 "žluťoučký 🌷", "'\"", ""}) {
    auto const document = XmlDocument::parse(written(text));
    ASSERT_TRUE(document) << text << document.error().message;
    EXPECT_EQ(document->root()["text"].text(), text);
  }
}

TEST(XmlWriter, IsReadByXmllint) {
  auto const text = "Tom & \"Jerry\" <b> ]]> 🌷\r\n'end'";
  auto const read = test::output_of("xmllint --xpath 'string(/sms/text)' -", written(text));
  EXPECT_EQ(read, std::string{text} + "\n");
}

TEST(XmlWriter, KnowsWhatXmlCannotContain) {
  EXPECT_TRUE(is_xml_text("a\t\r\n🌷"));
  for (auto const& bad :
       {std::string{"\x01"}, std::string{"a\0b", 3}, std::string{"\x1F"}, std::string{"\xEF\xBF\xBF"}})
    EXPECT_FALSE(is_xml_text(bad));
}

}  // namespace
}  // namespace polycampaign::wire
