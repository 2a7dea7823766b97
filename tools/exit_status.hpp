#pragma once

namespace polycampaign::inline v1::command {

/// What the process ends with; 128 and the signal's number when it was interrupted.
enum ExitStatus : int {
  success = 0,
  incomplete =
      1,        ///< some accounts failed, one ended early (what was received is printed), or writing failed
  usage = 2,    ///< usage or configuration
  nothing = 3,  ///< no account returned data, or `decode` refused its input
};

}  // namespace polycampaign::inline v1::command
