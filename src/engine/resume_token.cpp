#include "engine/resume_token.hpp"

#include "text/base64.hpp"
#include "text/hash.hpp"
#include "text/number.hpp"

namespace polycampaign::inline v1::engine {

namespace {

// The content of a token: fields of the form LENGTH:BYTES. The first one names this format, and the last one
// is a checksum.
constexpr std::string_view form = "polycampaign-1";

class Writer {
 public:
  void add(std::string_view field) {
    text_ += std::to_string(field.size());
    text_ += ':';
    text_ += field;
  }
  template <class Number>
  void add_number(Number value) {
    add(std::to_string(value));
  }
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// Reads fields. After one error, every later read fails.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_{text} {}

  std::string_view field() {
    auto const colon = rest_.find(':');
    auto const size = text::whole_number<std::size_t>(rest_.substr(0, colon));
    if (colon == std::string_view::npos || !size || *size > rest_.size() - colon - 1) return fail();
    auto const value = rest_.substr(colon + 1, *size);
    rest_.remove_prefix(colon + 1 + *size);
    return value;
  }
  template <class Number>
  Number number() {
    auto const value = text::whole_number<Number>(field());
    if (!value) fail();
    return value.value_or(Number{});
  }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  [[nodiscard]] bool good() const noexcept { return good_; }

 private:
  std::string_view fail() noexcept {
    good_ = false;
    rest_ = {};
    return {};
  }
  std::string_view rest_;
  bool good_ = true;
};

/// Returns whether a list can have written the point. Code that computes with it then needs no check.
bool possible(ResumePoint const& point) {
  constexpr std::chrono::sys_seconds latest = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};
  auto const within = [](std::int64_t number, std::int64_t most) { return number >= 0 && number <= most; };
  auto const& key = point.key;
  return point.now >= std::chrono::sys_seconds{} && point.now <= latest &&
         within(key.part, protocol::max_list_parts) && within(key.offset, protocol::max_list_records) &&
         within(key.size, protocol::max_page_records) && key.token.size() <= protocol::max_token_bytes &&
         within(key.overlap, key.size) && within(point.delivered, protocol::max_list_records) &&
         within(point.index.value_or(0), protocol::max_list_records);
}

}  // namespace

std::string to_token(ResumePoint const& point) {
  Writer writer;
  writer.add(form);
  writer.add(point.provider);
  writer.add_number(point.list);
  writer.add_number(static_cast<std::int64_t>(point.now.time_since_epoch().count()));
  writer.add_number(point.key.part);
  writer.add_number(point.key.offset);
  writer.add_number(point.key.size);
  writer.add(point.key.token);
  writer.add_number(point.key.overlap);
  writer.add_number(point.delivered);
  writer.add_number(point.ended ? 1 : 0);
  writer.add_number(point.index.value_or(-1));
  writer.add(point.id);
  Writer checked;
  checked.add_number(text::hash(writer.text()));
  return text::to_base64(writer.text() + checked.text(), text::Base64::url);
}

std::optional<ResumePoint> from_token(std::string_view token) {
  auto const text = text::from_base64(token);
  // exactly as it was written: no padding, no other alphabet
  if (!text || text::to_base64(*text, text::Base64::url) != token) return std::nullopt;
  Reader reader{*text};
  if (reader.field() != form) return std::nullopt;
  ResumePoint point;
  point.provider = reader.field();
  point.list = reader.number<std::uint64_t>();
  point.now = std::chrono::sys_seconds{std::chrono::seconds{reader.number<std::int64_t>()}};
  point.key.part = reader.number<std::int64_t>();
  point.key.offset = reader.number<std::int64_t>();
  point.key.size = reader.number<std::int64_t>();
  point.key.token = reader.field();
  point.key.overlap = reader.number<std::int64_t>();
  point.delivered = reader.number<std::int64_t>();
  point.ended = reader.number<int>() != 0;
  if (auto const index = reader.number<std::int64_t>(); index != -1) point.index = index;
  point.id = reader.field();
  auto const content = std::string_view{*text}.substr(0, text->size() - reader.rest().size());
  auto const checksum = reader.number<std::uint64_t>();
  if (!reader.good() || !reader.rest().empty() || checksum != text::hash(content) || !possible(point))
    return std::nullopt;
  return point;
}

}  // namespace polycampaign::inline v1::engine
