#include "transport/descriptors.hpp"

#include <cerrno>

#ifdef __linux__
#include <dirent.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>
#endif

#ifndef _WIN32
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace polycampaign::inline v1::transport {

Error no_descriptor(std::string const& what) {
  return {.code = ErrorCode::unavailable,
          .transient = true,
          .message = what + " because no file descriptor is free; raise the limit (ulimit -n)"};
}

#ifdef _WIN32

bool means_exhausted(long system_error) noexcept {
  return system_error == WSAEMFILE;
}

bool descriptors_exhausted() noexcept {
  return false;
}

curl_socket_t open_private_socket(curl_sockaddr const& address) noexcept {
  return ::WSASocketW(address.family, address.socktype, address.protocol, nullptr, 0,
                      WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

#else

bool means_exhausted(long system_error) noexcept {
  return system_error == EMFILE || system_error == ENFILE;
}

bool descriptors_exhausted() noexcept {
  int const probe = ::open("/", O_RDONLY | O_CLOEXEC);
  if (probe < 0) return means_exhausted(errno);
  ::close(probe);
  return false;
}

curl_socket_t open_private_socket(curl_sockaddr const& address) noexcept {
#ifdef SOCK_CLOEXEC
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
  int const socket = ::socket(address.family, address.socktype, address.protocol);
  if (socket >= 0) static_cast<void>(::fcntl(socket, F_SETFD, FD_CLOEXEC));
  return socket;
#endif
}

#endif

#ifdef __linux__

namespace {

struct DirectoryCloser {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

/// A socket or pipe that child processes inherit, and how many bytes wait to be read and to be delivered.
struct Inherited {
  int descriptor = -1;
  int incoming = 0;
  int outgoing = 0;

  [[nodiscard]] Inherited now() const noexcept {
    Inherited same{.descriptor = descriptor};
    ::ioctl(descriptor, SIOCINQ, &same.incoming);
    ::ioctl(descriptor, SIOCOUTQ, &same.outgoing);
    return same;
  }
};

std::vector<Inherited> inherited_now() {
  std::vector<Inherited> found;
  std::unique_ptr<DIR, DirectoryCloser> const all{::opendir("/proc/self/fd")};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is this function's own
  while (auto const* entry = all ? ::readdir(all.get()) : nullptr) {
    std::array<char, 8> kind{};  // "socket:[4711]", "pipe:[4711]", or a path
    auto const size = ::readlinkat(::dirfd(all.get()), entry->d_name, kind.data(), kind.size());
    std::string_view const text{kind.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    if (!text.starts_with("socket:") && !text.starts_with("pipe:")) continue;
    auto const descriptor = static_cast<int>(std::strtol(entry->d_name, nullptr, 10));
    if ((::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) == 0)
      found.push_back(Inherited{.descriptor = descriptor}.now());
  }
  return found;
}

// Finds the descriptors by the effect of several wake-ups. Each wake-up adds one byte to read at one end. At
// the other end, it adds a constant number of bytes to deliver (a socket), or the same byte (a pipe).
std::vector<int> woken_with(CURLM* multi) {
  constexpr int wakeups = 3;
  auto const before = inherited_now();
  std::vector<int> read(before.size());
  std::vector<int> written(before.size());
  std::vector<bool> steady(before.size(), true);
  for (int step = 1; step <= wakeups; ++step) {
    if (curl_multi_wakeup(multi) != CURLM_OK) return {};
    for (std::size_t i = 0; i < before.size(); ++i) {
      auto const now = before[i].now();
      auto const more_read = now.incoming - before[i].incoming;
      auto const more_written = now.outgoing - before[i].outgoing;
      if (step == 1) {
        read[i] = more_read;
        written[i] = more_written;
      }
      steady[i] = steady[i] && more_read == step * read[i] && more_written == step * written[i];
    }
  }
  std::vector<int> found;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (steady[i] && ((read[i] == 1 && written[i] == 0) || (read[i] == 0 && written[i] > 0)))
      found.push_back(before[i].descriptor);
  return found;
}

}  // namespace

void hide_wakeup_descriptors(CURLM* multi) noexcept {
  // More than two: another thread woke something else in the same way. In case of doubt, none is changed.
  constexpr int most_tries = 5;
  for (int tries = 0; tries < most_tries; ++tries) {
    auto const found = woken_with(multi);
    if (found.size() > 2) continue;
    if (found.size() == 2)
      for (int const descriptor : found) ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    return;
  }
}

#else

void hide_wakeup_descriptors(CURLM*) noexcept {}

#endif

}  // namespace polycampaign::inline v1::transport
