#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"

#include <string>

namespace polycampaign::inline v1::transport {

/// Whether this process cannot open another file descriptor now.
[[nodiscard]] bool descriptors_exhausted() noexcept;
/// The same, told by the code of a system call that has just failed.
[[nodiscard]] bool means_exhausted(long system_error) noexcept;

/// `unavailable`, which passes when something else closes its own: `what` cannot be had for want of a file
/// descriptor.
[[nodiscard]] Error no_descriptor(std::string const& what);

/// A socket that no child of this process inherits, as libcurl asks for it (CURLOPT_OPENSOCKETFUNCTION).
/// CURL_SOCKET_BAD, and errno, when there is none.
[[nodiscard]] curl_socket_t open_private_socket(curl_sockaddr const& address) noexcept;

/// Keeps the descriptors that wake a multi handle from children of this process, where libcurl does not do
/// that itself (7.88 does not, and tells nobody which they are). Before the handle is used; best effort.
void hide_wakeup_descriptors(CURLM* multi) noexcept;

}  // namespace polycampaign::inline v1::transport
