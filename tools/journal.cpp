#include "journal.hpp"

#include "polycampaign/sqlite_journal.hpp"
#ifdef POLYCAMPAIGN_COMMAND_WITH_POSTGRES
#include "polycampaign/postgres_journal.hpp"
#endif

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace polycampaign::inline v1::command {

namespace {

/// Returns a variable of the environment; empty if it is not set.
std::string variable(char const* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  auto const* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

Error of_place(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

/// Makes a folder that only its owner can read, and those above it. Errors: `configuration`.
std::optional<Error> make_folder(std::filesystem::path const& folder) {
  std::error_code problem;
  if (std::filesystem::is_directory(folder, problem)) return std::nullopt;
  if (folder.has_parent_path() && folder.parent_path() != folder)
    if (auto error = make_folder(folder.parent_path())) return error;
  std::filesystem::create_directory(folder, problem);
  if (!problem) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  if (!problem) return std::nullopt;
  return of_place("journal: the folder " + folder.string() + " cannot be made: " + problem.message() +
                  "; set --journal or POLYCAMPAIGN_JOURNAL");
}

}  // namespace

Result<std::string> journal_place(std::optional<std::string> const& word) {
  if (word && word->empty())
    return of_place("--journal: it is empty; it takes a file, postgresql://... or none");
  if (word) return *word;
  if (auto place = variable("POLYCAMPAIGN_JOURNAL"); !place.empty()) return place;
  std::filesystem::path folder = variable("XDG_STATE_HOME");
  // relative paths are invalid by the XDG Base Directory Specification
  if (!folder.is_absolute()) {
    auto const home = variable("HOME");
    if (home.empty())
      return of_place(
          "journal: neither XDG_STATE_HOME nor HOME is set; set --journal or POLYCAMPAIGN_JOURNAL");
    folder = std::filesystem::path{home} / ".local" / "state";
  }
  folder /= "polycampaign";
  if (auto error = make_folder(folder)) return *std::move(error);
  return (folder / "journal.db").string();
}

Result<std::unique_ptr<SendJournal>> open_journal(std::string const& place) {
  if (!place.starts_with("postgresql://") && !place.starts_with("postgres://")) {
    // Not quoted: it may contain a password.
    for (std::string_view const keyword : {"host=", "hostaddr=", "dbname=", "user=", "password=", "service="})
      if (place.find(keyword) != std::string::npos)
        return of_place(
            "--journal: it looks like the connection parameters of PostgreSQL; write them as "
            "postgresql://USER@HOST/DATABASE");
    return make_sqlite_journal(place);
  }
#ifdef POLYCAMPAIGN_COMMAND_WITH_POSTGRES
  return make_postgres_journal(place);
#else
  return of_place("--journal: this polycampaign was built without PostgreSQL; use a file");
#endif
}

}  // namespace polycampaign::inline v1::command
