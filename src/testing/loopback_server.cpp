#include "testing/loopback_server.hpp"

#include "polycampaign/testing/http_message.hpp"

#include "testing/common_switches.hpp"

#include <httplib.h>

#ifndef _WIN32
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

namespace {

/// Runs each connection on a thread, and keeps threads for later connections. A kept-alive connection
/// occupies its thread, so with a pool of a fixed size, other clients would wait for the keep-alive
/// timeout.
class ThreadForEach final : public httplib::TaskQueue {
 public:
  // void, or bool in later versions of httplib
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>{}));

  Enqueued enqueue(std::function<void()> task) override {
    std::lock_guard const lock{mutex_};
    tasks_.push_back(std::move(task));
    if (tasks_.size() > idle_)
      threads_.emplace_back([this] { work(); });
    else
      wake_.notify_one();
    return Enqueued(true);
  }

  void shutdown() override {
    {
      std::lock_guard const lock{mutex_};
      ended_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

 private:
  void work() {
    std::unique_lock lock{mutex_};
    while (true) {
      ++idle_;
      wake_.wait(lock, [this] { return ended_ || !tasks_.empty(); });
      --idle_;
      if (tasks_.empty()) return;
      auto const task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool ended_ = false;
};

/// Ends the reading side of every connection that was accepted on `port`, so that threads waiting for another
/// request see the end. Responses still go out. httplib has no call for this: it waits for its keep-alive
/// timeout. Each descriptor is duplicated before it is examined, because it may be closed and reused in the
/// meantime.
void drop_idle_connections([[maybe_unused]] std::uint16_t port) {
#ifndef _WIN32
  std::error_code error;
  for (std::filesystem::directory_iterator it{"/dev/fd", error}, end; !error && it != end;
       it.increment(error)) {
    auto const name = it->path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    auto const local_port = [](int socket) {
      sockaddr_in address{};
      socklen_t size = sizeof address;
      auto const known = ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
                         address.sin_family == AF_INET;
      return known ? ntohs(address.sin_port) : std::uint16_t{0};
    };
    if (descriptor < 0 || local_port(descriptor) != port) continue;
    auto const own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (own < 0) continue;
    if (local_port(own) == port) ::shutdown(own, SHUT_RD);
    ::close(own);
  }
#endif
}

HttpRequest request_of(httplib::Request const& from) {
  HttpRequest request{.method = from.method, .url = from.target, .body = from.body};
  for (auto const& [name, value] : from.headers) {
    // headers that httplib adds itself
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT")
      continue;
    request.headers.push_back({name, value});
  }
  return request;
}

void write_answer(HttpResponse response, httplib::Response& to) {
  // httplib can end a connection only after the head of a response.
  if (response.status == no_response) {
    to.status = 200;
    to.set_content_provider(1'000, "text/plain", [](std::size_t, std::size_t, auto&) { return false; });
    return;
  }
  to.status = response.status;
  std::string type = "text/plain";
  for (auto const& header : response.headers) {
    if (same_text(header.name, "Content-Type"))
      type = header.value;
    else
      to.set_header(header.name, header.value);
  }
  if (response.body.empty()) return to.set_content("", type);
  // A content provider of known length keeps httplib from compressing: its brotli setting is slow.
  auto const size = response.body.size();
  to.set_content_provider(size, type,
                          [body = std::move(response.body)](std::size_t at, std::size_t length, auto& sink) {
                            return sink.write(body.data() + at, length), true;
                          });
}

}  // namespace

struct LoopbackServer::State {
  httplib::Server http{};
  std::uint16_t port = 0;
  std::thread acceptor{};
  std::atomic<bool> ended{false};
};

LoopbackServer::LoopbackServer(std::unique_ptr<State> state) : state_{std::move(state)} {}

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::start(std::uint16_t port, bool keep_alive,
                                                              Handler handler) {
  auto state = std::make_unique<State>();
  auto& http = state->http;
  auto const serve = [handler = std::move(handler)](httplib::Request const& request, httplib::Response& to) {
    write_answer(handler(request_of(request)), to);
  };
  auto const any = "[\\s\\S]*";
  http.Get(any, serve)
      .Post(any, serve)
      .Put(any, serve)
      .Patch(any, serve)
      .Delete(any, serve)
      .Options(any, serve);
  http.new_task_queue = [] { return new ThreadForEach; };
  http.set_tcp_nodelay(true);
  http.set_keep_alive_max_count(keep_alive ? 1'000'000'000 : 1);
  http.set_keep_alive_timeout(60);

  socket_t listener = INVALID_SOCKET;
  // SO_REUSEPORT, which httplib sets by default, would let two servers share a port.
  http.set_socket_options([&listener]([[maybe_unused]] socket_t socket) {
    listener = socket;
#ifndef _WIN32
    int const yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
#endif
  });
  auto const bound = port == 0                              ? http.bind_to_any_port("127.0.0.1")
                     : http.bind_to_port("127.0.0.1", port) ? int{port}
                                                            : -1;
  if (bound < 0)
    return Error{.code = ErrorCode::network,
                 .message = "port " + std::to_string(port) + " is already in use"};
  http.set_socket_options([](socket_t) {});
  // With httplib's backlog of 5, the sixth of several clients that connect at once waits for a second.
  ::listen(listener, 512);

  state->port = static_cast<std::uint16_t>(bound);
  state->acceptor = std::thread{[raw = state.get()] {
    raw->http.listen_after_bind();
    raw->ended = true;
  }};
  return std::unique_ptr<LoopbackServer>{new LoopbackServer{std::move(state)}};
}

LoopbackServer::~LoopbackServer() {
  // stop() does nothing if the server does not run yet.
  while (!state_->http.is_running() && !state_->ended) std::this_thread::yield();
  state_->http.stop();
  // A connection that was accepted in the meantime would hold the acceptor until the keep-alive timeout.
  while (!state_->ended) {
    drop_idle_connections(state_->port);
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  state_->acceptor.join();
}

std::uint16_t LoopbackServer::port() const noexcept {
  return state_->port;
}

}  // namespace polycampaign::inline v1::testing
