#pragma once

#include "polycampaign/result.hpp"

#include <string>

namespace polycampaign::inline v1::journals {

/// Creates the file with the mode 0600 if there is none. An existing file, and what SQLite keeps next to it,
/// must not be open to others. Never opens an existing file: closing it would release the locks that SQLite
/// holds on it in this process.
[[nodiscard]] Result<void> prepare_file(std::string const& path);

}  // namespace polycampaign::inline v1::journals
