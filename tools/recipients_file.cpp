#include "recipients_file.hpp"

#include "polycampaign/phone_number.hpp"

#include "input.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::command {

namespace {

struct Record {
  std::size_t line = 0;
  std::vector<std::string> fields{};
  [[nodiscard]] bool empty() const noexcept { return fields.size() == 1 && fields.front().empty(); }
};

std::string_view trimmed(std::string_view text) noexcept {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

class RecipientsReader {
 public:
  RecipientsReader(std::string_view csv, std::string_view file) : rest_{csv}, file_{file} {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  [[nodiscard]] Error wrong(std::size_t line, std::size_t column, std::string_view what) const {
    auto place = std::string{file_} + ": line " + std::to_string(line);
    if (column > 0) place += ", column " + std::to_string(column);
    return {.code = ErrorCode::invalid_argument, .message = place + ": " + std::string{what}};
  }

  /// Returns the next record, or nothing at the end.
  Result<std::optional<Record>> next() {
    if (rest_.empty()) return std::optional<Record>{};
    Record record{.line = line_};
    for (;;) {
      auto field = rest_.starts_with('"') ? quoted(record) : plain(record);
      if (!field) return std::move(field).error();
      record.fields.push_back(*std::move(field));
      if (rest_.starts_with(',')) {
        rest_.remove_prefix(1);
        continue;
      }
      end_line();
      return std::optional{std::move(record)};
    }
  }

 private:
  Result<std::string> plain(Record const& record) {
    auto const end = rest_.find_first_of(",\r\n");
    auto field = rest_.substr(0, end);
    rest_.remove_prefix(field.size());
    if (field.find('"') != std::string_view::npos)
      return wrong(line_, record.fields.size() + 1,
                   "a quotation mark inside a field; put the field in quotation marks and double it");
    return std::string{field};
  }
  Result<std::string> quoted(Record const& record) {
    rest_.remove_prefix(1);
    std::string field;
    for (;;) {
      auto const end = rest_.find('"');
      if (end == std::string_view::npos)
        return wrong(record.line, record.fields.size() + 1, "the quotation mark is never closed");
      for (char const c : rest_.substr(0, end)) line_ += c == '\n' ? 1U : 0U;
      field.append(rest_.substr(0, end));
      rest_.remove_prefix(end + 1);
      if (!rest_.starts_with('"')) break;
      field.push_back('"');
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_.find_first_of(",\r\n") != 0)
      return wrong(line_, record.fields.size() + 1, "something follows the closing quotation mark");
    return field;
  }
  void end_line() {
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
  }

  std::string_view rest_;
  std::string_view file_;
  std::size_t line_ = 1;
};

constexpr std::array<std::string_view, 3> known_columns{"number", "reference", "text"};

/// The places of the columns, counted from 0.
struct Columns {
  std::array<std::optional<std::size_t>, 3> places{};
  std::size_t count = 0;  ///< of the header; 0 without one
};

/// Returns whether a record is a header. A number begins with `+` or a digit.
bool is_header(Record const& record) noexcept {
  auto const first = trimmed(record.fields.front());
  return !first.starts_with('+') && (first.empty() || !text::is_digit(first.front()));
}

Result<Columns> read_header(Record const& record, RecipientsReader const& reader) {
  Columns columns{.count = record.fields.size()};
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    auto const name = text::lower(trimmed(record.fields[i]));
    bool known = false;
    for (std::size_t column = 0; column < known_columns.size(); ++column) {
      if (name != known_columns[column]) continue;
      if (columns.places[column])
        return reader.wrong(record.line, i + 1, "the column " + name + " occurs twice");
      columns.places[column] = i;
      known = true;
    }
    if (known) continue;
    if (name.find(';') != std::string::npos)
      return reader.wrong(record.line, i + 1, "columns are separated by commas, not by semicolons");
    return reader.wrong(record.line, i + 1, "the header has a column other than number, reference and text");
  }
  if (!columns.places[0]) return reader.wrong(record.line, 0, "the header has no column number");
  return columns;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    auto const bytes = text::first_code_point(text).bytes;
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

Result<Recipient> read_recipient(Record& record, Columns const& columns, RecipientsReader const& reader) {
  Recipient recipient;
  auto const field = [&](std::size_t column) -> std::string* {
    auto const place = columns.places[column];
    return place && *place < record.fields.size() ? &record.fields[*place] : nullptr;
  };
  auto const column_of = [&](std::size_t column) { return columns.places[column].value_or(0) + 1; };
  auto* const number = field(0);
  auto e164 = to_e164(number == nullptr ? std::string_view{} : std::string_view{*number});
  if (!e164) return reader.wrong(record.line, column_of(0), e164.error().message);
  recipient.number = *std::move(e164);
  if (auto* const reference = field(1)) recipient.reference = std::move(*reference);
  if (auto* const text = field(2); text != nullptr && !text->empty()) recipient.text = std::move(*text);
  if (!is_utf8(recipient.reference)) return reader.wrong(record.line, column_of(1), "not valid UTF-8");
  if (recipient.text && !is_utf8(*recipient.text))
    return reader.wrong(record.line, column_of(2), "not valid UTF-8");
  return recipient;
}

}  // namespace

Result<RecipientsFile> read_recipients(std::string_view csv, std::string_view file) {
  RecipientsReader reader{csv, file};
  RecipientsFile result;
  std::optional<Columns> columns;
  for (;;) {
    auto record = reader.next();
    if (!record) return std::move(record).error();
    if (!*record) break;
    if ((*record)->empty()) continue;
    if (!columns) {
      bool const header = is_header(**record);
      auto read = header ? read_header(**record, reader) : Result<Columns>{Columns{.places = {0}}};
      if (!read) return std::move(read).error();
      columns = *read;
      result.only_numbers = columns->count <= 1;
      if (header) continue;
      if ((*record)->fields.size() > 1)
        result.note = "only the first column is used, because " + std::string{file} + " has no header";
    }
    if (columns->count != 0 && (*record)->fields.size() != columns->count)
      return reader.wrong((*record)->line, 0,
                          std::to_string((*record)->fields.size()) + " fields, but the header has " +
                              std::to_string(columns->count));
    auto recipient = read_recipient(**record, *columns, reader);
    if (!recipient) return std::move(recipient).error();
    result.recipients.push_back(*std::move(recipient));
  }
  if (result.recipients.empty())
    return Error{.code = ErrorCode::invalid_argument, .message = std::string{file} + ": no recipients"};
  return result;
}

Result<RecipientsFile> load_recipients(std::string const& path) {
  auto csv = read_file(path, true);
  if (!csv)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "--recipients " + path + ": " + csv.error().message};
  return read_recipients(*csv, path == "-" ? "standard input" : path);
}

}  // namespace polycampaign::inline v1::command
