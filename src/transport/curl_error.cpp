#include "transport/curl_error.hpp"

#include "transport/request_check.hpp"

#include <string>

namespace polycampaign::inline v1::transport {
namespace {

std::string timeout_message(Job const& job, std::string const& host) {
  auto const total = std::to_string(job.options.timeout.count()) + " ms";
  if (job.options.gate->opened()) return "no complete answer of " + host + " within " + total;
  return "no connection to " + host + " within " +
         std::to_string(std::min(job.options.timeout, job.options.connect_timeout).count()) + " ms";
}

}  // namespace

Error curl_error(CURLcode code, std::string_view detail, Job const& job) {
  auto const host = host_of(job.request.url);
  auto const why = " (" + std::string{detail.empty() ? curl_easy_strerror(code) : detail} + ")";
  auto const plain_why = std::string{" ("} + curl_easy_strerror(code) + ")";
  auto const network = [&](std::string text) { return job.error(ErrorCode::network, std::move(text)); };
  auto const tls = [&](std::string text) { return job.error(ErrorCode::tls, std::move(text)); };
  auto const protocol = [&](std::string text) { return job.error(ErrorCode::protocol, std::move(text)); };

  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return job.error(ErrorCode::deadline_exceeded, timeout_message(job, host));

    case CURLE_COULDNT_RESOLVE_HOST: return network("cannot find the address of " + host + why);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return network("cannot find the proxy on the way to " + host +
                     "; see the environment's proxy variables");
    case CURLE_COULDNT_CONNECT: return network("cannot connect to " + host + why);
    case CURLE_GOT_NOTHING: return network(host + " closed the connection without an answer");
    case CURLE_PARTIAL_FILE: return network("the answer of " + host + " ended before its end");
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return network("the connection to " + host + " broke" + plain_why);

    case CURLE_PEER_FAILED_VERIFICATION:
      return tls("the certificate of " + host + " was refused" + why +
                 "; if it is the server's own, name it or its authority as ca_file");
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return tls("the public key of " + host + " is not the pinned one");
    case CURLE_SSL_CACERT_BADFILE: return tls("the trusted certificates cannot be loaded" + why);
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
      return protocol(host + " does not answer in HTTP" + plain_why);
    case CURLE_BAD_CONTENT_ENCODING: return protocol("the answer of " + host + " cannot be decompressed");
    case CURLE_URL_MALFORMAT: return job.error(ErrorCode::configuration, "the URL is malformed");

    default: break;
  }
  // Whatever else there is (memory, sockets, a code of a later libcurl), it happened on this side or on the
  // way.
  return network("no answer of " + host + plain_why);
}

}  // namespace polycampaign::inline v1::transport
