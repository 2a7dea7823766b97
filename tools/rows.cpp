#include "rows.hpp"

#include "display.hpp"
#include "terminal.hpp"

#include <unistd.h>

namespace polycampaign::inline v1::command {

RowPrinter::RowPrinter(Context& context, Format format, RowShape shape)
    : context_{context},
      format_{format},
      csv_{context, std::string{shape.csv_header}.append("\r\n")},
      table_{std::move(shape.columns)} {}

bool RowPrinter::add_cells(std::vector<std::string> const& cells) {
  std::vector<Cell> row;
  row.reserve(cells.size());
  for (auto const& cell : cells) row.push_back({printable(cell)});
  table_.add(std::move(row));
  return true;
}

bool RowPrinter::add_json(std::string json) {
  if (format_ == Format::ndjson) return context_.output.write(json.append("\n"));
  json_.push_back(std::move(json));
  return true;
}

void RowPrinter::finish() {
  if (format_ == Format::csv) {
    csv_.begin();
  } else if (format_ == Format::json) {
    std::string_view separator = "[\n";
    for (auto const& json : json_) {
      context_.output.write(separator);
      context_.output.write(json);
      separator = ",\n";
    }
    context_.output.write(json_.empty() ? "[]\n" : "\n]\n");
  } else if (format_ == Format::table) {
    auto const look = look_of(STDOUT_FILENO);
    context_.output.write(table_.text(look.width, look.coloured));
  }
}

}  // namespace polycampaign::inline v1::command
