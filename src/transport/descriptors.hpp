#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"

#include <string>

namespace polycampaign::inline v1::transport {

/// Returns whether this process cannot open another file descriptor now.
[[nodiscard]] bool descriptors_exhausted() noexcept;
/// Returns the same, judged by the error code of a system call that has just failed.
[[nodiscard]] bool means_exhausted(long system_error) noexcept;

/// Returns the error `unavailable`, which passes when something else closes a descriptor: `what` fails
/// because no file descriptor is free.
[[nodiscard]] Error no_descriptor(std::string const& what);

/// Opens a socket that no child process inherits, as libcurl requests it (CURLOPT_OPENSOCKETFUNCTION).
/// Returns CURL_SOCKET_BAD and sets errno if it fails.
[[nodiscard]] curl_socket_t open_private_socket(curl_sockaddr const& address) noexcept;

/// Hides the descriptors that wake a multi handle from child processes if libcurl does not do so itself.
/// libcurl 7.88 does not, and does not reveal which they are. Call it before the handle is used. Best effort.
void hide_wakeup_descriptors(CURLM* multi) noexcept;

}  // namespace polycampaign::inline v1::transport
