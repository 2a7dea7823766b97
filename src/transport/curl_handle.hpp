#pragma once

#include <curl/curl.h>

#include <memory>

namespace polycampaign::inline v1::transport {

struct EasyDeleter {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct UrlDeleter {
  void operator()(CURLU* handle) const noexcept { curl_url_cleanup(handle); }
};
struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;
using CurlText = std::unique_ptr<char, TextDeleter>;

/// Returns a part of a URL, or null if the URL does not have it.
inline CurlText url_part(CURLU* url, CURLUPart which, unsigned flags = 0) noexcept {
  char* text = nullptr;
  return CurlText{curl_url_get(url, which, &text, flags) == CURLUE_OK ? text : nullptr};
}

// curl_easy_setopt is variadic: passing an int where it expects a long compiles and reads garbage. With these
// functions, it does not compile.

inline CURLcode set_option(CURL* easy, CURLoption option, long value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
inline CURLcode set_option(CURL* easy, CURLoption option, char const* value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
inline CURLcode set_option(CURL* easy, CURLoption option, void* value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
inline CURLcode set_option(CURL* easy, CURLoption option, curl_write_callback value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
inline CURLcode set_option(CURL* easy, CURLoption option, curl_prereq_callback value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
inline CURLcode set_option(CURL* easy, CURLoption option, curl_opensocket_callback value) noexcept {
  return curl_easy_setopt(easy, option, value);
}
CURLcode set_option(CURL* easy, CURLoption option, int value) = delete;

inline CURLcode set_offset(CURL* easy, CURLoption option, curl_off_t value) noexcept {
  return curl_easy_setopt(easy, option, value);
}

}  // namespace polycampaign::inline v1::transport
