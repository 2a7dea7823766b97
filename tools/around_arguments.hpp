#pragma once

#include "commands.hpp"
#include "words.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
}

namespace polycampaign::inline v1::command {

using AroundRequest = std::variant<ListsRequest, ListCreateRequest, ListAddRequest, ListDeleteRequest,
                                   MessagesRequest, RepliesRequest, OptOutsRequest>;

/// The words of the commands around a campaign, before they are interpreted.
class AroundWords {
 public:
  /// Adds the commands. `app` must not outlive this object.
  void add_commands(CLI::App& app, OutputWords& output);
  /// Returns the request, or nothing if none of these commands was given. Throws Refused.
  [[nodiscard]] std::optional<AroundRequest> request(OutputWords const& output) const;

 private:
  CLI::App *lists_{}, *list_create_{}, *list_add_{}, *list_delete_{}, *messages_{}, *replies_{}, *opt_outs_{};
  std::string id_{}, name_{}, recipients_{}, resume_{};
  std::optional<std::string> campaign_{};
  std::vector<std::string> statuses_{};
  bool yes_ = false;
};

}  // namespace polycampaign::inline v1::command
