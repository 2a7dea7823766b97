#include "csv_output.hpp"

#include <utility>

namespace polycampaign::inline v1::command {

bool CsvOutput::add(CsvLine line, std::string_view account) {
  begin();
  if (auto const column = line.refused(); column != 0) {
    refused_ = true;
    context_.output.flush();
    auto place = "row " + std::to_string(rows_ + 1) + ", column " + std::to_string(column) + " (";
    context_.console.error({.code = ErrorCode::invalid_argument,
                            .message = place.append(column_name(column))
                                           .append("): a spreadsheet would take this cell for a formula. The "
                                                   "output ends before this row; --csv-formulas mark writes "
                                                   "such cells with an apostrophe")},
                           account);
    return false;
  }
  ++rows_;
  return context_.output.write(std::move(line).take());
}

void CsvOutput::begin() {
  if (rows_ > 0) return;
  ++rows_;
  if (context_.csv.bom) context_.output.write("\xEF\xBB\xBF");
  context_.output.write(header_);
}

std::string_view CsvOutput::column_name(std::size_t column) const noexcept {
  std::string_view rest{header_};
  for (std::size_t i = 1; i < column; ++i) rest.remove_prefix(rest.find(',') + 1);
  return rest.substr(0, rest.find_first_of(",\r"));
}

}  // namespace polycampaign::inline v1::command
