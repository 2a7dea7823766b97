// The other side of every measurement, in a process of its own: vendors' lists over HTTP/1.1 keep-alive on
// the loopback, one epoll thread, all answers made before the first request. Prints its port; ends when its
// standard input does.
//
//   polycampaign_bench_server yeastar-10000 smsup-50000 messages-10000 ...
//
// serves `/LISTING/MILLISECONDS/...`: each listing that was named (`messages` are those of one campaign of
// SMSUP), and `tiny` (an empty object), `upload` (a list that takes 1000 numbers) and `never` (no answer at
// all), every answer so many milliseconds after its request.

#include "peers/payload.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(char const* what) {
  std::perror(what);
  std::exit(1);
}

std::string answer_with(std::string const& body) {
  return "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Sun, 01 Mar 2026 00:00:00 GMT\r\n"
         "Content-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::size_t number_at(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The number behind `name`, which stands behind `?` or `&`.
std::size_t parameter(std::string_view target, std::string_view name) {
  for (auto at = target.find(name); at != target.npos; at = target.find(name, at + 1))
    if (at > 0 && (target[at - 1] == '?' || target[at - 1] == '&'))
      return number_at(target.substr(at + name.size()));
  return 0;
}

/// One vendor's list of so many campaigns or messages, each with an id of its own: about 400 bytes of memory
/// for each.
class Listing {
 public:
  explicit Listing(std::string_view name) : smsup_{!name.starts_with("yeastar-")} {
    bool const messages = name.starts_with("messages-");
    auto const records = number_at(name.substr(name.find('-') + 1));
    if (records == 0 || (smsup_ && !messages && !name.starts_with("smsup-"))) {
      std::fprintf(stderr, "unknown listing: %.*s\n", static_cast<int>(name.size()), name.data());
      std::exit(2);
    }
    page_size_ = smsup_ ? 1000 : 100;
    // the library reads the last message of a page again with the next page
    step_ = messages ? page_size_ - 1 : page_size_;
    auto const make = messages ? payload::smsup_messages
                      : smsup_ ? payload::smsup_page
                               : payload::yeastar_page;
    for (std::size_t first = 0; first < records; first += step_)
      pages_.push_back(answer_with(make(first, page_size_, records)));
    empty_ = answer_with(make(records, 0, records));
    one_ = answer_with(messages ? payload::smsup_campaign(records) : make(0, 1, 1));
  }

  [[nodiscard]] std::string const& answer(std::string_view target) const {
    if (target.find("get_token") != target.npos) return token_;
    if (target.find("/campaign/") != target.npos) return one_;
    // counted from 1 or, as an offset, from 0
    auto const page = smsup_ ? parameter(target, "start=") / step_ : parameter(target, "page=") - 1;
    return page < pages_.size() ? pages_[page] : empty_;
  }

 private:
  bool smsup_;
  std::size_t page_size_ = 0;
  std::size_t step_ = 0;  ///< from one page to the next
  std::vector<std::string> pages_;
  std::string empty_;
  std::string one_;
  std::string token_ = answer_with(
      R"({"errcode":0,"errmsg":"SUCCESS","access_token_expire_time":1800,"access_token":"EXZMpZAO86mbrKm6rFtgeb3rfcpC9uqS",)"
      R"("refresh_token_expire_time":86400,"refresh_token":"SCduGecwbG9jIusiS8FxFUVn3kf0Q9R8"})");
};

struct Connection {
  std::uint64_t serial = 0;
  std::string received;
  std::string_view unsent;
  bool blocked = false;  ///< waits for room in the socket
};

struct Due {
  Clock::time_point at;
  int connection;
  std::uint64_t serial;  ///< the number may belong to a later connection by then
  std::string const* answer;

  friend bool operator<(Due const& a, Due const& b) noexcept { return a.at > b.at; }
};

class Server {
 public:
  explicit Server(std::vector<std::string_view> const& names) : epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
    for (auto const name : names) listings_.try_emplace(std::string{name}, name);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (epoll_ < 0 || listener_ < 0 || ::bind(listener_, any, length) != 0 || ::listen(listener_, 256) != 0 ||
        ::getsockname(listener_, any, &length) != 0)
      fail("bench server");
    port_ = ntohs(address.sin_port);
    watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
    watch(STDIN_FILENO, EPOLLIN, EPOLL_CTL_ADD);
    ::prctl(PR_SET_TIMERSLACK, 1UL);
  }

  [[nodiscard]] int port() const noexcept { return port_; }

  void run() {
    std::array<epoll_event, 64> events{};
    for (;;) {
      auto const wait = until_due();
      auto const count = ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()),
                                        due_.empty() ? nullptr : &wait, nullptr);
      for (int i = 0; i < count; ++i) {
        auto const& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == STDIN_FILENO) {
          std::array<char, 64> ignored{};
          if (::read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0) return;
        } else if (event.data.fd == listener_) {
          accept_all();
        } else if ((event.events & EPOLLOUT) != 0) {
          send(event.data.fd);
        } else {
          receive(event.data.fd);
        }
      }
      for (auto const now = Clock::now(); !due_.empty() && due_.top().at <= now; due_.pop()) {
        auto const& next = due_.top();
        auto const open = connections_.find(next.connection);
        if (open == connections_.end() || open->second.serial != next.serial) continue;
        open->second.unsent = *next.answer;
        send(next.connection);
      }
    }
  }

 private:
  [[nodiscard]] timespec until_due() const {
    using namespace std::chrono;
    auto const left =
        due_.empty() ? 0 : std::max<std::int64_t>(0, nanoseconds{due_.top().at - Clock::now()}.count());
    return {.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
  }

  void watch(int descriptor, std::uint32_t events, int how) const {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    // a file or /dev/null as the standard input cannot be watched: then nobody waits for our end
    if (::epoll_ctl(epoll_, how, descriptor, &event) != 0 && descriptor != STDIN_FILENO) fail("epoll_ctl");
  }

  void accept_all() {
    for (;;) {
      auto const descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (descriptor < 0) return;
      int const on = 1;
      ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connections_[descriptor] = {.serial = ++serial_, .received = {}, .unsent = {}, .blocked = false};
      watch(descriptor, EPOLLIN, EPOLL_CTL_ADD);
    }
  }

  void end(int descriptor) {
    ::close(descriptor);
    connections_.erase(descriptor);
  }

  void receive(int descriptor) {
    std::array<char, 16384> chunk;
    auto const got = ::recv(descriptor, chunk.data(), chunk.size(), 0);
    if (got <= 0) {
      if (got == 0 || errno != EAGAIN) end(descriptor);
      return;
    }
    auto& connection = connections_[descriptor];
    connection.received.append(chunk.data(), static_cast<std::size_t>(got));
    std::string_view const received = connection.received;
    auto const head_end = received.find("\r\n\r\n");
    if (head_end == received.npos) return;
    auto const head = received.substr(0, head_end);
    constexpr std::string_view length_name = "\r\nContent-Length: ";
    auto const at = head.find(length_name);
    auto const length = at == head.npos ? 0 : number_at(head.substr(at + length_name.size()));
    if (received.size() < head_end + 4 + length) return;
    auto const start = head.find(' ') + 1;
    respond(descriptor, connection, head.substr(start, head.find(' ', start) - start));
  }

  void respond(int descriptor, Connection& connection, std::string_view target) {
    auto const name_end = std::min(target.find('/', 1), target.size());
    auto const name = target.substr(1, name_end - 1);
    std::chrono::milliseconds const delay{
        static_cast<std::int64_t>(number_at(target.substr(std::min(name_end + 1, target.size()))))};
    std::string const* answer = &tiny_;
    if (auto const listing = listings_.find(name); listing != listings_.end())
      answer = &listing->second.answer(target);
    else if (name == "upload")
      answer = &upload_;
    else if (name == "never")
      answer = nullptr;
    else if (name != "tiny")
      answer = &unknown_;
    connection.received.clear();
    if (answer == nullptr) return;
    if (delay.count() > 0) return due_.push({Clock::now() + delay, descriptor, connection.serial, answer});
    connection.unsent = *answer;
    send(descriptor);
  }

  void send(int descriptor) {
    auto const found = connections_.find(descriptor);
    if (found == connections_.end()) return;
    auto& [serial, received, unsent, blocked] = found->second;
    while (!unsent.empty()) {
      auto const sent = ::send(descriptor, unsent.data(), unsent.size(), MSG_NOSIGNAL);
      if (sent < 0) {
        if (errno != EAGAIN) return end(descriptor);
        if (!std::exchange(blocked, true)) watch(descriptor, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
        return;
      }
      unsent.remove_prefix(static_cast<std::size_t>(sent));
    }
    if (std::exchange(blocked, false)) watch(descriptor, EPOLLIN, EPOLL_CTL_MOD);
  }

  int epoll_;
  int listener_ = -1;
  int port_ = 0;
  std::uint64_t serial_ = 0;
  std::map<std::string, Listing, std::less<>> listings_;
  std::unordered_map<int, Connection> connections_;
  std::priority_queue<Due> due_;
  std::string const tiny_ = answer_with("{}");
  std::string const upload_ =
      answer_with(R"({"status":1,"message":"OK","id":"12","contacts":1000,"duplicates":0,"invalid":0})");
  std::string const unknown_ = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
};

}

int main(int argc, char** argv) {
  Server server{std::vector<std::string_view>(argv + 1, argv + argc)};
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  server.run();
}
