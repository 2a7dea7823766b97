#include "integration/faulty_proxy.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

namespace polycampaign::faults {
namespace {

void check(bool holds, char const* what) {
  if (holds) return;
  std::perror(what);
  std::abort();
}

/// The request that stands in `bytes`, or nothing while it is not complete.
bool complete(std::string const& bytes, std::size_t& head, std::size_t& whole) {
  auto const end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  head = end + 4;
  std::size_t body = 0;
  constexpr std::string_view name = "\r\nContent-Length: ";
  if (auto const at = bytes.find(name); at < end)
    std::from_chars(bytes.data() + at + name.size(), bytes.data() + end, body);
  whole = head + body;
  return bytes.size() >= whole;
}

HttpRequest request_of(std::string const& bytes, std::size_t head) {
  HttpRequest request;
  auto const line = bytes.substr(0, bytes.find("\r\n"));
  request.method = line.substr(0, line.find(' '));
  request.url = line.substr(request.method.size() + 1, line.rfind(' ') - request.method.size() - 1);
  for (auto at = line.size() + 2; at + 2 < head;) {
    auto const end = bytes.find("\r\n", at);
    auto const colon = bytes.find(": ", at);
    request.headers.push_back({bytes.substr(at, colon - at), bytes.substr(colon + 2, end - colon - 2)});
    at = end + 2;
  }
  request.body = bytes.substr(head);
  return request;
}

std::string head_of(HttpResponse const& response, bool with_length) {
  auto text = "HTTP/1.1 " + std::to_string(response.status) + " X\r\nConnection: close\r\n";
  for (auto const& header : response.headers) text += header.name + ": " + header.value + "\r\n";
  if (with_length && response.status != 204)
    text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  return text + "\r\n";
}

/// What a vendor may repeat of a request: everything, as text that any format may contain.
std::string echo_of(std::string_view request) {
  constexpr std::string_view special = "\"\\<>&";
  auto const head = std::min(request.find("\r\n\r\n"), request.size());
  // its body first: a long message is cut
  auto text = std::string{request.substr(head)}.append(request.substr(0, head));
  std::ranges::replace_if(
      text,
      [&](char byte) { return special.find(byte) != std::string_view::npos || (byte >= 0 && byte < ' '); },
      ' ');
  return text;
}

/// A refusal in the words of every vendor at once. It repeats the request.
HttpResponse refusal(int status, std::string_view request) {
  auto const said = "Invalid sender: " + echo_of(request);
  if (request.find("application/xml") != std::string_view::npos)
    return {status,
            {{"Content-Type", "application/xml"}},
            "<?xml version=\"1.0\"?><response><status>-7</status><message>" + said + "</message><details>" +
                said + "</details></response>"};
  auto const quoted = '"' + said + '"';
  return {status,
          {{"Content-Type", "application/json"}},
          R"({"message":)" + quoted + R"(,"errcode":40002,"errmsg":)" + quoted + R"(,"details":)" + quoted +
              R"(,"status":-7,"errors":[{"code":1604,"message":)" + quoted + "}]}"};
}

HttpResponse page(int status, std::string body, std::vector<Header> headers = {}) {
  headers.push_back({"Content-Type", body.starts_with('{') ? "application/json" : "text/html"});
  return {status, std::move(headers), std::move(body)};
}

}  // namespace

std::string_view to_string(Break what) {
  constexpr std::string_view names[] = {"none",
                                        "refuse",
                                        "reset_at_once",
                                        "close_at_once",
                                        "half_request",
                                        "unread_answer",
                                        "bad_gateway",
                                        "rate_limited",
                                        "rate_limited_bare",
                                        "refused",
                                        "lost",
                                        "lost_by_reset",
                                        "cut_head",
                                        "cut_body",
                                        "cut_open_body",
                                        "bad_gateway_after",
                                        "timeout_after",
                                        "error_after",
                                        "empty_after",
                                        "html_after",
                                        "moved_after",
                                        "stall_after"};
  return names[static_cast<std::size_t>(what)];
}

struct FaultyProxy::State {
  Handler handler;
  int listener = -1;
  int wake = -1;
  std::string url{};
  std::thread thread{};
  std::atomic<bool> ended{false};

  mutable std::mutex mutex{};  // guards what follows
  std::vector<Break> plan{};
  std::vector<Met> met{};
  std::mt19937 dice{};
  bool deaf = false;
  std::uint64_t awaited = 0;  ///< counts the calls that wait until the proxy is idle
  std::uint64_t idle_at = 0;  ///< `awaited` when the proxy last found itself idle
  std::condition_variable idle{};

  void run();
  void wake_up() const;
  void serve(int socket);
  Break next();
  std::size_t below(std::size_t bound) { return bound < 2 ? 0 : dice() % bound; }
  void look_ahead();
};

FaultyProxy::FaultyProxy(Handler handler) : state_{std::make_unique<State>()} {
  auto& s = *state_;
  s.handler = std::move(handler);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  // A port that the system chose would be lost when the socket stops listening, so it is asked for by number.
  for (int tries = 0;; ++tries) {
    s.listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    check(s.listener >= 0, "socket");
    int const yes = 1;
    ::setsockopt(s.listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool const bound = ::bind(s.listener, reinterpret_cast<sockaddr*>(&address), size) == 0;
    bool const by_number = bound && address.sin_port != 0;
    if (bound)
      check(::getsockname(s.listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    if (by_number) break;
    check(tries < 100, "bind");
    ::close(s.listener);
    if (!bound) address.sin_port = 0;
  }
  check(::listen(s.listener, 64) == 0, "listen");
  s.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  s.wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  check(s.wake >= 0, "eventfd");
  s.thread = std::thread{[&s] { s.run(); }};
}

FaultyProxy::~FaultyProxy() {
  state_->ended = true;
  state_->wake_up();
  state_->thread.join();
  ::close(state_->listener);
  ::close(state_->wake);
}

std::string const& FaultyProxy::url() const noexcept {
  return state_->url;
}

void FaultyProxy::begin(std::vector<Break> plan, std::uint32_t dice) {
  wait_until_idle();
  std::lock_guard const lock{state_->mutex};
  state_->plan = std::move(plan);
  state_->met.clear();
  state_->dice.seed(dice);
  if (std::exchange(state_->deaf, false)) check(::listen(state_->listener, 64) == 0, "listen");
  state_->look_ahead();
  state_->wake_up();
}

std::vector<Met> FaultyProxy::met() const {
  std::lock_guard const lock{state_->mutex};
  return state_->met;
}

void FaultyProxy::wait_until_idle() {
  std::unique_lock lock{state_->mutex};
  auto const mine = ++state_->awaited;
  state_->wake_up();
  state_->idle.wait(lock, [&] { return state_->idle_at >= mine; });
}

void FaultyProxy::State::wake_up() const {
  std::uint64_t const one = 1;
  check(::write(wake, &one, sizeof one) == sizeof one, "write");
}

/// Stops listening if the next request is to be refused. The port stays ours.
void FaultyProxy::State::look_ahead() {
  auto const index = met.size();
  if (index >= plan.size() || plan[index] != Break::refuse || deaf) return;
  deaf = true;
  ::shutdown(listener, SHUT_RDWR);
}

Break FaultyProxy::State::next() {
  std::lock_guard const lock{mutex};
  auto const index = met.size();
  met.push_back({index < plan.size() ? plan[index] : Break::none, {}});
  return met.back().what;
}

void FaultyProxy::State::run() {
  while (!ended) {
    bool listens = false;
    bool is_awaited = false;
    std::uint64_t calls = 0;
    {
      std::lock_guard const lock{mutex};
      listens = !deaf;
      calls = awaited;
      is_awaited = calls > idle_at;
    }
    pollfd sockets[] = {{wake, POLLIN, 0}, {listener, POLLIN, 0}};
    ::poll(sockets, listens ? 2 : 1, is_awaited ? 0 : -1);
    std::uint64_t ignored = 0;
    if (sockets[0].revents != 0) static_cast<void>(::read(wake, &ignored, sizeof ignored));
    int const socket = listens ? ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC) : -1;
    if (socket < 0) {
      std::lock_guard const lock{mutex};
      idle_at = calls;
      idle.notify_all();
      continue;
    }
    int const yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    serve(socket);
    ::close(socket);
  }
}

void FaultyProxy::State::serve(int socket) {
  auto const reset = [&] {
    linger const at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  };
  auto const send = [&](std::string_view bytes) {
    while (!bytes.empty()) {
      auto const sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  };
  auto const what = next();
  auto const at_end = [&] {
    std::lock_guard const lock{mutex};
    look_ahead();
  };
  if (what == Break::reset_at_once || what == Break::close_at_once) {
    at_end();
    if (what == Break::reset_at_once) reset();
    return;
  }
  std::string bytes;
  std::size_t head = 0;
  std::size_t whole = 0;
  while (!complete(bytes, head, whole)) {
    char buffer[65536];
    auto const count = ::recv(socket, buffer, sizeof buffer, 0);
    if (count <= 0) return;
    bytes.append(buffer, static_cast<std::size_t>(count));
    if (what == Break::half_request) {
      at_end();
      return reset();
    }
  }
  {
    std::lock_guard const lock{mutex};
    if (!met.empty()) met.back().line = bytes.substr(0, bytes.find(" HTTP/"));
  }
  HttpResponse answer;
  switch (what) {
    case Break::half_request: at_end(); return reset();
    case Break::unread_answer: at_end(); return;
    case Break::bad_gateway: answer = page(502, "<html>502</html>"); break;
    case Break::rate_limited: answer = page(429, "<html>429</html>", {{"Retry-After", "0"}}); break;
    case Break::refused: answer = refusal(422, bytes); break;
    case Break::rate_limited_bare: answer = page(429, "<html>429</html>"); break;
    default: answer = handler(request_of(bytes, head));
  }
  switch (what) {
    case Break::lost: at_end(); return;
    case Break::lost_by_reset: at_end(); return reset();
    case Break::bad_gateway_after: answer = page(502, "<html>502" + echo_of(bytes) + "</html>"); break;
    case Break::timeout_after: answer = page(504, "<html>504</html>"); break;
    case Break::error_after: answer = refusal(500, bytes); break;
    case Break::empty_after: answer = page(200, ""); break;
    case Break::html_after: answer = page(200, "<html>Sign in" + echo_of(bytes) + "</html>"); break;
    case Break::moved_after: answer = page(302, "", {{"Location", url + "/elsewhere"}}); break;
    case Break::stall_after: {
      // until the client closes
      char byte = 0;
      while (::recv(socket, &byte, 1, 0) > 0) {
      }
      at_end();
      return;
    }
    default: break;
  }
  at_end();
  auto const start = head_of(answer, what != Break::cut_open_body);
  if (what == Break::cut_head) return send(std::string_view{start}.substr(0, 1 + below(start.size() - 2)));
  if (what == Break::cut_body || what == Break::cut_open_body)
    return send(start + answer.body.substr(0, below(answer.body.size())));
  send(start + answer.body);
}

}  // namespace polycampaign::faults
