#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace polycampaign::loopback {

/// The longest time that a step of a test may take. After that, it hangs.
inline constexpr std::chrono::seconds patience{20};

/// An event that happens once. Any thread may wait for it.
class Event {
 public:
  void set();
  /// Waits for the event. Returns false if it did not happen in time.
  [[nodiscard]] bool wait();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool happened_ = false;
};

struct ReceivedRequest {
  std::string line{};  ///< `GET /path HTTP/1.1`
  std::string head{};  ///< all of it, with its line breaks
  std::string body{};

  /// Returns the value of the first header with that name, in any case, or nothing if there is none.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// The certificate and the key of a server, both PEM.
struct ServerIdentity {
  std::string certificate{};
  std::string key{};
};

class BehaviourServer;

/// A connection as the script of the server sees it. Belongs to the script's thread.
class Peer {
 public:
  /// Returns how many connections came before this one.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  /// Reads the next whole request. Returns nothing if the client has closed the connection.
  [[nodiscard]] std::optional<ReceivedRequest> read();
  /// Returns false if the client is gone.
  bool write(std::string_view bytes);
  /// Switches to TLS, as after a proxy's CONNECT. Returns false if the client does not accept it.
  bool start_tls(ServerIdentity const& identity);
  /// Makes the connection end with a reset instead of an orderly close.
  void reset_at_end();
  /// Waits until the client closes the connection.
  void until_closed();
  /// Waits that long, as a slow server does. Returns whether the client closes the connection within that
  /// time.
  [[nodiscard]] bool closed_within(std::chrono::milliseconds time);

 private:
  friend class BehaviourServer;
  using Tls = std::unique_ptr<SSL, void (*)(SSL*)>;
  using TlsContext = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;

  Peer(BehaviourServer& server, int socket, std::size_t number);
  ~Peer();
  Peer(Peer const&) = delete;
  Peer& operator=(Peer const&) = delete;
  [[nodiscard]] static TlsContext context_for(ServerIdentity const& identity);
  [[nodiscard]] bool accept_tls(SSL_CTX* context);
  [[nodiscard]] std::ptrdiff_t receive(char* to, std::size_t most);

  BehaviourServer& server_;
  int socket_;
  std::size_t number_;
  Tls tls_;
  std::string unread_;
};

/// An HTTP server on the loopback interface. It runs its script for each connection, on a separate thread,
/// and closes the connection when the script returns. When the server is destroyed, scripts find their
/// clients gone.
class BehaviourServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit BehaviourServer(Script script, std::optional<ServerIdentity> identity = std::nullopt);
  ~BehaviourServer();
  BehaviourServer(BehaviourServer const&) = delete;
  BehaviourServer& operator=(BehaviourServer const&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }
  /// Returns `http://127.0.0.1:port/path`, or the same with another host, or with https if the server has an
  /// identity.
  [[nodiscard]] std::string url(std::string_view path = "/", std::string_view host = "127.0.0.1") const;

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;
  /// Waits until that many requests have been read. Returns false if they did not arrive.
  [[nodiscard]] bool await_requests(std::size_t count);

 private:
  friend class Peer;
  void accept_all();
  void serve(int socket, std::size_t number);

  Script script_;
  Peer::TlsContext tls_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ReceivedRequest> requests_;
  std::vector<int> open_;
  std::size_t connections_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// Returns `HTTP/1.1 200 OK` with that body, its length, and more header lines (each ends with CRLF).
[[nodiscard]] std::string ok(std::string_view body, std::string_view more_headers = {});

/// Returns a script that answers every request of every connection with those bytes.
[[nodiscard]] BehaviourServer::Script answering(std::string bytes);

/// A port that accepts no more connections: its queue is full and is never emptied.
class BlackHole {
 public:
  BlackHole();
  ~BlackHole();
  BlackHole(BlackHole const&) = delete;
  BlackHole& operator=(BlackHole const&) = delete;
  [[nodiscard]] std::string url() const;

 private:
  int listener_ = -1;
  std::vector<int> fillers_;
  int port_ = 0;
};

}  // namespace polycampaign::loopback
