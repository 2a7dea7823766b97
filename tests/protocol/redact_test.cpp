#include "polycampaign/protocol/redact.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace polycampaign::protocol {
namespace {

struct Redacted {
  std::string_view given;
  std::string_view expected;
};

constexpr std::string_view shown_names[] = {"page", "page[offset]", "sort", "from"};
constexpr std::string_view id_follows[] = {"campaigns"};
constexpr Loggable loggable{.query = shown_names, .before_id = id_follows};

class RedactedUrlTest : public testing::TestWithParam<Redacted> {};
TEST_P(RedactedUrlTest, ShowsWordsAndWhatIsNamed) {
  EXPECT_EQ(redacted_url(GetParam().given, loggable), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Paths, RedactedUrlTest,
    testing::Values(Redacted{"https://h/p", "https://h/p"}, Redacted{"https://h", "https://h"},
                    Redacted{"", ""},
                    Redacted{"https://pbx:8088/openapi/v1.0/message_campaign/list",
                             "https://pbx:8088/openapi/v1.0/message_campaign/list"},
                    Redacted{"https://h//a/", "https://h//a/"},
                    Redacted{"https://h/jobs/1234", "https://h/jobs/1234"},
                    Redacted{"https://h/contacts/+491701234567", "https://h/contacts/REDACTED"},
                    Redacted{"https://h/contacts/%2B491701234567/x", "https://h/contacts/REDACTED/x"},
                    Redacted{"https://h/contacts/1234567", "https://h/contacts/REDACTED"},
                    Redacted{"https://h/jobs/12345", "https://h/jobs/REDACTED"},
                    Redacted{"https://h/a;phone=1234567/b", "https://h/REDACTED/b"},
                    Redacted{"https://h/sk_live_abc123/x", "https://h/REDACTED/x"},
                    Redacted{"https://h/averylongwordwithoutadigit/x", "https://h/REDACTED/x"},
                    Redacted{"https://h/caf%C3%A9", "https://h/REDACTED"}));

INSTANTIATE_TEST_SUITE_P(
    Ids, RedactedUrlTest,
    testing::Values(Redacted{"https://h/campaigns/53651994/detail", "https://h/campaigns/53651994/detail"},
                    Redacted{"https://h/campaigns/0b1f9f9e-6bb0-4b5f-9f0e-000000000000",
                             "https://h/campaigns/0b1f9f9e-6bb0-4b5f-9f0e-000000000000"},
                    Redacted{"https://h/campaigns/5a0331bffc5886074551ce97",
                             "https://h/campaigns/5a0331bffc5886074551ce97"},
                    Redacted{"https://h/campaign/53651994", "https://h/campaign/REDACTED"},
                    Redacted{"https://h/campaigns/detail/53651994", "https://h/campaigns/detail/REDACTED"},
                    Redacted{"https://h/campaigns/33612345678", "https://h/campaigns/REDACTED"},
                    Redacted{"https://h/campaigns/0612-345-678", "https://h/campaigns/REDACTED"},
                    Redacted{"https://h/campaigns/%2B336123456", "https://h/campaigns/REDACTED"},
                    Redacted{"https://h/campaigns/+336123456", "https://h/campaigns/REDACTED"},
                    Redacted{"https://h/campaigns/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                             "https://h/campaigns/REDACTED"}));

INSTANTIATE_TEST_SUITE_P(
    Queries, RedactedUrlTest,
    testing::Values(
        Redacted{"https://h/x?access_token=abc&page=2", "https://h/x?access_token=REDACTED&page=2"},
        Redacted{"https://h/?page%5Boffset%5D=1&page[offset]=2&from=2021-04-27%2019%3A44%3A06&sort=-id",
                 "https://h/?page%5Boffset%5D=1&page[offset]=2&from=2021-04-27%2019%3A44%3A06&sort=-id"},
        Redacted{"https://h/?page_token=t&search[value]=Jane&Page=1&page2=1",
                 "https://h/?page_token=REDACTED&search[value]=REDACTED&Page=REDACTED&page2=REDACTED"},
        Redacted{"https://h/?page%255Boffset%255D=1", "https://h/?REDACTED=REDACTED"},
        Redacted{"https://h/?33612345678=1&+49170=2", "https://h/?REDACTED=REDACTED&REDACTED=REDACTED"},
        Redacted{"https://h/?page=33612345678", "https://h/?page=REDACTED"},
        Redacted{"https://h/?page=1%2C33612345678", "https://h/?page=REDACTED"},
        Redacted{"https://h/?page=%2B4930", "https://h/?page=REDACTED"},
        Redacted{"https://h/?page=+4930", "https://h/?page=REDACTED"},
        Redacted{"https://h/?sort=-06%2012%2034%2056%2078", "https://h/?sort=REDACTED"},
        Redacted{"https://h/?sort=%252B33612345678", "https://h/?sort=REDACTED"},
        Redacted{"https://h/?sort=caf%C3%A9", "https://h/?sort=REDACTED"},
        Redacted{"https://h/?justatoken", "https://h/?REDACTED"},
        Redacted{"https://h/?=x&&page=", "https://h/?=REDACTED&&page="},
        Redacted{"https://h/?token=a=b?c", "https://h/?token=REDACTED"},
        Redacted{"https://h/?", "https://h/?"}, Redacted{"https://h?page=1", "https://h?page=1"},
        Redacted{"https://h?to=a/1234567", "https://h?to=REDACTED"}));

INSTANTIATE_TEST_SUITE_P(
    OtherParts, RedactedUrlTest,
    testing::Values(Redacted{"https://user:pass@h:1/p?page=1", "https://h:1/p?page=1"},
                    Redacted{"https://+4917012345@h/p", "https://h/p"},
                    Redacted{"https://a@b@h/p", "https://h/p"}, Redacted{"user:pass@h/p", "h/p"},
                    Redacted{"https://h/p#access_token=x", "https://h/p"},
                    Redacted{"https://h/p?page=1#33612345678", "https://h/p?page=1"},
                    Redacted{"https://h\r\nx/p", "https://h  x/p"},
                    Redacted{"https://h/a\r\nb?page=\x1b", "https://h/REDACTED?page=REDACTED"}));

TEST(RedactedUrl, ShowsNoValueUntilItIsNamed) {
  EXPECT_EQ(redacted_url("https://h/campaigns/53651994?page=2&limit=10&status=sent"),
            "https://h/campaigns/REDACTED?page=REDACTED&limit=REDACTED&status=REDACTED");
}

class SafeTextTest : public testing::TestWithParam<Redacted> {};
TEST_P(SafeTextTest, MasksNumbersAndControls) {
  EXPECT_EQ(safe_text(GetParam().given), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Phones, SafeTextTest,
    testing::Values(Redacted{"to +33612345678 failed", "to +33*******78 failed"},
                    Redacted{"1234567", "12***67"}, Redacted{"123456", "123456"},
                    Redacted{"06 12 34 56 78", "06 ** ** ** 78"},
                    Redacted{"(212) 555-1234", "(21*) ***-**34"},
                    Redacted{"+33 (0) 6.12.34.56.78", "+33 (*) *.**.**.**.78"},
                    Redacted{"+49 30 / 12345", "+49 ** / ***45"}, Redacted{"12\tx", "12 x"},
                    Redacted{"12\t3456789", "12 *****89"},
                    Redacted{"06\xC2\xA0"
                             "12\xE2\x80\xAF"
                             "34\xE2\x80\x91"
                             "56",
                             "06\xC2\xA0**\xE2\x80\xAF**\xE2\x80\x91"
                             "56"},
                    Redacted{"a 123 456 b", "a 123 456 b"}, Redacted{"1,2,3,4,5,6,7,8", "1,2,3,4,5,6,7,8"},
                    Redacted{"12345, 67890", "12345, 67890"},
                    Redacted{"id 5a0331bffc5886074551ce97", "id 5a0331bffc58******51ce97"},
                    Redacted{"33612345678 33687654321", "33********* *********21"}));

INSTANTIATE_TEST_SUITE_P(Bytes, SafeTextTest,
                         testing::Values(Redacted{"", ""},
                                         Redacted{"a\r\nb\x01\x7f"
                                                  "c",
                                                  "a  b  c"},
                                         Redacted{"\xC2\x85x", " x"}, Redacted{"caf\xC3\xA9", "caf\xC3\xA9"},
                                         Redacted{"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
                                         Redacted{"\xFF"
                                                  "a",
                                                  "\xEF\xBF\xBD"
                                                  "a"},
                                         Redacted{"\xC3", "\xEF\xBF\xBD"},
                                         Redacted{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         Redacted{"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         Redacted{std::string_view{"a\0b", 3}, "a b"}));

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

TEST(MaskSecrets, ReplacesTheBeginningOfASecretThatWasCut) {
  EXPECT_EQ(mask_secrets("wrong key abcdefghijklmno", {"abcdefghijklmnopqrst"}), "wrong key ***");
  EXPECT_EQ(mask_secrets("wrong key abcdefghijklmno; bye", {"abcdefghijklmnopqrst"}), "wrong key ***; bye");
  EXPECT_EQ(mask_secrets("%61bcdefghijklmno!", {"abcdefghijklmnopqrst"}), "***!");
  EXPECT_EQ(mask_secrets("abcdefghijk", {"abcdefghijklmnopqrst"}), "abcdefghijk") << "11 bytes";
  auto const token = std::string(100, 't') + std::string(200, 'u');
  EXPECT_EQ(mask_secrets(safe_text("unknown token " + token), {token}), "unknown token ***");
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
