#include "transport/transfer.hpp"

#include "polycampaign/secret.hpp"

#include "text/ascii.hpp"
#include "transport/curl_error.hpp"
#include "transport/curl_library.hpp"
#include "transport/descriptors.hpp"
#include "transport/request_check.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstring>
#include <utility>

namespace polycampaign::inline v1::transport {
namespace {

// An idle connection that is older is used for reads only. The vendor may be closing it, and a request that
// is lost with it could not be repeated.
constexpr long idle_seconds = 10;
constexpr long idle_seconds_of_reads = 118;  // libcurl's own default
constexpr std::size_t most_head_bytes = std::size_t{256} * 1024;
// After the body, so that simdjson can parse it in place.
constexpr std::size_t padding = 64;
// The factor by which gzip compresses lists of campaigns (measured: 8.7). A guess that is too high only
// reserves address space.
constexpr std::size_t usual_compression = 8;

long milliseconds(std::chrono::milliseconds time) {
  return static_cast<long>(std::min<std::chrono::milliseconds::rep>(time.count(), INT_MAX));
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// A small response may contain a token, which must not stay in the memory that is released.
void grow(std::string& body, std::size_t capacity) {
  constexpr std::size_t small = std::size_t{16} * 1024;
  if (body.size() > small) return body.reserve(capacity);
  std::string larger;
  larger.reserve(capacity);
  larger.append(body);
  wipe(body);
  body = std::move(larger);
}

}  // namespace

Transfer::Transfer(TransferSettings const& settings)
    : easy_{curl_easy_init()},
      max_response_bytes_{settings.max_response_bytes},
      agent_{"User-Agent: " + settings.user_agent},
      authorities_{settings.authorities},
      proxies_{settings.proxies} {}

Result<std::unique_ptr<Transfer>> Transfer::make(TransferSettings const& settings) {
  std::unique_ptr<Transfer> transfer{new Transfer{settings}};
  if (auto const* refused = transfer->set_up(settings)) {
    return Error{.code = ErrorCode::configuration,
                 .message = std::string{"libcurl does not support "} + refused};
  }
  return transfer;
}

char const* Transfer::set_up(TransferSettings const& settings) {
  if (!easy_) return "a transfer handle (curl_easy_init failed)";
  CURL* const easy = easy_.get();
  char const* refused = nullptr;
  auto const set = [&](CURLoption option, auto value, char const* what) {
    if (set_option(easy, option, value) != CURLE_OK && refused == nullptr) refused = what;
  };
  set(CURLOPT_PRIVATE, static_cast<void*>(this), "private data");
  set(CURLOPT_ERRORBUFFER, detail_.data(), "private data");
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header, "a header callback");
  set(CURLOPT_HEADERDATA, static_cast<void*>(this), "a header callback");
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body, "a write callback");
  set(CURLOPT_WRITEDATA, static_cast<void*>(this), "a write callback");
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_ready, "a prerequest callback");
  set(CURLOPT_PREREQDATA, static_cast<void*>(this), "a prerequest callback");
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket, "a socket callback");
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this), "a socket callback");
  set(CURLOPT_NOSIGNAL, 1L, "operation without signals");
#if LIBCURL_VERSION_NUM >= 0x075500
  set(CURLOPT_PROTOCOLS_STR, "http,https", "https");
#else
  set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS), "https");
#endif
  set(CURLOPT_FOLLOWLOCATION, 0L, "requests without redirects");
  // Send paths as written: an id `..` must not become another path.
  set(CURLOPT_PATH_AS_IS, 1L, "unchanged paths");
  // A proxy's response to CONNECT is not the vendor's.
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L, "hidden CONNECT headers");
  set(CURLOPT_TCP_KEEPALIVE, 1L, "TCP keep-alive");
  set(CURLOPT_TCP_NODELAY, 1L, "TCP_NODELAY");
  // A page of a hundred campaigns is read with one call instead of three, if all of it has arrived.
  set_option(easy, CURLOPT_BUFFERSIZE, 64L * 1024);
  inflates_ = inflates();
  if (inflates_) set(CURLOPT_ACCEPT_ENCODING, "gzip", "gzip");
#if LIBCURL_VERSION_NUM >= 0x075700
  // Do not wait for a name resolution that hangs.
  set_option(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
  // Not every build has HTTP/2; the response is the same without it.
  set_option(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));

  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2), "TLS 1.2");
  set(CURLOPT_SSL_VERIFYPEER, 1L, "certificate verification");
  set(CURLOPT_SSL_VERIFYHOST, 2L, "host name verification");
  if (!settings.authorities.empty()) {
    set(CURLOPT_CAINFO, settings.authorities.c_str(), "ca_file");
    // Distributions compile in a directory of certificates in addition to the file. With it, libcurl does not
    // cache the parsed file, which costs 16 ms of CPU for each handshake.
    set_option(easy, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
#if LIBCURL_VERSION_NUM >= 0x075700
    constexpr long one_day = 86'400;
    set_option(easy, CURLOPT_CA_CACHE_TIMEOUT, one_day);
#endif
  }
  if (!settings.pinned_public_key.empty()) {
    set(CURLOPT_PINNEDPUBLICKEY, settings.pinned_public_key.c_str(), "pinned_public_key");
  }
  return refused;
}

bool Transfer::begin(std::unique_ptr<Job> job) {
  job_ = std::move(job);
  declared_ = 0;
  head_bytes_ = 0;
  in_head_ = head_complete_ = out_of_descriptors_ = false;
  stop_ = Stop::none;
  detail_[0] = '\0';

  CURL* const easy = easy_.get();
  bool const read = job_->request.action == Action::read;
  if (set_option(easy, CURLOPT_URL, job_->request.url.c_str()) != CURLE_OK) return false;
  auto const& route = job_->route;
  auto const& proxy = route.loopback ? proxies_->none : route.https ? proxies_->https : proxies_->http;
  if (proxy_ != &proxy) {
    // An empty string keeps libcurl from reading the environment.
    if (set_option(easy, CURLOPT_PROXY, proxy.url.c_str()) != CURLE_OK) return false;
    proxy_ = &proxy;
  }
  coding_.clear();
  set_option(easy, CURLOPT_HTTP_CONTENT_DECODING, 1L);
  // The event loop watches the total time: libcurl's own timer starts only with a connection.
  set_option(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(job_->options.connect_timeout));
  set_option(easy, CURLOPT_MAXAGE_CONN, read ? idle_seconds_of_reads : idle_seconds);
  auto const& method = job_->request.method;
  bool const carries =
      !job_->request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  set_method(carries);
  set_headers(carries);
  return true;
}

void Transfer::set_method(bool carries) {
  CURL* const easy = easy_.get();
  auto const& method = job_->request.method;
  auto const& body = job_->request.body;
  if (carries) {
    set_option(easy, CURLOPT_POST, 1L);
    set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set_option(easy, CURLOPT_POSTFIELDS, body.c_str());
  } else {
    set_option(easy, CURLOPT_POSTFIELDS, static_cast<char const*>(nullptr));
    set_option(easy, CURLOPT_HTTPGET, 1L);
  }
  bool const usual = method == (carries ? "POST" : "GET");
  set_option(easy, CURLOPT_CUSTOMREQUEST, usual ? nullptr : method.c_str());
}

// libcurl only reads the list, so its nodes can be in one vector and its lines in one buffer, both kept from
// request to request.
void Transfer::set_headers(bool carries) {
  constexpr std::string_view no_expect = "Expect:";
  constexpr std::string_view no_type = "Content-Type:";
  constexpr std::string_view gzip = "Accept-Encoding: gzip";
  auto const& headers = job_->request.headers;
  std::size_t room = no_expect.size() + no_type.size() + gzip.size() + agent_.size() + 4;
  for (auto const& header : headers) room += header.name.size() + header.value.size() + 3;
  lines_.reserve(room);
  list_.clear();
  auto const end_line = [&](std::size_t start) {
    lines_.push_back('\0');
    list_.push_back({lines_.data() + start, nullptr});
  };
  auto const add = [&](std::string_view line) {
    auto const start = lines_.size();
    lines_.append(line);
    end_line(start);
  };
  bool typed = false;
  bool named = false;
  bool encoding = false;
  for (auto const& [name, value] : headers) {
    auto const start = lines_.size();
    // libcurl writes a header without content as `Name;`; `Name:` would remove the header.
    lines_.append(name).append(trimmed(value).empty() ? ";" : ": ");
    if (!trimmed(value).empty()) lines_.append(value);
    end_line(start);
    typed = typed || text::equal_ignoring_case(name, "content-type");
    named = named || text::equal_ignoring_case(name, "user-agent");
    encoding = encoding || text::equal_ignoring_case(name, "accept-encoding");
  }
  // If these two were options, libcurl would format them twice for each request, byte by byte.
  if (!named) add(agent_);
  if (!encoding && inflates_) add(gzip);
  if (carries) {
    // After a response 417 to `Expect: 100-continue`, libcurl would send the request a second time.
    add(no_expect);
    // Otherwise libcurl declares the body to be a form.
    if (!typed) add(no_type);
  }
  for (std::size_t i = 1; i < list_.size(); ++i) list_[i - 1].next = &list_[i];
  set_option(easy_.get(), CURLOPT_HTTPHEADER, static_cast<void*>(list_.empty() ? nullptr : list_.data()));
}

Result<HttpResponse> Transfer::result(CURLcode code) {
  auto const host = [&] { return host_of(job_->request.url); };
  switch (stop_) {
    case Stop::none: break;
    case Stop::head_too_large:
      return job_->error(ErrorCode::protocol, "the head of the response from " + host() + " is too large");
    case Stop::body_too_large:
      return job_->error(ErrorCode::protocol, "the response from " + host() + " is larger than " +
                                                  std::to_string(max_response_bytes_) + " bytes");
    case Stop::gate_closed:
      if (!job_->options.gate->opened() || job_->options.cancel.canceled()) {
        return job_->error(ErrorCode::canceled, "canceled");
      }
      return job_->error(ErrorCode::network, host() +
                                                 " closed the connection without a response; the request was "
                                                 "not retried, because the vendor may have processed it");
  }
  if (code != CURLE_OK) return failed(code);
  // If a connection ends within the head of a response, libcurl treats that as the end of the response.
  if (!head_complete_) {
    return job_->error(ErrorCode::network,
                       "the response from " + host() + " ended before its head was complete");
  }
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  // If no tunnel hides the request from the proxy, this is the only status that can come from nobody else.
  constexpr long proxy_wants_credentials = 407;
  if (status == proxy_wants_credentials && !job_->route.https && !proxy_->name.empty())
    return proxy_refusal(status, *job_, *proxy_);
  response_.status = static_cast<int>(status);
  return std::exchange(response_, {});
}

Error Transfer::failed(CURLcode code) {
  // Our own callback accepts everything, so it was libcurl that could not decode it.
  if (coding_.compressed() && (code == CURLE_WRITE_ERROR || code == CURLE_BAD_CONTENT_ENCODING))
    return job_->error(ErrorCode::protocol,
                       "the body of the response from " + host_of(job_->request.url) +
                           (code == CURLE_WRITE_ERROR ? " continues after the end of its compressed data"
                                                      : " cannot be decoded") +
                           " (Content-Encoding: " + coding_.name() + ")");
  Failure failure{
      .code = code,
      .detail = {detail_.data(), ::strnlen(detail_.data(), detail_.size())},
      .out_of_descriptors = out_of_descriptors_,
      .authorities_readable = code == CURLE_SSL_CACERT_BADFILE && holds_certificate(authorities_)};
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &failure.system_error);
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &failure.tunnel_status);
  curl_easy_getinfo(easy_.get(), CURLINFO_PROXY_ERROR, &failure.proxy_error);
  return curl_error(failure, *job_, *proxy_);
}

std::unique_ptr<Job> Transfer::end() noexcept {
  response_ = {};
  wipe(lines_);
  return std::move(job_);
}

Transfer& Transfer::of(CURL* handle) noexcept {
  char* self = nullptr;
  curl_easy_getinfo(handle, CURLINFO_PRIVATE, &self);
  return *static_cast<Transfer*>(static_cast<void*>(self));
}

void Transfer::read_header(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (!in_head_) {  // the status line
    in_head_ = true;
    coding_.clear();
    declared_ = 0;
    response_.headers.clear();
    response_.headers.reserve(12);
    return;
  }
  if (line.empty()) {
    in_head_ = false;
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    head_complete_ = status >= 200;
    return;
  }
  auto& headers = response_.headers;
  if (line.front() == ' ' || line.front() == '\t') {  // obsolete syntax: continues the last value
    if (!headers.empty()) headers.back().value.append(" ").append(trimmed(line));
    return;
  }
  auto const colon = line.find(':');
  if (colon == line.npos) return;
  auto const name = trimmed(line.substr(0, colon));
  auto const value = trimmed(line.substr(colon + 1));
  if (text::equal_ignoring_case(name, "content-length")) {
    std::from_chars(value.data(), value.data() + value.size(), declared_);
  } else if (text::equal_ignoring_case(name, "content-encoding")) {
    coding_.add(value);
    // libcurl fails on a coding that it does not know. From 8.7 on, it decides before this callback, and the
    // result is an error that names the header.
    set_option(easy_.get(), CURLOPT_HTTP_CONTENT_DECODING, coding_.compressed() ? 1L : 0L);
  }
  headers.push_back({std::string{name}, std::string{value}});
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const bytes = size * count;
  if (transfer.head_complete_) return bytes;  // trailers must not change what was read before the body
  transfer.head_bytes_ += bytes;
  if (transfer.head_bytes_ > most_head_bytes) {
    transfer.stop_ = Stop::head_too_large;
    return 0;
  }
  transfer.read_header({data, bytes});
  return bytes;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const bytes = size * count;
  auto const most = transfer.max_response_bytes_;
  auto& body = transfer.response_.body;
  auto const declared = transfer.declared_;
  if (bytes > most - body.size() || (declared > most && !transfer.coding_.compressed())) {
    transfer.stop_ = Stop::body_too_large;
    return 0;
  }
  if (body.empty()) {
    auto const factor = transfer.coding_.compressed() ? usual_compression : 1;
    body.reserve((declared < most / factor ? declared * factor : most) + padding);
  }
  if (body.capacity() - body.size() < bytes + padding) {
    grow(body, std::max(2 * body.capacity(), body.size() + bytes + padding));
  }
  body.append(data, bytes);
  return bytes;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  auto const socket = open_private_socket(*address);
  if (socket == CURL_SOCKET_BAD && means_exhausted(errno))
    static_cast<Transfer*>(self)->out_of_descriptors_ = true;
  return socket;
}

int Transfer::on_ready(void* self, char*, char*, int, int) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const& job = *transfer.job_;
  if (job.options.gate->open(job.request.action == Action::read)) return CURL_PREREQFUNC_OK;
  transfer.stop_ = Stop::gate_closed;
  return CURL_PREREQFUNC_ABORT;
}

}  // namespace polycampaign::inline v1::transport
