#include "polycampaign/polycampaign.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

/// Pages of 64 MiB, the most that a response may have: a call that is given up while one is being decoded
/// does not wait for it.
namespace polycampaign::test {
namespace {

constexpr std::size_t most = std::size_t{64} * 1024 * 1024;

std::string page_of(std::string_view format) {
  auto const json = format == "json";
  std::string page{json ? R"({"status":1,"message":"OK","campaigns":[)" : "<response><status>1</status>"};
  std::string_view const record =
      json
          ? R"({"id":"18969398","text":"Spring sale: everything at half price.","status":"sent","total":"12"},)"
          : "<campaigns><id>18969398</id><text>Spring sale: everything at half price.</text></campaigns>";
  page.reserve(most);
  while (page.size() + record.size() + 32 < most) page += record;
  if (json) page.back() = ' ';
  page += json ? "]}" : "</response>";
  return page;
}

/// Gives the page, and in the same moment the caller gives up.
class GivingUp final : public Transport {
 public:
  explicit GivingUp(std::string_view format) : page_{page_of(format)} {}

  void start(HttpRequest, TransferOptions options, Completion completion) override {
    static_cast<void>(options.gate->open(true));
    completion(HttpResponse{.status = 200, .body = page_});
    caller.cancel();
  }

  CancelSource caller;

 private:
  std::string const page_;
};

class LargePage : public ::testing::TestWithParam<char const*> {};
INSTANTIATE_TEST_SUITE_P(Formats, LargePage, ::testing::Values("json", "xml"));

TEST_P(LargePage, IsNotWaitedForByACallThatIsGivenUp) {
  for (auto const asynchronous : {false, true}) {
    auto const transport = std::make_shared<GivingUp>(GetParam());
    auto const provider = find_provider("smsup");
    Settings settings;
    settings.emplace("token", Secret{"t0k3n-for-a-test"});
    settings.emplace("format", Secret{GetParam()});
    auto client = make_client(provider->make_adapter(std::move(settings)), {.transport = transport});
    ASSERT_TRUE(client) << to_string(client.error());
    ListOptions const options{.call = {.cancel = transport->caller.token()}};
    auto const promise = std::make_shared<std::promise<Result<std::vector<Campaign>>>>();
    auto pager = (*client)->async_list({}, options);
    if (asynchronous) {
      pager.next_page([promise](Result<std::optional<Page<Campaign>>> page) {
        if (!page) return promise->set_value(page.error());
        promise->set_value((**page).items);
      });
    } else {
      promise->set_value((*client)->list({}, options).collect());
    }
    auto const campaigns = promise->get_future().get();
    ASSERT_FALSE(campaigns) << "decoded before it could be given up: " << campaigns->size();
    EXPECT_EQ(campaigns.error().code, ErrorCode::canceled);
  }
}

}  // namespace
}  // namespace polycampaign::test
