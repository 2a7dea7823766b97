#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// The recipients of a CSV file.
struct RecipientsFile {
  std::vector<Recipient> recipients{};
  std::string note{};        ///< what was left out; usually empty
  bool only_numbers = true;  ///< whether there is no column but `number`
};

/// Reads recipients: RFC 4180, in UTF-8 with or without a byte order mark. A header names the columns
/// `number`, `reference` and `text` in any order. Without a header, the first column is the number. Empty
/// lines are skipped.
///
/// Errors: `invalid_argument`, which names `file`, line and column, but quotes no value. Lines count from 1,
/// the header included; a record of several lines is named by its first one.
[[nodiscard]] Result<RecipientsFile> read_recipients(std::string_view csv, std::string_view file);

/// Reads the recipients in the file of `--recipients`; `-` is standard input.
///
/// Errors: as above; `invalid_argument`, which names the file, if it cannot be read.
[[nodiscard]] Result<RecipientsFile> load_recipients(std::string const& path);

}  // namespace polycampaign::inline v1::command
