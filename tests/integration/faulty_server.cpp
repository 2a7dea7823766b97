#include "integration/faulty_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

namespace polycampaign::faults {
namespace {

void require(bool holds, char const* what) {
  if (holds) return;
  std::perror(what);
  std::abort();
}

struct Listener {
  int socket = -1;
  std::string host{};

  explicit Listener(bool listens) {
    socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    require(socket >= 0, "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    require(::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
    if (listens) require(::listen(socket, 256) == 0, "listen");
    require(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    host = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~Listener() { ::close(socket); }
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;
};

std::string answer_text(std::uint32_t id) {
  return "taken " + std::to_string(id);
}

std::string http(std::string_view status, std::string_view headers, std::string_view body) {
  std::string text{"HTTP/1.1 "};
  return text.append(status)
      .append("\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n")
      .append(headers)
      .append("\r\n")
      .append(body);
}

/// The number of a request whose head is complete; nothing while it is not.
std::optional<std::uint32_t> id_in(std::string_view bytes, std::size_t& head, std::size_t& body) {
  auto const end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return std::nullopt;
  head = end + 4;
  auto const text = bytes.substr(0, end + 2);
  auto const number_behind = [&](std::string_view name) {
    std::uint32_t number = 0;
    auto const at = text.find(name);
    if (at != text.npos) std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
    return number;
  };
  body = number_behind("Content-Length: ");
  auto const id = number_behind("X-Request-Id: ");
  return id != 0 ? id : number_behind("?id=");
}

struct Connection {
  int socket = -1;
  std::string in{};
  bool trapped = false;
  bool deaf = false;  // whatever comes is not read any more
  bool dripping = false;
  std::optional<std::chrono::steady_clock::time_point> close_at{};
};

}  // namespace

std::string body_of(std::uint32_t id) {
  auto const text = R"({"request":)" + std::to_string(id) + R"(,"text":")";
  // a few are larger than what one segment carries
  return text + std::string(id % 97 == 0 ? 100'000 : id % 50, 'x') + "\"}";
}

std::string_view to_string(Fault fault) {
  constexpr std::string_view names[] = {"answer",
                                        "answer_and_close",
                                        "answer_then_drop",
                                        "answer_then_trap",
                                        "answer_with_more",
                                        "answer_http_10",
                                        "close",
                                        "reset",
                                        "close_in_status_line",
                                        "close_in_head",
                                        "reset_in_head",
                                        "close_behind_head",
                                        "close_in_body",
                                        "reset_in_body",
                                        "close_in_chunk",
                                        "close_behind_interim",
                                        "close_tomorrow",
                                        "not_http",
                                        "empty_answer",
                                        "html_answer",
                                        "broken_gzip",
                                        "server_error",
                                        "bad_gateway_and_close",
                                        "overloaded_retry_now",
                                        "overloaded_in_words",
                                        "request_timeout",
                                        "unknown_error",
                                        "moved",
                                        "never_answer",
                                        "stall_in_head",
                                        "drip",
                                        "cancel",
                                        "refuse",
                                        "refuse_expectation",
                                        "rate_limit",
                                        "rate_limit_retry_now",
                                        "reset_unread"};
  static_assert(std::size(names) == static_cast<std::size_t>(Fault::reset_unread) + 1);
  return names[static_cast<std::size_t>(fault)];
}

Verdict verdict(Fault fault) {
  if (fault <= Fault::answer_http_10) return Verdict::done;
  if (fault <= Fault::cancel) return Verdict::lost;
  return fault <= Fault::rate_limit_retry_now ? Verdict::refused : Verdict::unread;
}

bool stalls(Fault fault) {
  return fault == Fault::never_answer || fault == Fault::stall_in_head || fault == Fault::drip;
}

struct FaultyServer::State {
  explicit State(Script what) : script{std::move(what)} {
    require(alarm >= 0, "eventfd");
    thread = std::thread{[this] { work(); }};
  }

  Script script;
  Listener reading{true};
  Listener closing{true};
  Listener resetting{true};
  Listener refusing{false};
  int const alarm = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  std::vector<Connection> connections{};
  std::unordered_map<std::uint32_t, int> times{};
  std::vector<Seen> log{};
  bool stopping = false;
  std::thread thread{};

  void work() {
    std::vector<pollfd> waiting;
    while (!stopping || !connections.empty()) {
      waiting.clear();
      for (int const one : {alarm, reading.socket, closing.socket, resetting.socket})
        waiting.push_back({.fd = one, .events = POLLIN, .revents = 0});
      bool timed = false;
      for (auto const& one : connections) {
        auto const events = static_cast<short>(one.deaf ? POLLRDHUP : POLLIN);
        waiting.push_back({.fd = one.socket, .events = events, .revents = 0});
        timed = timed || one.dripping || one.close_at;
      }
      require(::poll(waiting.data(), waiting.size(), timed ? 1 : -1) >= 0, "poll");
      for (std::size_t i = connections.size(); i-- > 0;) {
        auto& one = connections[i];
        bool open = true;
        if (waiting[i + 4].revents != 0) open = serve(one);
        if (open && one.dripping) open = write(one, "X: y\r\n");
        if (open && one.close_at && std::chrono::steady_clock::now() >= *one.close_at) open = false;
        if (open) continue;
        ::close(one.socket);
        connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
      }
      // Before the alarm counts, so that what clients left in the queues is taken up.
      stopping = waiting[0].revents != 0;
      accept_all(reading, [this](int socket) { connections.push_back({.socket = socket}); });
      accept_all(closing, [](int socket) { ::close(socket); });
      accept_all(resetting, [](int socket) { reset(socket); });
    }
  }

  template <class Use>
  static void accept_all(Listener const& listener, Use use) {
    for (;;) {
      int const socket = ::accept4(listener.socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket < 0) return;
      int const on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      use(socket);
    }
  }

  static void linger_not(int socket) {
    linger const none{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  }
  static void reset(int socket) {
    linger_not(socket);
    ::close(socket);
  }
  static bool write(Connection const& one, std::string_view bytes) {
    return ::send(one.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }

  /// False: to be closed.
  bool serve(Connection& one) {
    std::array<char, 65'536> buffer{};
    std::size_t head = 0;
    std::size_t body = 0;
    if (one.deaf) {  // the client has gone
      return ::recv(one.socket, buffer.data(), buffer.size(), MSG_PEEK) > 0;
    }
    if (one.trapped) {
      auto const got = ::recv(one.socket, buffer.data(), buffer.size(), MSG_PEEK);
      if (got <= 0) return false;
      auto const id = id_in({buffer.data(), static_cast<std::size_t>(got)}, head, body);
      if (!id) return true;  // the rest of its head is on its way
      log.push_back({.id = *id, .fault = Fault::reset_unread});
      linger_not(one.socket);
      return false;
    }
    for (;;) {
      auto const got = ::recv(one.socket, buffer.data(), buffer.size(), 0);
      if (got < 0 && errno == EAGAIN) return true;
      if (got <= 0) return false;
      one.in.append(buffer.data(), static_cast<std::size_t>(got));
      if (one.in.front() == '\x16') return false;  // TLS
      auto const id = id_in(one.in, head, body);
      if (!id) continue;
      auto const fault = script.fault(*id, times[*id]);
      if (fault == Fault::reset_unread) {
        ++times[*id];
        log.push_back({.id = *id, .fault = fault});
        linger_not(one.socket);
        return false;
      }
      if (one.in.size() < head + body) continue;
      ++times[*id];
      auto const whole = body == 0 || one.in.substr(head, body) == body_of(*id);
      log.push_back({.id = *id, .fault = fault, .whole = whole});
      one.in.erase(0, head + body);
      if (!act(one, *id, fault)) return false;
      if (one.deaf || one.trapped) return true;
    }
  }

  bool act(Connection& one, std::uint32_t id, Fault fault) {
    auto const text = answer_text(id);
    std::string const head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    auto const full = [&](std::string_view status, std::string_view headers, std::string_view body) {
      return write(one, http(status, headers, body));
    };
    auto const last = [&](std::string_view bytes) {
      static_cast<void>(write(one, bytes));
      return false;
    };
    auto const stall = [&](std::string_view bytes) {
      one.deaf = true;
      return bytes.empty() || write(one, bytes);
    };
    switch (fault) {
      case Fault::answer: return full("200 OK", "", text);
      case Fault::answer_and_close: return last(http("200 OK", "Connection: close\r\n", text));
      case Fault::answer_then_drop: return last(http("200 OK", "", text));
      case Fault::answer_then_trap: one.trapped = true; return full("200 OK", "", text);
      case Fault::answer_with_more:
        return write(one, http("200 OK", "", text) + http("200 OK", "", "taken 0"));
      case Fault::answer_http_10: return last("HTTP/1.0 200 OK\r\n\r\n" + text);

      case Fault::close: return false;
      case Fault::reset: linger_not(one.socket); return false;
      case Fault::close_in_status_line: return last("HTTP/1.1 2");
      case Fault::close_in_head: return last(head + "Content-Le");
      case Fault::reset_in_head: linger_not(one.socket); return last(head + "Content-Length: 7\r\n");
      case Fault::close_behind_head: return last(head + "Content-Length: 7\r\n\r\n");
      case Fault::close_in_body: return last(head + "Content-Length: 700\r\n\r\n" + text);
      case Fault::reset_in_body:
        linger_not(one.socket);
        return last(head + "Content-Length: 700\r\n\r\n" + text);
      case Fault::close_in_chunk: return last(head + "Transfer-Encoding: chunked\r\n\r\n7\r\ntaken");
      case Fault::close_behind_interim: return last("HTTP/1.1 100 Continue\r\n\r\n");
      case Fault::close_tomorrow:
        one.close_at = std::chrono::steady_clock::now() + std::chrono::milliseconds{2};
        return true;
      case Fault::not_http: return last("220 smtp.example ESMTP ready\r\n");
      case Fault::empty_answer: return full("200 OK", "", "");
      case Fault::html_answer: return full("200 OK", "Content-Type: text/html\r\n", "<html>Welcome!</html>");
      case Fault::broken_gzip: return full("200 OK", "Content-Encoding: gzip\r\n", text);
      case Fault::server_error: return full("500 Internal Server Error", "", "");
      case Fault::bad_gateway_and_close:
        return last(http("502 Bad Gateway", "Connection: close\r\n", "<html>nginx</html>"));
      case Fault::overloaded_retry_now: return full("503 Service Unavailable", "Retry-After: 0\r\n", "");
      case Fault::overloaded_in_words: return full("503 Service Unavailable", "", "refused -2");
      case Fault::request_timeout: return full("408 Request Timeout", "", "refused -2");
      case Fault::unknown_error: return full("200 OK", "", "refused -99");
      case Fault::moved:
        return full("307 Temporary Redirect",
                    "Location: http://" + reading.host + "/again?id=" + std::to_string(id) + "\r\n", "");
      case Fault::never_answer: return stall("");
      case Fault::stall_in_head: return stall("HTTP/1.1 200 OK\r\nContent-");
      case Fault::drip: one.dripping = true; return stall("HTTP/1.1 200 OK\r\n");
      case Fault::cancel: script.cancel(id); return false;

      case Fault::refuse: return full("422 Unprocessable Content", "", "refused -2");
      case Fault::refuse_expectation: return full("417 Expectation Failed", "", "");
      case Fault::rate_limit: return full("429 Too Many Requests", "", "");
      case Fault::rate_limit_retry_now: return full("429 Too Many Requests", "Retry-After: 0\r\n", "");
      case Fault::reset_unread: break;
    }
    return false;
  }
};

FaultyServer::FaultyServer(Script script) : state_{std::make_unique<State>(std::move(script))} {}

FaultyServer::~FaultyServer() {
  if (state_->thread.joinable()) static_cast<void>(stop());
  ::close(state_->alarm);
}

std::string const& FaultyServer::host() const {
  return state_->reading.host;
}
std::string const& FaultyServer::closing_host() const {
  return state_->closing.host;
}
std::string const& FaultyServer::resetting_host() const {
  return state_->resetting.host;
}
std::string const& FaultyServer::refusing_host() const {
  return state_->refusing.host;
}

std::vector<Seen> FaultyServer::stop() {
  std::uint64_t const one = 1;
  require(::write(state_->alarm, &one, sizeof one) == sizeof one, "write");
  state_->thread.join();
  return std::move(state_->log);
}

}  // namespace polycampaign::faults
