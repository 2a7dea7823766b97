#pragma once

#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "transport/content_coding.hpp"
#include "transport/curl_handle.hpp"
#include "transport/job.hpp"
#include "transport/proxy.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::transport {

/// Settings that are the same for every transfer of one transport.
struct TransferSettings {
  std::string authorities{};  ///< PEM file; empty if the TLS library uses its own store
  std::string pinned_public_key{};
  std::shared_ptr<Proxies const> proxies = std::make_shared<Proxies const>();
  std::string user_agent{};
  std::size_t max_response_bytes = 0;
};

/// A libcurl easy handle that serves one job after the other. Not synchronized: after its creation, it
/// belongs to the I/O thread.
class Transfer {
 public:
  /// Creates a transfer. Errors: `configuration`, naming what this libcurl cannot do.
  [[nodiscard]] static Result<std::unique_ptr<Transfer>> make(TransferSettings const& settings);
  Transfer(Transfer const&) = delete;
  Transfer& operator=(Transfer const&) = delete;

  /// Takes the job and prepares the handle for it. False: libcurl refused; see `result`.
  [[nodiscard]] bool begin(std::unique_ptr<Job> job);
  /// Returns the result of the job. Call it once per job, after libcurl has ended it with `code`.
  [[nodiscard]] Result<HttpResponse> result(CURLcode code);
  /// Returns the job; the handle is then ready for the next one.
  [[nodiscard]] std::unique_ptr<Job> end() noexcept;

  [[nodiscard]] Job const& job() const noexcept { return *job_; }
  [[nodiscard]] CURL* handle() const noexcept { return easy_.get(); }
  /// Returns the transfer that a handle belongs to.
  [[nodiscard]] static Transfer& of(CURL* handle) noexcept;

  /// The position at which the event loop keeps it.
  std::size_t place = 0;

 private:
  explicit Transfer(TransferSettings const& settings);
  [[nodiscard]] char const* set_up(TransferSettings const& settings);
  void set_method(bool carries);
  void set_headers(bool carries);
  void read_header(std::string_view line);
  [[nodiscard]] Error failed(CURLcode code);

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int on_ready(void* self, char* remote, char* local, int remote_port, int local_port) noexcept;

  enum class Stop {
    none,
    head_too_large,
    body_too_large,
    gate_closed
  };

  EasyHandle easy_;
  std::size_t max_response_bytes_;
  std::string agent_;  // the whole header line
  bool inflates_ = false;
  std::unique_ptr<Job> job_;
  HttpResponse response_;
  std::size_t declared_ = 0;    // the value of Content-Length
  std::size_t head_bytes_ = 0;  // size of all heads, including interim ones
  ContentCoding coding_;
  bool in_head_ = false;
  bool head_complete_ = false;
  Stop stop_ = Stop::none;
  std::string authorities_;
  std::shared_ptr<Proxies const> proxies_;
  Proxy const* proxy_ = nullptr;  // the proxy that the handle is set to
  bool out_of_descriptors_ = false;
  std::string lines_;  // the lines of the request's head, each terminated by a null character
  std::vector<curl_slist> list_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
};

}  // namespace polycampaign::inline v1::transport
