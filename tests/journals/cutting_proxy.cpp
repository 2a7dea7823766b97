#include "journals/cutting_proxy.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

namespace polycampaign::test {

namespace {

/// Waits for bytes on one of the two, and looks from time to time whether to end.
bool readable(int descriptor, int milliseconds) {
  pollfd one{descriptor, POLLIN, 0};
  return ::poll(&one, 1, milliseconds) > 0;
}

std::string received(int descriptor) {
  std::array<char, 65'536> buffer{};
  auto const got = ::recv(descriptor, buffer.data(), buffer.size(), 0);
  return got > 0 ? std::string{buffer.data(), static_cast<std::size_t>(got)} : std::string{};
}

bool sent(int descriptor, std::string const& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    auto const now = ::send(descriptor, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (now <= 0) return false;
    done += static_cast<std::size_t>(now);
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(std::string socket) : socket_{std::move(socket)} {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener_, 128), 0);
  EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread{[this] { accept_all(); }};
}

CuttingProxy::~CuttingProxy() {
  ended_ = true;
  acceptor_.join();
  for (auto& thread : threads_) thread.join();
  ::close(listener_);
}

std::string CuttingProxy::address() const {
  return "host=127.0.0.1 port=" + std::to_string(port_) + " sslmode=disable gssencmode=disable";
}

void CuttingProxy::cut(Cut how, std::string statement, int times) {
  std::lock_guard const lock{mutex_};
  statement_ = std::move(statement);
  passed_ = 0;
  cuts_ = 0;
  left_ = times;
  how_ = how;
}

void CuttingProxy::accept_all() {
  while (!ended_) {
    if (!readable(listener_, 20)) continue;
    int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    threads_.emplace_back([this, client] { serve(client); });
  }
}

Cut CuttingProxy::decide(std::string const& bytes) {
  std::lock_guard const lock{mutex_};
  if (statement_.empty() || bytes.find(statement_) == std::string::npos) return Cut::nothing;
  auto how = Cut::nothing;
  if (how_ != Cut::nothing && left_-- > 0) how = how_, ++cuts_;
  if (how != Cut::before) ++passed_;
  return how;
}

void CuttingProxy::serve(int client) {
  int const server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket_.c_str(), sizeof address.sun_path - 1);
  bool open = ::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  while (open && !ended_) {
    std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    if (frozen_) {
      ::poll(nullptr, 0, 20);
      continue;
    }
    if (::poll(both.data(), both.size(), 20) <= 0) continue;
    if (both[1].revents != 0) {
      auto const bytes = received(server);
      open = !bytes.empty() && sent(client, bytes);
      continue;
    }
    auto const bytes = received(client);
    open = !bytes.empty();
    if (!open) break;
    auto const how = decide(bytes);
    if (how == Cut::freeze) frozen_ = true;
    if (how == Cut::before || how == Cut::freeze) {
      open = how == Cut::freeze;
      continue;
    }
    open = sent(server, bytes);
    if (how != Cut::after) continue;
    while (!ended_ && !readable(server, 20)) {
    }
    open = false;
  }
  ::close(client);
  ::close(server);
}

}  // namespace polycampaign::test
