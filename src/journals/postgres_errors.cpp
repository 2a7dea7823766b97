#include "journals/postgres_errors.hpp"

#include "journals/table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polycampaign::inline v1::journals {

namespace {

constexpr std::string_view where = "the PostgreSQL journal: ";

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Error refused(std::string text) {
  return failed(ErrorCode::configuration, std::string{where} + std::move(text));
}

Error unavailable(std::string text, bool transient = true) {
  return failed(ErrorCode::unavailable, std::string{where} + std::move(text), transient);
}

}  // namespace

std::string_view postgres_schema() noexcept {
  return "CREATE TABLE IF NOT EXISTS polycampaign_journal (schema_version integer NOT NULL); "
         "CREATE TABLE IF NOT EXISTS polycampaign_sends ("
         "account text COLLATE \"C\" NOT NULL, key text COLLATE \"C\" NOT NULL, part bigint NOT NULL, "
         "state text NOT NULL, attempt text NOT NULL, provider text NOT NULL, fingerprint text NOT NULL, "
         "recipients bigint NOT NULL, campaign_id text NOT NULL, created_at bigint NOT NULL, settled_at "
         "bigint, "
         "details text NOT NULL, PRIMARY KEY (account, key, part)); "
         "CREATE INDEX IF NOT EXISTS polycampaign_unsettled ON polycampaign_sends (account, key, part) "
         "WHERE state IN ('sending', 'unresolved'); "
         "INSERT INTO polycampaign_journal SELECT 1 WHERE NOT EXISTS (SELECT FROM polycampaign_journal);";
}

std::string_view postgres_grants() noexcept {
  return "GRANT SELECT ON polycampaign_journal TO role; GRANT SELECT, INSERT, UPDATE ON polycampaign_sends "
         "TO role;";
}

Error statement_failed(std::string_view sqlstate) {
  auto const code = " (SQLSTATE " + std::string{sqlstate.empty() ? "unknown" : sqlstate} + ")";
  if (sqlstate == "42P01" || sqlstate == "3F000")
    return refused("a table is missing" + code +
                   ". Run as a role that may create it: " + std::string{postgres_schema()});
  if (sqlstate == "42501")
    return refused(
        "the role has too few rights" + code +
        ". Run as the owner of the tables, with the name of the role: " + std::string{postgres_grants()});
  if (sqlstate == "25006" || sqlstate == "0A000")
    return refused("the server is read-only" + code +
                   ". Connect to the primary: name all servers in the connection string, with "
                   "target_session_attrs=read-write.");
  if (sqlstate == "42703" || sqlstate == "42P10" || sqlstate == "42804")
    return refused("the table polycampaign_sends is not one of this library" + code +
                   ". Use another schema.");
  if (sqlstate == "57014" || sqlstate == "55P03")
    return unavailable("a statement took longer than statement_timeout" + code +
                       ". Retry, and look for a transaction that holds a lock on polycampaign_sends.");
  if (sqlstate == "53100")
    return unavailable("the disk of the server is full" + code + ". Free space there.");
  if (sqlstate.starts_with("53"))
    return unavailable("the server has too few resources" + code + ". Retry later.");
  if (sqlstate.starts_with("08") || sqlstate.starts_with("57P") || sqlstate == "25P03")
    return connection_lost(false);
  if (sqlstate.starts_with("40")) return unavailable("the transaction was rolled back" + code + ". Retry.");
  return unavailable("the server refused a statement" + code + '.', false);
}

Error connection_lost(bool timed_out) {
  return unavailable(timed_out
                         ? "the server did not answer in time. Retry, and check the server and the network."
                         : "the connection was lost. Retry, and check the server and the network.");
}

Error not_connected(std::string_view said, std::string_view password) {
  std::string text = "cannot connect: ";
  constexpr std::string_view mark = "FATAL:";
  if (auto const at = said.find(mark); at != std::string_view::npos) {
    auto answer = said.substr(at + mark.size());
    answer = answer.substr(0, answer.find('\n'));
    answer.remove_prefix(std::min(answer.find_first_not_of(' '), answer.size()));
    std::string words{answer};
    for (std::size_t hit = 0; !password.empty() && (hit = words.find(password)) != std::string::npos;)
      words.replace(hit, password.size(), "[password]");
    constexpr std::array passing{"starting up", "shutting down", "recovery mode", "too many",
                                 "slots are reserved"};
    bool const transient =
        std::ranges::any_of(passing, [&](char const* part) { return contains(words, part); });
    return unavailable(text + "the server answered: " + words, transient);
  }
  if (contains(said, "translate host name")) return unavailable(text + "the host name cannot be resolved.");
  if (contains(said, "No such file"))
    return unavailable(text + "no server listens on this Unix socket. Start the server.");
  if (contains(said, "refused"))
    return unavailable(text + "the connection was refused. Start the server, or check host and port.");
  if (contains(said, "timeout")) return unavailable(text + "the server did not answer in time.");
  if (contains(said, "no password"))
    return unavailable(text + "the server asks for a password, and none is given.", false);
  if (contains(said, "SSL") || contains(said, "certificate")) return unavailable(text + "TLS failed.", false);
  return unavailable(text + "check the server, and host and port in the connection string.");
}

}  // namespace polycampaign::inline v1::journals
