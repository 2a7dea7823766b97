#include "nlohmann_dom.hpp"
#include "simdjson_dom.hpp"

#include <curl/curl.h>

#include <stdexcept>

namespace peers {
namespace {

std::size_t receive(char* data, std::size_t, std::size_t bytes, void* body) {
  static_cast<std::string*>(body)->append(data, bytes);
  return bytes;
}

CURL* new_handle(std::string& body) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  auto* const easy = curl_easy_init();
  if (easy == nullptr) throw std::bad_alloc{};
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 512L * 1024);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  return easy;
}

/// One easy handle for the whole list, with everything set once but the URL.
class Session {
 public:
  explicit Session(Shape shape) : easy_{new_handle(body_)} {
    headers_ = curl_slist_append(headers_, "Accept: application/json");
    if (shape == Shape::smsup)
      headers_ = curl_slist_append(headers_, "Authorization: Bearer 0123456789abcdef");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
    body_.reserve(std::size_t{1024} * 1024);
  }
  ~Session() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;

  std::string& get(std::string const& url) {
    body_.clear();
    curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
    auto const code = curl_easy_perform(easy_);
    if (code != CURLE_OK) throw std::runtime_error{curl_easy_strerror(code)};
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) throw std::runtime_error{"HTTP " + std::to_string(status)};
    return body_;
  }

 private:
  std::string body_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
};

std::string page_url(Shape shape, std::string const& base_url, std::size_t done) {
  if (shape == Shape::yeastar)
    return base_url + "/openapi/v1.0/message_campaign/list?page=" + std::to_string(done / 100 + 1) +
           "&page_size=100&access_token=EXZMpZAO86mbrKm6rFtgeb3rfcpC9uqS";
  return base_url + "/campaigns?start=" + std::to_string(done) + "&length=1000&sort=-id";
}

/// `decode(body)` gives a Page.
template <class Decode>
std::size_t list_all(Shape shape, std::string const& base_url, Decode&& decode) {
  if (shape == Shape::bsg) throw std::invalid_argument{"yeastar or smsup"};
  Session session{shape};
  std::size_t done = 0;
  for (;;) {
    auto const page = decode(session.get(page_url(shape, base_url, done)));
    done += page.campaigns.size();
    if (page.campaigns.empty() || done >= page.total) return done;
  }
}

}

std::size_t list_simdjson(Shape shape, std::string const& base_url) {
  simdjson::dom::parser parser;
  return list_all(shape, base_url, [&](std::string& body) { return simdjson_page(parser, shape, body); });
}

std::size_t list_nlohmann(Shape shape, std::string const& base_url) {
  return list_all(shape, base_url, [&](std::string const& body) { return nlohmann_page(shape, body); });
}

RawHandle::RawHandle(std::string url) : easy_{new_handle(body_)} {
  curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
}
RawHandle::~RawHandle() {
  curl_easy_cleanup(easy_);
  curl_slist_free_all(static_cast<curl_slist*>(headers_));
}

std::size_t RawHandle::get() {
  return perform();
}

std::size_t RawHandle::post(std::string const& body) {
  if (headers_ == nullptr) {
    auto* headers = curl_slist_append(nullptr, "Content-Type: application/json; charset=utf-8");
    headers = curl_slist_append(headers, "Accept: application/json");
    headers_ = curl_slist_append(headers, "Authorization: Bearer token");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
  }
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body.c_str());
  return perform();
}

std::size_t RawHandle::perform() {
  body_.clear();
  if (auto const code = curl_easy_perform(easy_); code != CURLE_OK)
    throw std::runtime_error{curl_easy_strerror(code)};
  return body_.size();
}

}
