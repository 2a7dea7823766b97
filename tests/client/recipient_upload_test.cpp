#include <polycampaign/recipient_upload.hpp>

#include "client/loft.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// Uploads of any quantity of numbers, step by step.
namespace polycampaign::test {
namespace {

std::vector<std::string> numbers(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back("+3360102" + std::to_string(1000 + i));
  return all;
}

/// Returns the bodies of the requests: the numbers, one a line.
std::vector<std::string> bodies(LoftClient const& loft) {
  std::vector<std::string> all;
  for (auto const& request : loft.transport->requests()) all.push_back(request.body);
  return all;
}

/// Returns whether the step was made; fails the test on an error.
bool step(RecipientUpload& upload) {
  auto const more = upload.step();
  EXPECT_TRUE(more) << (more ? "" : to_string(more.error()));
  return more && *more;
}

TEST(RecipientUploads, SendAsManyNumbersAsOneRequestTakes) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0").respond(200, "12 2 1 0").respond(200, "12 0 0 1");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(7)));
  EXPECT_EQ(upload.list(), "12");
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.progress(), (UploadProgress{.numbers = 3, .steps = 1, .added = 3}));
  EXPECT_TRUE(step(upload));
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.progress(),
            (UploadProgress{.numbers = 7, .steps = 3, .added = 5, .duplicates = 1, .invalid = 1}));
  EXPECT_FALSE(step(upload));
  EXPECT_FALSE(step(upload)) << "the end stays the end";
  EXPECT_EQ(bodies(loft),
            (std::vector<std::string>{"+33601021000\n+33601021001\n+33601021002\n",
                                      "+33601021003\n+33601021004\n+33601021005\n", "+33601021006\n"}));
}

TEST(RecipientUploads, OfNothingMakeNoRequest) {
  LoftClient loft;
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of({}));
  EXPECT_FALSE(step(upload));
  EXPECT_TRUE(loft.transport->requests().empty());
}

TEST(RecipientUploads, CountNothingThatTheVendorDoesNotReport) {
  LoftClient loft;
  loft.transport->respond(200, "12 - - -");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(2)));
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.progress(),
            (UploadProgress{.numbers = 2, .steps = 1, .added = {}, .duplicates = {}, .invalid = {}}));
}

TEST(RecipientUploads, RepeatAStepThatFailed) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0").fail(ErrorCode::network, Effect::unknown).respond(200, "12 1 2 0");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(6)));
  EXPECT_TRUE(step(upload));
  auto const token = upload.resume_token();
  auto const failed = upload.step();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().effect, Effect::unknown);
  EXPECT_EQ(upload.resume_token(), token) << "nothing was answered";
  EXPECT_EQ(upload.progress().numbers, 3);
  EXPECT_TRUE(step(upload));
  auto const sent = bodies(loft);
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[1], sent[2]);
  EXPECT_EQ(upload.progress().duplicates, 2);
}

TEST(RecipientUploads, ContinueInAnotherProcess) {
  std::string token;
  {
    LoftClient loft;
    loft.transport->respond(200, "12 3 0 0").respond(503, "");
    auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(5)));
    EXPECT_TRUE(step(upload));
    EXPECT_FALSE(upload.step());
    token = upload.resume_token();
  }
  for (auto const& number : numbers(5)) {
    EXPECT_EQ(token.find(number.substr(1)), std::string::npos);
    EXPECT_EQ(token.find(number.substr(5)), std::string::npos) << token;
  }
  LoftClient loft;
  loft.transport->respond(200, "12 2 0 0");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(5)), token);
  EXPECT_EQ(upload.resume_token(), token) << "before the first step";
  EXPECT_TRUE(step(upload));
  EXPECT_FALSE(step(upload));
  EXPECT_EQ(bodies(loft), std::vector<std::string>{"+33601021003\n+33601021004\n"});
  EXPECT_EQ(upload.progress(), (UploadProgress{.numbers = 5, .steps = 1, .added = 5}));
}

TEST(RecipientUploads, RefuseATokenThatIsNotTheirs) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0");
  auto first = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(5)));
  EXPECT_TRUE(step(first));
  auto const token = first.resume_token();
  auto const sent = loft.transport->requests().size();
  auto const refusal = [&](std::string const& list, std::vector<std::string> of, std::string const& with) {
    auto upload = RecipientUpload::to_list(*loft.client, list, RecipientUpload::of(std::move(of)), with);
    auto const result = upload.step();
    if (result) return std::string{"no refusal"};
    EXPECT_EQ(result.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(result.error().effect, Effect::none);
    return result.error().message;
  };
  EXPECT_NE(refusal("13", numbers(5), token).find("another list"), std::string::npos);
  auto others = numbers(5);
  std::swap(others[0], others[1]);
  EXPECT_NE(refusal("12", others, token).find("other numbers"), std::string::npos);
  EXPECT_NE(refusal("12", numbers(2), token).find("other numbers"), std::string::npos) << "too few";
  for (auto const* const odd : {"x", "upload-1", "upload-1:1:2:3:4:5", "upload-1:a:2:3:4:5:6",
                                "upload-1:-1:0:0:0:0:0", "upload-2:1:2:3:4:5:6"})
    EXPECT_NE(refusal("12", numbers(5), odd).find("not the resume token"), std::string::npos) << odd;
  EXPECT_EQ(loft.transport->requests().size(), sent);
}

TEST(RecipientUploads, EndAStepWithTheErrorOfTheSource) {
  LoftClient loft;
  loft.transport->respond(200, "12 2 0 0");
  int given = 0;
  auto upload =
      RecipientUpload::to_list(*loft.client, "12", [&given]() -> Result<std::optional<std::string>> {
        ++given;
        if (given == 2) return Error{.code = ErrorCode::configuration, .message = "line 2 is odd"};
        if (given > 3) return std::optional<std::string>{};
        return std::optional<std::string>{numbers(3)[static_cast<std::size_t>(given) - 1]};
      });
  auto const failed = upload.step();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "line 2 is odd");
  EXPECT_TRUE(loft.transport->requests().empty());
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(bodies(loft), std::vector<std::string>{"+33601021000\n+33601021002\n"})
      << "what came before is kept";
}

TEST(RecipientUploads, ContinueSkippingAfterAnErrorOfTheSource) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0").respond(200, "12 2 0 0");
  auto first = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(5)));
  EXPECT_TRUE(step(first));
  auto upload = RecipientUpload::to_list(
      *loft.client, "12",
      [of = numbers(5), next = std::size_t{0},
       failed = false]() mutable -> Result<std::optional<std::string>> {
        if (next == 2 && !std::exchange(failed, true))
          return Error{.code = ErrorCode::unavailable, .message = "the database is away"};
        if (next == of.size()) return std::optional<std::string>{};
        return std::optional<std::string>{of[next++]};
      },
      first.resume_token());
  auto const away = upload.step();
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().message, "the database is away");
  EXPECT_EQ(upload.resume_token(), first.resume_token());
  EXPECT_TRUE(step(upload));
  EXPECT_FALSE(step(upload));
  EXPECT_EQ(bodies(loft).back(), "+33601021003\n+33601021004\n");
  EXPECT_EQ(upload.progress().numbers, 5);
}

TEST(RecipientUploads, CountNothingThatIsTooLarge) {
  LoftClient loft;
  loft.transport->respond(200, "12 9223372036854775807 3 0").respond(200, "12 1 0 0");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(6)));
  EXPECT_TRUE(step(upload));
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.progress(),
            (UploadProgress{.numbers = 6, .steps = 2, .added = {}, .duplicates = 3, .invalid = 0}));
}

TEST(RecipientUploads, NameTheIndexWithinTheStep) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0");
  auto of = numbers(6);
  of[4] = "0601020304";
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(of));
  EXPECT_TRUE(step(upload));
  auto const failed = upload.step();
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("numbers[1]"), std::string::npos) << failed.error().message;
}

TEST(RecipientUploads, MakeANewListInTheFirstStep) {
  LoftClient loft;
  loft.transport->expect("POST", "/lists")
      .respond(200, "77 3 0 0")
      .expect("POST", "/lists/77")
      .respond(200, "77 1 0 0");
  auto upload = RecipientUpload::to_new_list(*loft.client, "Friends", RecipientUpload::of(numbers(4)));
  EXPECT_EQ(upload.list(), "");
  EXPECT_EQ(upload.resume_token(), "");
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.list(), "77");
  EXPECT_FALSE(upload.resume_token().empty());
  EXPECT_TRUE(step(upload));
  EXPECT_FALSE(step(upload));
  EXPECT_EQ(upload.progress().added, 4);
}

TEST(RecipientUploads, MakeANewListWithoutNumbers) {
  LoftClient loft;
  loft.transport->respond(200, "77 0 0 0");
  auto upload = RecipientUpload::to_new_list(*loft.client, "Friends", RecipientUpload::of({}));
  EXPECT_TRUE(step(upload));
  EXPECT_FALSE(step(upload));
  EXPECT_EQ(loft.transport->requests().size(), 1U);
}

TEST(RecipientUploads, NeedTheIdOfTheNewList) {
  LoftClient loft;
  loft.transport->respond(200, "- 3 0 0");
  auto upload = RecipientUpload::to_new_list(*loft.client, "Friends", RecipientUpload::of(numbers(4)));
  auto const failed = upload.step();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::protocol);
  EXPECT_EQ(upload.list(), "");
  EXPECT_EQ(upload.step().error().code, ErrorCode::conflict) << "the list is there";
  EXPECT_EQ(loft.transport->requests().size(), 1U);
}

TEST(RecipientUploads, MakeNoListAgainAfterALostAnswer) {
  LoftClient loft;
  loft.transport->fail(ErrorCode::network, Effect::unknown);
  auto upload = RecipientUpload::to_new_list(*loft.client, "Friends", RecipientUpload::of(numbers(4)));
  auto const lost = upload.step();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::network);
  auto const expect_conflict = [](Result<bool> const& again) {
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
    EXPECT_EQ(again.error().effect, Effect::unknown);
    EXPECT_EQ(again.error().provider, "loft");
    EXPECT_EQ(again.error().message.find("Friends"), std::string::npos) << again.error().message;
    EXPECT_NE(again.error().message.find("look for its name"), std::string::npos) << again.error().message;
  };
  expect_conflict(upload.step());
  expect_conflict(upload.step());
  std::optional<Result<bool>> given;
  upload.async_step({}, [&](Result<bool> more) { given = std::move(more); });
  ASSERT_TRUE(given);
  expect_conflict(*given);
  EXPECT_EQ(loft.transport->requests().size(), 1U);
  EXPECT_EQ(upload.list(), "");
}

TEST(RecipientUploads, MakeAListAgainThatWasRefused) {
  LoftClient loft;
  loft.transport->respond(409, "").respond(200, "77 2 0 0");
  auto upload = RecipientUpload::to_new_list(*loft.client, "Friends", RecipientUpload::of(numbers(2)));
  auto const refused = upload.step();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().effect, Effect::none);
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.list(), "77");
}

TEST(RecipientUploads, KeepEachNoteOnce) {
  LoftClient loft(1);
  for (int i = 0; i < 40; ++i)
    loft.transport->respond(200, "12 1 0 0 the note " + std::to_string(i < 2 ? 0 : i));
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(40)));
  EXPECT_TRUE(step(upload));
  EXPECT_TRUE(step(upload));
  EXPECT_EQ(upload.notes(), std::vector<std::string>{"the note 0"});
  while (step(upload)) {
  }
  EXPECT_EQ(upload.notes().size(), 32U);
  EXPECT_EQ(upload.progress().steps, 40);
}

TEST(RecipientUploads, CallBack) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0").respond(200, "12 1 0 0");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(4)));
  for (bool const expected : {true, true, false}) {
    std::promise<Result<bool>> given;
    upload.async_step({}, [&](Result<bool> more) { given.set_value(std::move(more)); });
    auto const more = given.get_future().get();
    ASSERT_TRUE(more) << more.error().message;
    EXPECT_EQ(*more, expected);
  }
  EXPECT_EQ(upload.progress().added, 4);
}

TEST(RecipientUploads, TakeOneStepAtATimeAndCanBeCanceled) {
  LoftClient loft;
  loft.transport->hang().respond(200, "12 3 0 0");
  auto upload = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(3)));
  CancelSource cancel;
  std::promise<Result<bool>> given;
  upload.async_step({.cancel = cancel.token()}, [&](Result<bool> more) { given.set_value(std::move(more)); });
  std::optional<Result<bool>> second;
  upload.async_step({}, [&](Result<bool> more) { second = std::move(more); });
  ASSERT_TRUE(second) << "refused at once";
  ASSERT_FALSE(*second);
  EXPECT_EQ(second->error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(upload.step().error().code, ErrorCode::invalid_argument);
  while (loft.transport->requests().empty()) std::this_thread::yield();
  cancel.cancel();
  auto const canceled = given.get_future().get();
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);
  EXPECT_EQ(upload.progress(), UploadProgress{});
  EXPECT_TRUE(step(upload)) << "the next call repeats the step";
  EXPECT_EQ(upload.progress().numbers, 3);
}

TEST(RecipientUploads, CanBeMoved) {
  LoftClient loft;
  loft.transport->respond(200, "12 3 0 0").respond(200, "12 1 0 0");
  auto first = RecipientUpload::to_list(*loft.client, "12", RecipientUpload::of(numbers(4)));
  EXPECT_TRUE(step(first));
  auto second = std::move(first);
  EXPECT_TRUE(step(second));
  EXPECT_FALSE(step(second));
}

}  // namespace
}  // namespace polycampaign::test
