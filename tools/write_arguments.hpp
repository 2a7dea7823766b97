#pragma once

#include "commands.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
}

namespace polycampaign::inline v1::command {

using WriteRequest = std::variant<CreateRequest, EstimateRequest, UpdateRequest, CancelRequest, DeleteRequest,
                                  RetryRequest, BalanceRequest, SendersRequest>;

/// The words of the commands that create and change campaigns, before they are interpreted.
class WriteWords {
 public:
  /// Adds the commands. `app` must not outlive this object.
  void add_commands(CLI::App& app);
  /// Returns the request, or nothing if none of these commands was given. Throws Refused.
  [[nodiscard]] std::optional<WriteRequest> request(std::chrono::sys_seconds now) const;

 private:
  void add_campaign_options(CLI::App& command);
  [[nodiscard]] CampaignWords campaign(std::chrono::sys_seconds now) const;

  CLI::App *create_{}, *estimate_{}, *update_{}, *cancel_{}, *delete_{}, *retry_{}, *balance_{}, *senders_{};
  std::optional<std::string> format_{}, sender_{}, text_{}, text_file_{}, recipients_{}, name_{}, at_{};
  std::optional<std::string> purpose_{}, reference_{};
  std::vector<std::string> to_{}, lists_{}, options_{};
  std::string id_{};
  bool draft_ = false, dry_run_ = false, yes_ = false;
};

}  // namespace polycampaign::inline v1::command
