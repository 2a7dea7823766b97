#include "transport/behaviour_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace polycampaign::loopback {
namespace {

void require(bool holds, char const* what) {
  if (holds) return;
  std::perror(what);
  std::abort();
}

std::pair<int, int> listen_on_loopback(int backlog) {
  int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(listener >= 0, "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  require(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
  require(::listen(listener, backlog) == 0, "listen");
  require(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  return {listener, ntohs(address.sin_port)};
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

void Event::set() {
  std::lock_guard const lock{mutex_};
  happened_ = true;
  changed_.notify_all();
}

bool Event::wait() {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, patience, [&] { return happened_; });
}

std::optional<std::string> ReceivedRequest::header(std::string_view name) const {
  std::string_view rest = head;
  for (auto end = rest.find("\r\n"); end != rest.npos; end = rest.find("\r\n")) {
    auto const text = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    auto const colon = text.find(':');
    if (colon == text.npos ||
        !std::equal(name.begin(), name.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                    [](char a, char b) { return lower(a) == lower(b); })) {
      continue;
    }
    auto value = text.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return std::string{value};
  }
  return std::nullopt;
}

Peer::Peer(BehaviourServer& server, int socket, std::size_t number)
    : server_{server}, socket_{socket}, number_{number}, tls_{nullptr, SSL_free} {}

Peer::~Peer() {
  if (tls_) SSL_shutdown(tls_.get());
}

Peer::TlsContext Peer::context_for(ServerIdentity const& identity) {
  TlsContext context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
  auto const source = [](std::string const& pem) {
    return std::unique_ptr<BIO, int (*)(BIO*)>{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                               BIO_free};
  };
  auto const certificate_source = source(identity.certificate);
  std::unique_ptr<X509, void (*)(X509*)> const certificate{
      PEM_read_bio_X509(certificate_source.get(), nullptr, nullptr, nullptr), X509_free};
  auto const key_source = source(identity.key);
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key{
      PEM_read_bio_PrivateKey(key_source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  require(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1, "certificate");
  require(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1, "key");
  return context;
}

bool Peer::accept_tls(SSL_CTX* context) {
  Tls tls{SSL_new(context), SSL_free};
  SSL_set_fd(tls.get(), socket_);
  if (SSL_accept(tls.get()) != 1) return false;
  tls_ = std::move(tls);
  return true;
}

bool Peer::start_tls(ServerIdentity const& identity) {
  // libssl counts references: the connection keeps the context
  return accept_tls(context_for(identity).get());
}

std::ptrdiff_t Peer::receive(char* to, std::size_t most) {
  return tls_ ? SSL_read(tls_.get(), to, static_cast<int>(most)) : ::recv(socket_, to, most, 0);
}

std::optional<ReceivedRequest> Peer::read() {
  ReceivedRequest request;
  std::size_t wanted = 0;
  std::size_t head_end = std::string::npos;
  for (;;) {
    if (head_end == std::string::npos) head_end = unread_.find("\r\n\r\n");
    if (head_end != std::string::npos && request.head.empty()) {
      request.head = unread_.substr(0, head_end + 2);
      request.line = request.head.substr(0, request.head.find("\r\n"));
      auto const length = request.header("Content-Length").value_or("0");
      std::from_chars(length.data(), length.data() + length.size(), wanted);
    }
    if (head_end != std::string::npos && unread_.size() >= head_end + 4 + wanted) break;
    std::array<char, 16384> buffer{};
    auto const got = receive(buffer.data(), buffer.size());
    if (got <= 0) return std::nullopt;
    unread_.append(buffer.data(), static_cast<std::size_t>(got));
  }
  request.body = unread_.substr(head_end + 4, wanted);
  unread_.erase(0, head_end + 4 + wanted);
  std::lock_guard const lock{server_.mutex_};
  server_.requests_.push_back(request);
  server_.changed_.notify_all();
  return request;
}

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Peer::reset_at_end() {
  linger const none{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

void Peer::until_closed() {
  std::array<char, 4096> buffer{};
  while (receive(buffer.data(), buffer.size()) > 0) {
  }
}

bool Peer::closed_within(std::chrono::milliseconds time) {
  pollfd one{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&one, 1, static_cast<int>(time.count())) <= 0) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

BehaviourServer::BehaviourServer(Script script, std::optional<ServerIdentity> identity)
    : script_{std::move(script)}, tls_{nullptr, SSL_CTX_free} {
  if (identity) tls_ = Peer::context_for(*identity);
  std::tie(listener_, port_) = listen_on_loopback(256);
  acceptor_ = std::thread{[this] { accept_all(); }};
}

BehaviourServer::~BehaviourServer() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    for (int const socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (auto& thread : threads_) thread.join();
  ::close(listener_);
}

std::string BehaviourServer::url(std::string_view path, std::string_view host) const {
  std::string text = tls_ ? "https://" : "http://";
  return text.append(host).append(":").append(std::to_string(port_)).append(path);
}

std::size_t BehaviourServer::connections() const {
  std::lock_guard const lock{mutex_};
  return connections_;
}

std::vector<ReceivedRequest> BehaviourServer::requests() const {
  std::lock_guard const lock{mutex_};
  return requests_;
}

bool BehaviourServer::await_requests(std::size_t count) {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, patience, [&] { return requests_.size() >= count; });
}

void BehaviourServer::accept_all() {
  for (;;) {
    int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    int const on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::lock_guard const lock{mutex_};
    if (stopping_) {
      ::close(socket);
      return;
    }
    open_.push_back(socket);
    threads_.emplace_back([this, socket, number = connections_++] { serve(socket, number); });
  }
}

void BehaviourServer::serve(int socket, std::size_t number) {
  // OpenSSL writes without MSG_NOSIGNAL.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  {
    Peer peer{*this, socket, number};
    if (!tls_ || peer.accept_tls(tls_.get())) script_(peer);
  }
  std::lock_guard const lock{mutex_};
  std::erase(open_, socket);
  ::close(socket);
}

std::string ok(std::string_view body, std::string_view more_headers) {
  std::string text = "HTTP/1.1 200 OK\r\nContent-Length: ";
  return text.append(std::to_string(body.size()))
      .append("\r\n")
      .append(more_headers)
      .append("\r\n")
      .append(body);
}

BehaviourServer::Script answering(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    while (peer.read()) peer.write(bytes);
  };
}

BlackHole::BlackHole() {
  std::tie(listener_, port_) = listen_on_loopback(0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  // One fills the queue; the others see to it that it stays full.
  for (int i = 0; i < 4; ++i) {
    int const filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    static_cast<void>(::connect(filler, reinterpret_cast<sockaddr*>(&address), sizeof address));
    fillers_.push_back(filler);
  }
}

BlackHole::~BlackHole() {
  for (int const filler : fillers_) ::close(filler);
  ::close(listener_);
}

std::string BlackHole::url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/";
}

}  // namespace polycampaign::loopback
