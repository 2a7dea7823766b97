#pragma once

#include "commands.hpp"
#include "csv.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

/// Writes rows of CSV in the style that the command line asks for. The header comes before the first row.
class CsvOutput {
 public:
  CsvOutput(Context& context, std::string header) : context_{context}, header_{std::move(header)} {}

  /// Writes a row. After a false, stop: a write has failed, or the row has a formula that is refused, which
  /// has been reported.
  bool add(CsvLine line, std::string_view account);
  /// Writes the header if nothing has been written yet.
  void begin();
  /// Returns whether a formula ended the output.
  [[nodiscard]] bool refused() const noexcept { return refused_; }

 private:
  [[nodiscard]] std::string_view column_name(std::size_t column) const noexcept;

  Context& context_;
  std::string header_;
  std::size_t rows_ = 0;  ///< written, the header included
  bool refused_ = false;
};

}  // namespace polycampaign::inline v1::command
