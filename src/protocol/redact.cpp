#include "polycampaign/protocol/redact.hpp"

#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace polycampaign::inline v1::protocol {

namespace {

constexpr std::string_view redacted = "REDACTED";

constexpr bool is_control(char c) noexcept {
  return (c >= 0 && c < ' ') || c == '\x7f';
}

// One byte of percent-encoded text, and the number of bytes that encode it.
struct Decoded {
  char byte = 0;
  std::size_t length = 1;
};
constexpr Decoded decode_at(std::string_view text, std::size_t at) noexcept {
  if (text[at] == '%' && text.size() - at >= 3) {
    auto const high = text::hex_value(text[at + 1]);
    auto const low = text::hex_value(text[at + 2]);
    if (high >= 0 && low >= 0) return {static_cast<char>(high * 16 + low), 3};
  }
  return {text[at], 1};
}

std::string decode(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size();) {
    auto const [byte, length] = decode_at(text, at);
    decoded.push_back(byte);
    at += length;
  }
  return decoded;
}

// Returns the length of a separator that people write between the digits of a phone number, or 0. Typeset
// numbers also have no-break and thin spaces and no-break hyphens.
constexpr std::size_t separator_length(std::string_view text, std::size_t at) noexcept {
  auto const rest = text.substr(at);
  if (rest.empty()) return 0;
  if (std::string_view{" -.()/\t"}.find(rest.front()) != std::string_view::npos) return 1;
  for (std::string_view const wide :
       {"\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x90", "\xE2\x80\x91"})
    if (rest.starts_with(wide)) return wide.size();
  return 0;
}

struct Run {
  std::size_t end = 0;  // after its last digit
  std::size_t digits = 0;
};

// Digits with up to three separators between two of them: `+49 (30) / 12-34`.
constexpr Run digit_run(std::string_view text, std::size_t at) noexcept {
  Run run{.end = at};
  while (at < text.size() && text::is_digit(text[at])) {
    for (; at < text.size() && text::is_digit(text[at]); ++at) ++run.digits;
    run.end = at;
    for (int separators = 0; separators < 3; ++separators) at += separator_length(text, at);
  }
  return run;
}

void append_masked(std::string& out, std::string_view run, std::size_t digits) {
  std::size_t seen = 0;
  for (char const c : run) {
    if (text::is_digit(c)) ++seen;
    out.push_back(text::is_digit(c) && seen > 2 && seen + 2 <= digits ? '*' : is_control(c) ? ' ' : c);
  }
}

void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
}

// Returns the position after the secret if the text contains it at `at`, plain or percent-encoded in part or
// whole; otherwise 0. The beginning of a secret counts, too, because a message may have been cut within it.
std::size_t match_end(std::string_view text, std::size_t at, std::string_view secret) noexcept {
  constexpr std::size_t telling = 12;
  auto const counts = [&](std::size_t bytes) { return bytes >= telling || bytes == secret.size(); };
  std::size_t plain = 0;
  while (plain < secret.size() && at + plain < text.size() && text[at + plain] == secret[plain]) ++plain;
  auto const plain_end = counts(plain) ? at + plain : 0;
  std::size_t decoded = 0;
  for (; decoded < secret.size() && at < text.size(); ++decoded) {
    auto const [byte, length] = decode_at(text, at);
    if (byte != secret[decoded] && !(byte == '+' && secret[decoded] == ' ')) break;
    at += length;
  }
  return counts(decoded) ? std::max(at, plain_end) : plain_end;
}

bool contains(std::span<std::string_view const> names, std::string_view name) noexcept {
  return std::ranges::find(names, name) != names.end();
}

bool is_word_character(char c) noexcept {
  return text::is_letter(c) || text::is_digit(c) ||
         std::string_view{"-_.[]"}.find(c) != std::string_view::npos;
}

// Returns whether the text is a word as an API's documents print it: `campaigns`, `v1.0`, `page[limit]`.
bool is_word(std::string_view text) noexcept {
  constexpr std::size_t longest = 20;
  constexpr std::size_t longest_with_digits = 10;
  constexpr auto most_digits = 4;
  auto const digits = std::ranges::count_if(text, text::is_digit);
  return text.size() <= (digits == 0 ? longest : longest_with_digits) && digits <= most_digits &&
         std::ranges::all_of(text, is_word_character);
}

// Returns whether the value could be a phone number as people write it, alone or in a list. Hexadecimal ids
// and dates with a time are not.
bool could_be_phone(std::string_view value) noexcept {
  constexpr std::size_t phone_digits = 10;
  std::size_t digits = 0;
  bool number = true;
  for (char const c : value) {
    if (c == ',') {
      if (number && digits >= phone_digits) return true;
      digits = 0;
      number = true;
    } else if (text::is_digit(c)) {
      ++digits;
    } else if (c == '+' && digits == 0) {
      return true;
    } else {
      number = number && separator_length({&c, 1}, 0) != 0;
    }
  }
  return number && digits >= phone_digits;
}

// Returns whether the value of a parameter may be shown. A value that is encoded twice or is not ASCII is not
// from an API.
bool is_plain(std::string_view value) noexcept {
  return !could_be_phone(value) &&
         std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~' && c != '%'; });
}

bool is_id(std::string_view segment) noexcept {
  constexpr std::size_t longest = 40;
  return segment.size() <= longest && !could_be_phone(segment) && std::ranges::all_of(segment, [](char c) {
           return text::is_letter(c) || text::is_digit(c) ||
                  std::string_view{"-_.~"}.find(c) != std::string_view::npos;
         });
}

void append_path(std::string& safe, std::string_view path, Loggable const& loggable) {
  std::string_view before;
  while (!path.empty()) {
    auto const slash = path.find('/');
    auto const segment = path.substr(0, slash);
    auto const shown = is_word(segment) || (contains(loggable.before_id, before) && is_id(segment));
    safe.append(shown ? segment : redacted);
    before = segment;
    if (slash == std::string_view::npos) return;
    safe.push_back('/');
    path.remove_prefix(slash + 1);
  }
}

void append_parameter(std::string& safe, std::string_view parameter, Loggable const& loggable) {
  auto const equals = parameter.find('=');
  if (equals == std::string_view::npos) {  // without a name, it may be anything
    safe.append(parameter.empty() ? std::string_view{} : redacted);
    return;
  }
  auto const value = parameter.substr(equals + 1);
  auto const name = decode(parameter.substr(0, equals));
  bool const named = contains(loggable.query, name);
  safe.append(named || is_word(name) ? parameter.substr(0, equals) : redacted).append("=");
  safe.append(named && is_plain(decode(value)) ? value : redacted);
}

void append_query(std::string& safe, std::string_view query, Loggable const& loggable) {
  for (char before = '?';; before = '&') {
    auto const end = query.find('&');
    safe.push_back(before);
    append_parameter(safe, query.substr(0, end), loggable);
    if (end == std::string_view::npos) return;
    query.remove_prefix(end + 1);
  }
}

}  // namespace

std::string redacted_url(std::string_view url, Loggable const& loggable) {
  url = url.substr(0, url.find('#'));
  auto const question = std::min(url.find('?'), url.size());
  auto const scheme = url.substr(0, question).find("://");
  auto const authority = scheme == std::string_view::npos ? 0 : scheme + 3;
  auto const path = std::min(url.find('/', authority), question);
  auto const user = url.substr(0, path).rfind('@');
  auto const host = user == std::string_view::npos || user < authority ? authority : user + 1;

  std::string safe{url.substr(0, authority)};
  safe.append(url.substr(host, path - host));
  append_path(safe, url.substr(path, question - path), loggable);
  if (question < url.size()) append_query(safe, url.substr(question + 1), loggable);
  std::ranges::replace_if(safe, is_control, ' ');
  return safe;
}

std::string safe_text(std::string_view vendor_words, std::size_t most) {
  constexpr std::size_t phone_digits = 7;
  std::string safe;
  safe.reserve(std::min(vendor_words.size(), most));
  for (std::size_t at = 0; at < vendor_words.size() && safe.size() < most;) {
    char const c = vendor_words[at];
    if (text::is_digit(c)) {
      auto const run = digit_run(vendor_words, at);
      auto const text = vendor_words.substr(at, run.end - at);
      append_masked(safe, text, run.digits < phone_digits ? 0 : run.digits);
      at = run.end;
      continue;
    }
    auto const length = text::first_code_point(vendor_words.substr(at)).bytes;
    if (length == 0) {
      safe.append("\xEF\xBF\xBD");
      ++at;
      continue;
    }
    bool const c1_control = length == 2 && c == '\xC2' && vendor_words[at + 1] < '\xA0';
    if (is_control(c) || c1_control)
      safe.push_back(' ');
    else
      safe.append(vendor_words.substr(at, length));
    at += length;
  }
  cut(safe, most);
  return safe;
}

std::string mask_texts(std::string vendor_words, std::span<std::string const> texts) {
  constexpr std::size_t passage = 10;
  constexpr std::size_t shortest = 4;
  std::string_view const words = vendor_words;
  std::vector<bool> repeated(words.size());
  auto const repeats = [&](std::size_t at, std::size_t length) {
    std::fill_n(repeated.begin() + static_cast<std::ptrdiff_t>(at), length, true);
  };
  std::unordered_multimap<std::string_view, std::size_t> passages;
  for (std::size_t at = 0; at + passage <= words.size(); ++at)
    passages.emplace(words.substr(at, passage), at);
  auto const find = [&](std::string_view text) {
    if (text.size() < passage) {
      if (text.size() < shortest) return;
      for (auto at = words.find(text); at != std::string_view::npos; at = words.find(text, at + 1))
        repeats(at, text.size());
      return;
    }
    for (std::size_t at = 0; at + passage <= text.size(); ++at) {
      auto const [first, last] = passages.equal_range(text.substr(at, passage));
      for (auto it = first; it != last; ++it) repeats(it->second, passage);
    }
  };
  for (auto const& text : texts) {
    find(text);
    if (auto const safe = safe_text(text, std::string::npos); safe != text) find(safe);
  }
  std::string masked;
  for (std::size_t at = 0; at < words.size(); ++at) {
    // no part of a character may be left
    if (at > 0 && (static_cast<unsigned char>(words[at]) & 0xC0U) == 0x80U && repeated[at - 1])
      repeated[at] = true;
    if (!repeated[at])
      masked.push_back(words[at]);
    else if (at == 0 || !repeated[at - 1])
      masked.append("***");
  }
  return masked;
}

std::string mask_secrets(std::string text, std::vector<std::string_view> const& secrets) {
  constexpr std::size_t shortest = 4;
  std::string masked;
  std::size_t copied = 0;      // end of the text that `masked` covers
  std::size_t secret_end = 0;  // end of the secrets found so far
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = 0;
    for (auto const secret : secrets)
      if (secret.size() >= shortest) end = std::max(end, match_end(text, at, secret));
    if (end == 0) continue;
    if (at >= secret_end) {  // overlapping secrets get one mask
      masked.append(text, copied, at - copied).append("***");
    }
    secret_end = std::max(secret_end, end);
    copied = secret_end;
  }
  if (copied == 0) return text;
  return masked.append(text, copied);
}

}  // namespace polycampaign::inline v1::protocol
