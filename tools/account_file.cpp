#include "account_file.hpp"

#include "input.hpp"
#include "moment.hpp"
#include "text/nearest.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace polycampaign::inline v1::command {

namespace {

Error configuration(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

/// Returns the entries in the order of the text. toml++ sorts them by name.
std::vector<std::pair<toml::key const*, toml::node const*>> in_order(toml::table const& table) {
  std::vector<std::pair<toml::key const*, toml::node const*>> entries;
  for (auto const& [key, node] : table) entries.emplace_back(&key, &node);
  std::stable_sort(entries.begin(), entries.end(), [](auto const& a, auto const& b) {
    return a.first->source().begin < b.first->source().begin;
  });
  return entries;
}

class Reader {
 public:
  Reader(std::string const& path, Vendors const& vendors) : path_{path}, vendors_{vendors} {}

  Result<std::vector<Account>> accounts(toml::table const& root) const {
    std::vector<Account> accounts;
    for (auto const& [key, node] : in_order(root)) {
      if (*key != "accounts") return at(*key, text::unknown_word("table", key->str(), {"accounts"}));
      if (!node->is_table()) return at(*key, "accounts must be tables: [accounts.NAME]");
      for (auto const& [name, account] : in_order(*node->as_table())) {
        if (!account->is_table())
          return at(*name, "\"" + std::string{name->str()} +
                               "\" is outside an account: put it below an [accounts.NAME] line");
        auto read = this->account(*name, *account->as_table());
        if (!read) return std::move(read).error();
        accounts.push_back(*std::move(read));
      }
    }
    if (accounts.empty()) return configuration(path_ + ": no accounts; add one as [accounts.NAME]");
    return accounts;
  }

  Error at(toml::source_position const& position, std::string_view problem) const {
    auto where = path_;
    if (position)
      where.append(":")
          .append(std::to_string(position.line))
          .append(":")
          .append(std::to_string(position.column));
    return configuration(where.append(": ").append(problem));
  }

 private:
  Error at(toml::key const& key, std::string_view problem) const { return at(key.source().begin, problem); }

  Result<Account> account(toml::key const& name, toml::table const& table) const {
    Account account{.name = std::string{name.str()}};
    if (account.name.empty()) return at(name, "an account needs a name");
    auto const provider = this->provider(name, table);
    if (!provider) return provider.error();
    account.provider = *provider;

    auto known = account_keys();
    for (auto const& setting : account.provider->settings())
      if (std::find(known.begin(), known.end(), setting.name) == known.end()) known.push_back(setting.name);

    for (auto const& [key, node] : in_order(table)) {
      if (*key == "provider") continue;
      if (std::find(known.begin(), known.end(), key->str()) == known.end())
        return at(*key, text::unknown_word("key", key->str(), known) + " (account " + account.name +
                            ", provider " + std::string{account.provider->name} + ")");
      if (*key == "allow_plain_http") {
        if (!node->is_boolean()) return at(*key, "allow_plain_http must be true or false");
        account.allow_plain_http = node->as_boolean()->get();
        continue;
      }
      if (*key == "requests_per_second") {
        account.requests_per_second = node->value<double>();
        auto const rate = account.requests_per_second.value_or(0);
        if (!node->is_number() || !(rate >= least_rate && rate <= most_rate))
          return at(*key, "requests_per_second must be a number from 0.001 to 10000");
        continue;
      }
      if (*key == "in_flight") {
        auto const number = node->is_integer() ? node->as_integer()->get() : 0;
        if (number < 1 || number > most_in_flight)
          return at(*key, "in_flight must be a whole number from 1 to 1000");
        account.in_flight = static_cast<int>(number);
        continue;
      }
      auto value = this->value(*key, *node);
      if (!value) return std::move(value).error();
      account.settings.push_back({std::string{key->str()}, *std::move(value)});
    }
    return account;
  }

  Result<Provider const*> provider(toml::key const& account, toml::table const& table) const {
    auto const known = vendors_.names();
    for (auto const& [key, node] : table) {
      if (key != "provider") continue;
      if (!node.is_string()) return at(key, "provider must be a string");
      auto const& word = node.as_string()->get();
      if (auto const* found = vendors_.find(word)) return &found->provider;
      return at(key, text::unknown_word("provider", word, known));
    }
    return at(account, "account " + std::string{account.str()} + " has no provider; set provider to one of " +
                           text::listed(known));
  }

  Result<SettingValue> value(toml::key const& key, toml::node const& node) const {
    auto const name = std::string{key.str()};
    if (node.is_string()) {
      auto const& text = node.as_string()->get();
      if (name == "timeout") {
        if (auto const duration = parse_duration(text); !duration)
          return at(key, "timeout: " + duration.error().message);
      }
      return SettingValue::of_text(Secret{name == "ca_file" ? beside(text) : text});
    }
    auto const expected = name + " must be a string, { env = \"VARIABLE\" } or { file = \"PATH\" }";
    if (!node.is_table()) return at(key, expected);
    auto const entries = in_order(*node.as_table());
    for (auto const& [entry, place] : entries) {
      if (*entry != "env" && *entry != "file")
        return at(*entry, text::unknown_word("entry", entry->str(), {"env", "file"}) + " (" + expected + ")");
      if (!place->is_string() || place->as_string()->get().empty()) return at(*entry, expected);
    }
    if (entries.size() != 1) return at(key, expected);
    auto const& place = entries.front().second->as_string()->get();
    if (*entries.front().first == "env") return SettingValue::of_env(place);
    return SettingValue::of_file(beside(place));
  }

  [[nodiscard]] std::string beside(std::string const& file) const {
    return (std::filesystem::path{path_}.parent_path() / file).string();
  }

  std::string const& path_;
  Vendors const& vendors_;
};

std::string environment(char const* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  auto const* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

struct Place {
  std::string path;
  std::string origin;
};

Place place_of(std::optional<std::string> const& file) {
  if (file) return {*file, "given by --config"};
  if (auto named = environment("POLYCAMPAIGN_CONFIG"); !named.empty())
    return {std::move(named), "named by POLYCAMPAIGN_CONFIG"};
  auto folder = environment("XDG_CONFIG_HOME");
  // XDG Base Directory Specification 0.8: relative paths are to be ignored.
  if (folder.empty() || folder.front() != '/') {
    auto const home = environment("HOME");
    if (home.empty()) return {};
    folder = home + "/.config";
  }
  return {folder + "/polycampaign/accounts.toml",
          "the default path; neither --config nor POLYCAMPAIGN_CONFIG is set"};
}

constexpr std::string_view how_to_start =
    "; `polycampaign demo` needs no accounts file, `polycampaign simulate` prints one to try, `polycampaign "
    "--help` explains the format";

}  // namespace

Result<std::vector<Account>> parse_accounts(std::string_view text, std::string const& path,
                                            Vendors const& vendors) {
  Reader const reader{path, vendors};
  try {
    auto const root = toml::parse(text, path);
    return reader.accounts(root);
  } catch (toml::parse_error const& error) {
    return reader.at(error.source().begin, error.description());
  }
}

Result<std::vector<Account>> load_accounts(std::optional<std::string> const& file, Vendors const& vendors) {
  auto const [path, origin] = place_of(file);
  if (path.empty())
    return configuration(std::string{
        "no accounts file: none of --config, POLYCAMPAIGN_CONFIG, XDG_CONFIG_HOME and HOME says where it is"}
                             .append(how_to_start));
  auto text = read_file(path);
  if (text) return parse_accounts(*text, path, vendors);
  auto message = "cannot read the accounts file " + path + " (" + origin + "): " + text.error().message;
  return configuration(message.append(how_to_start));
}

}  // namespace polycampaign::inline v1::command
