#include "polycampaign/testing/http_message.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"

#include <algorithm>

namespace polycampaign::inline v1::testing {

using text::hex_value;
using text::lower;

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const l = lower(c);
    if ((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') ||
        std::string_view{"-._~"}.find(c) != std::string_view::npos) {
      out += c;
    } else {
      auto const byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

RequestTarget parse_target(std::string_view url) {
  if (auto const scheme = url.find("://"); scheme != std::string_view::npos && scheme < url.find('?')) {
    url.remove_prefix(scheme + 3);
    auto const path = url.find_first_of("/?#");
    url.remove_prefix(path == std::string_view::npos ? url.size() : path);
  }
  url = url.substr(0, url.find('#'));
  auto const mark = url.find('?');
  RequestTarget target;
  target.path = url.substr(0, mark);
  if (target.path.empty()) target.path = "/";

  for (std::string_view rest = target.path; !rest.empty();) {
    rest.remove_prefix(1);
    auto const end = std::min(rest.find('/'), rest.size());
    target.segments.push_back(percent_decode(rest.substr(0, end), false));
    rest.remove_prefix(end);
  }
  if (mark == std::string_view::npos) return target;

  for (auto rest = url.substr(mark + 1);;) {
    auto const end = std::min(rest.find('&'), rest.size());
    auto const pair = rest.substr(0, end);
    if (!pair.empty()) {
      auto const equals = pair.find('=');
      target.query.emplace_back(
          percent_decode(pair.substr(0, equals), true),
          equals == std::string_view::npos ? std::string{} : percent_decode(pair.substr(equals + 1), true));
    }
    if (end == rest.size()) return target;
    rest.remove_prefix(end + 1);
  }
}

std::optional<std::string> RequestTarget::parameter(std::string_view name) const {
  for (auto const& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  return text::whole_number(text);
}

bool same_text(std::string_view a, std::string_view b) noexcept {
  return text::equal_ignoring_case(a, b);
}

bool contains_text(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char x, char y) { return lower(x) == lower(y); }) != text.end() ||
         part.empty();
}

std::optional<std::string> request_header(HttpRequest const& request, std::string_view name) {
  for (auto const& header : request.headers)
    if (same_text(header.name, name)) return header.value;
  return std::nullopt;
}

HttpResponse text_answer(int status, std::string content_type, std::string body) {
  return {.status = status, .headers = {{"Content-Type", std::move(content_type)}}, .body = std::move(body)};
}

HttpResponse json_answer(int status, std::string body) {
  return text_answer(status, "application/json", std::move(body));
}

HttpResponse xml_answer(int status, std::string body) {
  return text_answer(status, "application/xml", std::move(body));
}

HttpResponse html_answer(int status, std::string_view title) {
  std::string body = "<html>\r\n<head><title>";
  body.append(title).append("</title></head>\r\n<body>\r\n<center><h1>").append(title);
  body += "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
  return text_answer(status, "text/html", std::move(body));
}

}  // namespace polycampaign::inline v1::testing
