#include "polycampaign/recipient_upload.hpp"

#include "account_lists.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "lines.hpp"
#include "recipients_file.hpp"
#include "write_end.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

/// `list-create` and `list-add`: any quantity of numbers, step by step.
namespace polycampaign::inline v1::command {

namespace {

using UploadJson = nlohmann::ordered_json;

/// The numbers of the file, for a list. Errors: as `load_recipients`.
Result<std::vector<std::string>> numbers_of(Context& context, std::string const& path) {
  auto file = load_recipients(path);
  if (!file) return std::move(file).error();
  if (!file->note.empty()) context.console.note(file->note);
  if (!file->only_numbers)
    context.console.note("only the column number is used, because a list contains nothing but numbers");
  std::vector<std::string> numbers;
  numbers.reserve(file->recipients.size());
  for (auto& recipient : file->recipients) numbers.push_back(std::move(recipient.number));
  return numbers;
}

/// Runs an upload and reports how it ended.
class UploadRun {
 public:
  UploadRun(Context& context, Interrupts const& interrupts, Account const& account, std::string file)
      : context_{context}, interrupts_{interrupts}, account_{account}, file_{std::move(file)} {}

  /// `total`: numbers of the file. `name`: of a new list, else empty.
  int run(CampaignClient& client, RecipientUpload& upload, std::size_t total, std::string_view name,
          Format format) {
    auto const all = static_cast<std::int64_t>(total);
    show_progress(upload, all);
    for (;;) {
      auto const& done = upload.progress();
      bool const complete = !upload.list().empty() && done.numbers == all;
      if (interrupts_.signal() != 0 && !complete) return stopped(client, upload, all);
      // A step is not canceled: its outcome would be unknown.
      auto const more = upload.step();
      if (!more) return failed_at(client, upload, all, more.error());
      if (!*more) break;
      show_progress(upload, all);
    }
    context_.console.progress({});
    context_.output.write(format == Format::json ? json_of(upload, name) : text_of(upload, name));
    bool const shown = context_.output.flush();
    end_session(client, interrupts_.token());
    if (!shown)
      context_.console.note("all numbers are in the list with the id " + upload.list(), account_.name);
    return finish_output(context_, success);
  }

 private:
  static std::string progress_line(RecipientUpload const& upload, std::int64_t all) {
    return std::to_string(upload.progress().numbers) + " of " + counted(all, "number", "numbers");
  }
  void show_progress(RecipientUpload const& upload, std::int64_t all) {
    if (all > 0) context_.console.progress(progress_line(upload, all) + " sent");
  }

  /// Reports how to continue. Nothing if no list is known.
  void tell_token(RecipientUpload const& upload, std::int64_t all) {
    auto const token = upload.resume_token();
    if (token.empty()) return;
    auto const input = file_ == "-" ? " and the same numbers on standard input" : "";
    context_.console.note("the vendor has answered " + progress_line(upload, all) + "; continue with `" +
                              command_for(context_, account_) + " list-add " + shell_word(upload.list()) +
                              " --recipients " + shell_word(file_) + " --resume " + token + "`" + input,
                          account_.name);
  }

  int stopped(CampaignClient& client, RecipientUpload const& upload, std::int64_t all) {
    context_.console.progress({});
    end_session(client, interrupts_.token());
    tell_token(upload, all);
    return interrupted(context_, interrupts_);
  }

  int failed_at(CampaignClient& client, RecipientUpload const& upload, std::int64_t all, Error const& error) {
    context_.console.progress({});
    end_session(client, interrupts_.token());
    context_.console.error(error, account_.name);
    bool const begun = upload.progress().steps > 0;
    auto const status = status_of(error);
    if (status == usage && !begun) return finish_output(context_, usage);
    if (status == unresolved)
      context_.console.note(
          upload.list().empty()
              ? "the list may have been made; look for its name with `" + command_for(context_, account_) +
                    " lists` before you create it again"
              : "the numbers of the last request may be in the list; vendors count a number that a list has "
                "already as a duplicate, but not every vendor documents it",
          account_.name);
    tell_token(upload, all);
    return finish_output(context_, status == unresolved ? unresolved : nothing);
  }

  [[nodiscard]] std::string json_of(RecipientUpload const& upload, std::string_view name) const {
    auto const count = [](Count const& value) { return value ? UploadJson(*value) : UploadJson{}; };
    auto const& done = upload.progress();
    UploadJson const json{
        {"account", account_.name},
        {"provider", account_.provider->name},
        {"list", {{"id", upload.list()}, {"name", name.empty() ? UploadJson{} : UploadJson(name)}}},
        {"added", count(done.added)},
        {"duplicates", count(done.duplicates)},
        {"invalid", count(done.invalid)},
        {"notes", upload.notes()}};
    return json.dump(-1, ' ', false, UploadJson::error_handler_t::replace) + "\n";
  }

  [[nodiscard]] std::string text_of(RecipientUpload const& upload, std::string_view name) const {
    auto const count = [](Count const& value) { return value ? std::to_string(*value) : "unknown"; };
    auto const& done = upload.progress();
    Lines lines;
    lines.add("Account", account_.name + " (" + std::string{account_.provider->name} + ")");
    lines.add("List", upload.list());
    if (!name.empty()) lines.add("Name", name);
    lines.add("Numbers", std::to_string(done.numbers));
    lines.add("Added", count(done.added));
    lines.add("Duplicates", count(done.duplicates));
    lines.add("Invalid", count(done.invalid));
    for (auto const& note : upload.notes()) lines.add("Note", note);
    return std::move(lines).text();
  }

  Context& context_;
  Interrupts const& interrupts_;
  Account const& account_;
  std::string file_;
};

}  // namespace

int list_create(Context& context, Interrupts const& interrupts, Account const& account,
                ListCreateRequest const& request) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return failed(context, client.error(), account);
  std::vector<std::string> numbers;
  if (!request.recipients_file.empty()) {
    auto read = numbers_of(context, request.recipients_file);
    if (!read) return failed(context, read.error(), account);
    numbers = *std::move(read);
  }
  auto const total = numbers.size();
  auto upload = RecipientUpload::to_new_list(**client, request.name, RecipientUpload::of(std::move(numbers)));
  return UploadRun{context, interrupts, account, request.recipients_file}.run(**client, upload, total,
                                                                              request.name, request.format);
}

int list_add(Context& context, Interrupts const& interrupts, Account const& account,
             ListAddRequest const& request) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return failed(context, client.error(), account);
  auto numbers = numbers_of(context, request.recipients_file);
  if (!numbers) return failed(context, numbers.error(), account);
  auto const total = numbers->size();
  auto upload = RecipientUpload::to_list(**client, request.id, RecipientUpload::of(*std::move(numbers)),
                                         request.resume_token);
  return UploadRun{context, interrupts, account, request.recipients_file}.run(**client, upload, total, {},
                                                                              request.format);
}

}  // namespace polycampaign::inline v1::command
