#pragma once

#include "commands.hpp"
#include "words.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace polycampaign::inline v1::command {

using WriteRequest = std::variant<CreateRequest, EstimateRequest, UpdateRequest, CancelRequest, DeleteRequest,
                                  RetryRequest, BalanceRequest, SendersRequest, OutboxListRequest,
                                  OutboxReconcileRequest, OutboxResolveRequest>;

/// The words of the commands that create and change campaigns, before they are interpreted.
class WriteWords {
 public:
  /// Adds the commands. `app` must not outlive this object.
  void add_commands(CLI::App& app, OutputWords& output);
  /// Returns the request, or nothing if none of these commands was given. Throws Refused.
  [[nodiscard]] std::optional<WriteRequest> request(OutputWords const& output,
                                                    std::chrono::sys_seconds now) const;

 private:
  void add_campaign_options(CLI::App& command);
  [[nodiscard]] CampaignWords campaign(std::chrono::sys_seconds now) const;
  void add_outbox(CLI::App& app, OutputWords& output);
  [[nodiscard]] OutboxResolveRequest resolution(Format format) const;

  CLI::App *create_{}, *estimate_{}, *update_{}, *cancel_{}, *delete_{}, *retry_{}, *balance_{}, *senders_{};
  CLI::App *outbox_{}, *outbox_list_{}, *reconcile_{}, *resolve_{};
  std::optional<std::string> sender_{}, text_{}, text_file_{}, recipients_{}, name_{}, at_{};
  std::optional<std::string> purpose_{}, reference_{};
  std::vector<std::string> to_{}, lists_{}, options_{};
  std::string id_{};
  std::optional<std::string> journal_{}, sent_{};
  CLI::Option* sent_option_{};
  std::string key_{};
  bool draft_ = false, dry_run_ = false, yes_ = false, again_ = false, all_ = false, not_sent_ = false;
};

}  // namespace polycampaign::inline v1::command
