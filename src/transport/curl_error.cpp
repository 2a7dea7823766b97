#include "transport/curl_error.hpp"

#include "transport/descriptors.hpp"
#include "transport/request_check.hpp"

#include <algorithm>
#include <cerrno>
#include <string>

namespace polycampaign::inline v1::transport {
namespace {

std::string timeout_message(Job const& job, std::string const& host) {
  auto const total = std::to_string(job.options.timeout.count()) + " ms";
  if (job.options.gate->opened()) return "no complete response from " + host + " within " + total;
  return "no connection to " + host + " within " +
         std::to_string(std::min(job.options.timeout, job.options.connect_timeout).count()) + " ms";
}

// In our own words, because the C library's depend on the locale.
std::string system_reason(long system_error) {
  switch (system_error) {
    case 0: return {};
    case ECONNREFUSED: return " (connection refused)";
    case ECONNRESET: return " (connection reset)";
    case ENETUNREACH: return " (network unreachable)";
    case EHOSTUNREACH: return " (no route to the host)";
    case ETIMEDOUT: return " (timed out)";
    case EADDRNOTAVAIL: return " (no local address or port is free)";
    case EACCES:
    case EPERM: return " (not permitted on this machine)";
    default: return " (system error " + std::to_string(system_error) + ")";
  }
}

bool may_lack_descriptors(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_FAILED_INIT:
    case CURLE_OUT_OF_MEMORY: return true;
    default: return false;
  }
}

Error failed_on_the_way(ErrorCode code, Job const& job, std::string message) {
  auto error = job.error(code, std::move(message));
  error.effect = Effect::none;
  return error;
}

Error malformed_proxy(Job const& job, Proxy const& proxy) {
  return failed_on_the_way(ErrorCode::configuration, job,
                           "the environment variable " + proxy.variable +
                               " does not contain a proxy URL such as http://proxy.example:3128 (in a user "
                               "name or password, percent-encode everything except letters and digits)");
}

Error socks_error(long proxy_error, Job const& job, Proxy const& proxy, std::string const& host) {
  auto const says = "the proxy " + proxy.name + " (" + proxy.variable + ") ";
  switch (proxy_error) {
    case CURLPX_USER_REJECTED:
    case CURLPX_NO_AUTH:
    case CURLPX_IDENTD:
    case CURLPX_IDENTD_DIFFER:
    case CURLPX_GSSAPI:
    case CURLPX_GSSAPI_PERMSG:
    case CURLPX_GSSAPI_PROTECTION:
      return failed_on_the_way(ErrorCode::configuration, job, says + "refused the user name and password");
    case CURLPX_REPLY_NOT_ALLOWED:
      return failed_on_the_way(ErrorCode::configuration, job, says + "does not allow connections to " + host);
    default:
      return failed_on_the_way(
          ErrorCode::network, job,
          says + "could not connect to " + host + " (SOCKS error " + std::to_string(proxy_error) + ")");
  }
}

// Returns whether libcurl failed to connect to the proxy. Only its text says so.
bool names_proxy(std::string_view detail, Proxy const& proxy) {
  return !proxy.host.empty() && detail.find(' ' + proxy.host + ' ') != detail.npos;
}

// An additional safeguard, whatever TLS libraries are known to say.
bool may_quote_url(std::string_view detail) {
  return detail.find("://") != detail.npos || detail.find('@') != detail.npos;
}

}  // namespace

Error proxy_refusal(long status, Job const& job, Proxy const& proxy) {
  constexpr long unauthorized = 407;
  constexpr long not_implemented = 501;
  bool const passing = status == 408 || status == 429 || (status >= 500 && status != not_implemented);
  auto message = "the proxy " + proxy.name + " (" + proxy.variable + ") returned HTTP " +
                 std::to_string(status) + " instead of connecting to " + host_of(job.request.url);
  if (status == unauthorized) message += "; set the right user name and password in the proxy's URL";
  return failed_on_the_way(passing ? ErrorCode::network : ErrorCode::configuration, job, std::move(message));
}

Error curl_error(Failure const& failure, Job const& job, Proxy const& proxy) {
  auto const code = failure.code;
  auto const host = host_of(job.request.url);
  auto const plain_why = std::string{" ("} + curl_easy_strerror(code) + ")";
  auto const why = failure.detail.empty() || may_quote_url(failure.detail)
                       ? plain_why
                       : " (" + std::string{failure.detail} + ")";
  auto const network = [&](std::string text) { return job.error(ErrorCode::network, std::move(text)); };
  auto const tls = [&](std::string text) { return job.error(ErrorCode::tls, std::move(text)); };
  auto const protocol = [&](std::string text) { return job.error(ErrorCode::protocol, std::move(text)); };

  constexpr long any_success = 2;
  if (failure.tunnel_status != 0 && failure.tunnel_status / 100 != any_success)
    return proxy_refusal(failure.tunnel_status, job, proxy);
  bool const out_of_descriptors = code == CURLE_COULDNT_CONNECT
                                      ? failure.out_of_descriptors
                                      : may_lack_descriptors(code) && descriptors_exhausted();
  if (out_of_descriptors)
    return job.error(ErrorCode::unavailable, no_descriptor("cannot connect to " + host).message);

  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return job.error(ErrorCode::deadline_exceeded, timeout_message(job, host));

    case CURLE_COULDNT_RESOLVE_HOST: return network("cannot find the address of " + host);
    case CURLE_COULDNT_RESOLVE_PROXY:
      if (proxy.malformed()) return malformed_proxy(job, proxy);
      return network("cannot find the address of the proxy " + proxy.name + " (" + proxy.variable +
                     ") on the way to " + host);
    case CURLE_COULDNT_CONNECT:
      if (names_proxy(failure.detail, proxy))
        return network("cannot connect to the proxy " + proxy.name + " (" + proxy.variable +
                       ") on the way to " + host + system_reason(failure.system_error));
      return network("cannot connect to " + host + system_reason(failure.system_error));
    case CURLE_PROXY: return socks_error(failure.proxy_error, job, proxy, host);
    case CURLE_GOT_NOTHING: return network(host + " closed the connection without a response");
    case CURLE_PARTIAL_FILE: return network("the response from " + host + " ended early");
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return network("the connection to " + host + " broke" + plain_why);

    case CURLE_PEER_FAILED_VERIFICATION:
      return tls("the certificate of " + host + " was refused" + why +
                 "; if the certificate is self-signed or its authority is private, set ca_file to that "
                 "certificate or authority");
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return tls("the public key of " + host + " does not match the pinned key");
    case CURLE_SSL_CACERT_BADFILE:
      if (!failure.authorities_readable) return tls("the trusted certificates cannot be loaded" + why);
      // libcurl has closed its socket by now, so it is unknown whether that was the reason.
      return job.error(ErrorCode::unavailable,
                       "the trusted certificates could not be loaded, but can be read now; if this happens "
                       "often, the process runs out of file descriptors: raise the limit (ulimit -n)");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED: return tls("no TLS connection to " + host + why);

    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer that is not HTTP/1.0 or later
      return protocol(host + " does not respond in HTTP" + plain_why);
    case CURLE_BAD_CONTENT_ENCODING: return protocol("the response from " + host + " cannot be decoded");
    case CURLE_URL_MALFORMAT: return job.error(ErrorCode::configuration, "the URL is malformed");

    default: break;
  }
  // Any other failure (memory, sockets, a code of a later libcurl) happened on this side or on the way.
  return network("no response from " + host + plain_why);
}

}  // namespace polycampaign::inline v1::transport
