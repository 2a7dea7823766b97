#include "polycampaign/recipient_upload.hpp"

#include "polycampaign/protocol/failure.hpp"

#include "text/hash.hpp"
#include "text/number.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

constexpr std::string_view token_form = "upload-1";
constexpr std::size_t default_step = 1000;
constexpr std::size_t most_notes = 32;

Error token_error(std::string message) {
  return protocol::failure(ErrorCode::invalid_argument, std::move(message));
}

Error pending_step() {
  return protocol::failure(ErrorCode::invalid_argument, "another step of this upload is still pending");
}

/// Returns 16 bits, which find a mistake but identify no number.
std::int64_t shortened(std::uint64_t hash) noexcept {
  return static_cast<std::int64_t>(hash & 0xFFFF);
}

constexpr std::string_view not_reported = "-";

/// Adds what one step reported. The sum is absent as soon as one of the steps reported nothing, and if no
/// Count can hold it.
void add(Count& sum, Count const& more) {
  if (sum && more && *sum <= std::numeric_limits<std::int64_t>::max() - *more)
    sum = *sum + *more;
  else
    sum.reset();
}

std::vector<std::string_view> fields_of(std::string_view token) {
  std::vector<std::string_view> fields;
  for (;;) {
    auto const end = token.find(':');
    fields.push_back(token.substr(0, end));
    if (end == std::string_view::npos) return fields;
    token.remove_prefix(end + 1);
  }
}

}  // namespace

struct RecipientUpload::State {
  CampaignClient* client = nullptr;
  Source source{};
  std::string list{};
  std::string name{};  ///< of a list to make
  std::string token{};
  bool maybe_made = false;  ///< the new list, by a step whose outcome is unknown
  bool taken_up = false;
  std::int64_t skipped = 0;  ///< numbers of the source, while the upload is taken up
  bool source_ended = false;
  bool busy = false;
  std::vector<std::string> pending{};
  std::uint64_t hash = 0;          ///< of the numbers that were answered
  std::uint64_t pending_hash = 0;  ///< the same, if the pending ones were answered
  UploadProgress progress{};
  std::vector<std::string> notes{};

  [[nodiscard]] std::int64_t list_hash() const noexcept { return shortened(text::hash(list)); }

  [[nodiscard]] std::size_t most() const {
    auto const documented = client->capabilities().lists.numbers.most;
    return documented > 0 ? static_cast<std::size_t>(documented) : default_step;
  }

  [[nodiscard]] Result<std::optional<std::string>> next() {
    auto number = source();
    if (number && !*number) source_ended = true;
    return number;
  }

  [[nodiscard]] std::optional<Error> take_up() {
    if (std::exchange(taken_up, true) || token.empty()) return std::nullopt;
    taken_up = false;
    std::array<Count, 6> values{};
    auto const fields = fields_of(token);
    bool good = fields.size() == values.size() + 1 && fields.front() == token_form;
    for (std::size_t i = 0; good && i < values.size(); ++i) {
      // the last three may be unknown
      if (i >= 3 && fields[i + 1] == not_reported) continue;
      auto const value = text::whole_number<std::int64_t>(fields[i + 1]);
      good = value && *value >= 0;
      values[i] = value;
    }
    if (!good) return token_error("this is not the resume token of an upload");
    auto const& [of_list, of_numbers, answered, added, duplicates, invalid] = values;
    auto const numbers = *answered;
    if (of_list != list_hash()) return token_error("this resume token belongs to an upload to another list");
    while (skipped < numbers && !source_ended) {
      auto number = next();
      if (!number) return std::move(number).error();
      if (!*number) break;
      hash = text::hash(**number, hash);
      ++skipped;
    }
    if (source_ended || shortened(hash) != of_numbers)
      return token_error("this resume token belongs to an upload of other numbers");
    pending_hash = hash;
    progress = {.numbers = numbers, .steps = 0, .added = added, .duplicates = duplicates, .invalid = invalid};
    taken_up = true;
    return std::nullopt;
  }

  /// Returns whether there is something to send.
  [[nodiscard]] Result<bool> prepare() {
    if (maybe_made) return made_once();
    if (auto error = take_up()) return *std::move(error);
    while (!source_ended && pending.size() < most()) {
      auto number = next();
      if (!number) return std::move(number).error();
      if (!*number) break;
      pending_hash = text::hash(**number, pending_hash);
      pending.push_back(**std::move(number));
    }
    return makes_list() || !pending.empty();
  }

  [[nodiscard]] bool makes_list() const noexcept { return list.empty() && !name.empty(); }

  /// Returns the error of every step after one that may have made the list.
  [[nodiscard]] Error made_once() const {
    return {.code = ErrorCode::conflict,
            .effect = Effect::unknown,
            .provider = std::string{client->capabilities().provider},
            .message =
                "an earlier step may have made the list, so it is not made again: look for its name "
                "(ListRecipientLists), and continue with RecipientUpload::to_list"};
  }

  [[nodiscard]] Result<bool> accept(Result<ListAddition> answer) {
    if (!answer) {
      maybe_made = makes_list() && answer.error().effect == Effect::unknown;
      return std::move(answer).error();
    }
    if (makes_list()) {
      maybe_made = !answer->list.id || answer->list.id->empty();
      if (maybe_made)
        return Error{.code = ErrorCode::protocol,
                     .effect = Effect::unknown,
                     .provider = std::string{answer->provider},
                     .message = "the list was made, but the vendor reported no id for it"};
      list = *answer->list.id;
    }
    progress.numbers += static_cast<std::int64_t>(pending.size());
    ++progress.steps;
    if (!pending.empty()) {
      add(progress.added, answer->added);
      add(progress.duplicates, answer->duplicates);
      add(progress.invalid, answer->invalid);
    }
    hash = pending_hash;
    pending.clear();
    for (auto& note : answer->notes)
      if (notes.size() < most_notes && std::ranges::find(notes, note) == notes.end())
        notes.push_back(std::move(note));
    return true;
  }
};

RecipientUpload::Source RecipientUpload::of(std::vector<std::string> numbers) {
  return
      [numbers = std::move(numbers), next = std::size_t{0}]() mutable -> Result<std::optional<std::string>> {
        if (next == numbers.size()) return std::optional<std::string>{};
        return std::optional<std::string>{std::move(numbers[next++])};
      };
}

RecipientUpload::RecipientUpload(std::unique_ptr<State> state) : state_{std::move(state)} {}
RecipientUpload::RecipientUpload(RecipientUpload&&) noexcept = default;
RecipientUpload& RecipientUpload::operator=(RecipientUpload&&) noexcept = default;
RecipientUpload::~RecipientUpload() = default;

RecipientUpload RecipientUpload::to_list(CampaignClient& client, std::string list, Source numbers,
                                         std::string resume_token) {
  auto state = std::make_unique<State>();
  state->client = &client;
  state->source = std::move(numbers);
  state->list = std::move(list);
  state->token = std::move(resume_token);
  return RecipientUpload{std::move(state)};
}

RecipientUpload RecipientUpload::to_new_list(CampaignClient& client, std::string name, Source numbers) {
  auto state = std::make_unique<State>();
  state->client = &client;
  state->source = std::move(numbers);
  state->name = std::move(name);
  return RecipientUpload{std::move(state)};
}

Result<bool> RecipientUpload::step(CallOptions const& options) {
  auto& state = *state_;
  if (state.busy) return pending_step();
  auto ready = state.prepare();
  if (!ready || !*ready) return ready;
  if (state.makes_list())
    return state.accept(state.client->call(CreateRecipientList{state.name, state.pending}, options));
  return state.accept(state.client->call(AddRecipients{state.list, state.pending}, options));
}

void RecipientUpload::async_step(CallOptions const& options, Completion<bool> done) {
  auto& state = *state_;
  if (state.busy) return done(pending_step());
  auto ready = state.prepare();
  if (!ready || !*ready) return done(std::move(ready));
  state.busy = true;
  auto answered = [&state, done = std::move(done)](Result<ListAddition> answer) {
    state.busy = false;
    done(state.accept(std::move(answer)));
  };
  if (state.makes_list())
    state.client->start(CreateRecipientList{state.name, state.pending}, options, std::move(answered));
  else
    state.client->start(AddRecipients{state.list, state.pending}, options, std::move(answered));
}

UploadProgress const& RecipientUpload::progress() const noexcept {
  return state_->progress;
}

std::string const& RecipientUpload::list() const noexcept {
  return state_->list;
}

std::vector<std::string> const& RecipientUpload::notes() const noexcept {
  return state_->notes;
}

std::string RecipientUpload::resume_token() const {
  auto const& state = *state_;
  if (state.list.empty()) return {};
  if (!state.taken_up) return state.token;
  std::string token{token_form};
  for (auto const value : {state.list_hash(), shortened(state.hash), state.progress.numbers})
    token.append(":").append(std::to_string(value));
  for (auto const& count : {state.progress.added, state.progress.duplicates, state.progress.invalid})
    token.append(":").append(count ? std::to_string(*count) : std::string{not_reported});
  return token;
}

}  // namespace polycampaign::inline v1
