#pragma once

namespace polycampaign::inline v1::command {

/// The exit status of the process. If a signal interrupted it, the status is 128 plus the signal's number.
enum ExitStatus : int {
  success = 0,
  incomplete =
      1,        ///< some accounts failed, one ended early (what was received is printed), or writing failed
  usage = 2,    ///< usage or configuration
  nothing = 3,  ///< no account returned data, the vendor refused, or `decode` rejected its input
  unresolved = 4,  ///< the vendor may have carried out what was requested
};

}  // namespace polycampaign::inline v1::command
