#include "polycampaign/protocol/redact.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace polycampaign::protocol {
namespace {

struct Row {
  std::string_view given;
  std::string_view expected;
};

class RedactedUrlTest : public testing::TestWithParam<Row> {};
TEST_P(RedactedUrlTest, ShowsHarmlessValuesOnly) {
  EXPECT_EQ(redacted_url(GetParam().given), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, RedactedUrlTest,
    testing::Values(Row{"https://h/p", "https://h/p"},
                    Row{"https://pbx:8088/openapi/v1.0/x?access_token=abc&page=2",
                        "https://pbx:8088/openapi/v1.0/x?access_token=REDACTED&page=2"},
                    Row{"https://h/?page=1&page_size=2&ids=3&id=4&start=5&length=6&sort=-id&way=desc",
                        "https://h/?page=1&page_size=2&ids=3&id=4&start=5&length=6&sort=-id&way=desc"},
                    Row{"https://h/?date_start=2021-01-01&date_end=x&sms_min=1&sms_max=2",
                        "https://h/?date_start=2021-01-01&date_end=x&sms_min=1&sms_max=2"},
                    Row{"https://h/"
                        "?page%5Boffset%5D=1&page[limit]=2&filter%5btype%5D=a&filter[from]=b&filter[to]=c&"
                        "filter[channel]=d",
                        "https://h/"
                        "?page%5Boffset%5D=1&page[limit]=2&filter%5btype%5D=a&filter[from]=b&filter[to]=c&"
                        "filter[channel]=d"},
                    Row{"https://h/?page_token=t&search=Jane&text=Hi&destination=33612345678&Page=1&page2=1",
                        "https://h/"
                        "?page_token=REDACTED&search=REDACTED&text=REDACTED&destination=REDACTED&Page="
                        "REDACTED&page2=REDACTED"},
                    Row{"https://h/?page%255Boffset%255D=1", "https://h/?page%255Boffset%255D=REDACTED"},
                    Row{"https://h/?justatoken", "https://h/?REDACTED"},
                    Row{"https://h/?=x&&id=", "https://h/?=REDACTED&&id="},
                    Row{"https://h/?token=a=b?c", "https://h/?token=REDACTED"},
                    Row{"https://h/?", "https://h/?"},
                    Row{"https://user:pass@h:1/p?id=1", "https://h:1/p?id=1"},
                    Row{"https://a@b@h/p@q", "https://h/p@q"}, Row{"user:pass@h/p", "h/p"},
                    Row{"https://h/p#access_token=x", "https://h/p"},
                    Row{"https://h/p?id=1#t", "https://h/p?id=1"},
                    Row{"https://h/a\r\nb?id=\x1b", "https://h/a  b?id= "}, Row{"", ""}));

class SafeTextTest : public testing::TestWithParam<Row> {};
TEST_P(SafeTextTest, MasksNumbersAndControls) {
  EXPECT_EQ(safe_text(GetParam().given), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Phones, SafeTextTest,
                         testing::Values(Row{"to +33612345678 failed", "to +33*******78 failed"},
                                         Row{"1234567", "12***67"}, Row{"123456", "123456"},
                                         Row{"06 12 34 56 78", "06 ** ** ** 78"},
                                         Row{"(212) 555-1234", "(21*) ***-**34"},
                                         Row{"+33 (0) 6.12.34.56.78", "+33 (*) *.**.**.**.78"},
                                         Row{"+49 30 / 12345", "+49 ** / ***45"}, Row{"12\tx", "12 x"},
                                         Row{"12\t3456789", "12 *****89"},
                                         Row{"06\xC2\xA0"
                                             "12\xE2\x80\xAF"
                                             "34\xE2\x80\x91"
                                             "56",
                                             "06\xC2\xA0**\xE2\x80\xAF**\xE2\x80\x91"
                                             "56"},
                                         Row{"a 123 456 b", "a 123 456 b"},
                                         Row{"1,2,3,4,5,6,7,8", "1,2,3,4,5,6,7,8"},
                                         Row{"12345, 67890", "12345, 67890"},
                                         Row{"id 5a0331bffc5886074551ce97", "id 5a0331bffc58******51ce97"},
                                         Row{"33612345678 33687654321", "33********* *********21"}));

INSTANTIATE_TEST_SUITE_P(Bytes, SafeTextTest,
                         testing::Values(Row{"", ""},
                                         Row{"a\r\nb\x01\x7f"
                                             "c",
                                             "a  b  c"},
                                         Row{"\xC2\x85x", " x"}, Row{"caf\xC3\xA9", "caf\xC3\xA9"},
                                         Row{"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
                                         Row{"\xFF"
                                             "a",
                                             "\xEF\xBF\xBD"
                                             "a"},
                                         Row{"\xC3", "\xEF\xBF\xBD"},
                                         Row{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         Row{"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         Row{std::string_view{"a\0b", 3}, "a b"}));

TEST(SafeText, CutsBetweenUtf8Sequences) {
  EXPECT_EQ(safe_text("abcdef", 3), "abc");
  EXPECT_EQ(safe_text("ab\xC3\xA9", 3), "ab");
  EXPECT_EQ(safe_text("ab\xC3\xA9", 4), "ab\xC3\xA9");
  EXPECT_EQ(safe_text("\xF0\x9F\x98\x80", 3), "");
  EXPECT_EQ(safe_text("\xFF", 2), "");
  EXPECT_EQ(safe_text("abc", 0), "");
  EXPECT_EQ(safe_text(std::string(300, 'a')).size(), 200U);
}

TEST(SafeText, MasksANumberThatTheCutGoesThrough) {
  EXPECT_EQ(safe_text("call 0612345678", 9), "call 06**");
}

TEST(MaskSecrets, ReplacesEveryOccurrenceInEverySpelling) {
  EXPECT_EQ(mask_secrets("key=s3cr3t&again=s3cr3t", {"s3cr3t"}), "key=***&again=***");
  EXPECT_EQ(mask_secrets("a=p%40ss%2fw%20%2B&b=p@ss/w +", {"p@ss/w +"}), "a=***&b=***");
  EXPECT_EQ(mask_secrets("%73%33cret", {"s3cret"}), "***");
  EXPECT_EQ(mask_secrets("a+b+c", {"a b c"}), "***") << "a form's blank";
  EXPECT_EQ(mask_secrets("x100%25y", {"100%25"}), "x***y") << "a secret that looks encoded itself";
  EXPECT_EQ(mask_secrets("x100%25y", {"100%"}), "x***y");
}

TEST(MaskSecrets, LeavesNoTailOfOverlappingSecrets) {
  EXPECT_EQ(mask_secrets("-abcdefgh-", {"abcdef", "cdefgh"}), "-***-");
  EXPECT_EQ(mask_secrets("-abcdefgh-", {"abcd", "abcdefgh"}), "-***-");
  EXPECT_EQ(mask_secrets("-aaaaaaa-", {"aaaa"}), "-***-");
}

TEST(MaskSecrets, LeavesTheRestAlone) {
  EXPECT_EQ(mask_secrets("nothing here", {"secret"}), "nothing here");
  EXPECT_EQ(mask_secrets("abc", {"abc", ""}), "abc") << "too short to be told from other text";
  EXPECT_EQ(mask_secrets("secre", {"secret"}), "secre");
  EXPECT_EQ(mask_secrets("50% off %zz %4", {"secret"}), "50% off %zz %4");
  EXPECT_EQ(mask_secrets("", {"secret"}), "");
  EXPECT_EQ(mask_secrets("secret", {}), "secret");
}

}  // namespace
}  // namespace polycampaign::protocol
