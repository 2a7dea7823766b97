#include "transport/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>

namespace polycampaign::loopback {
namespace {

template <class T, class F>
std::unique_ptr<T, F> owned(T* object, F free) {
  if (object == nullptr) std::abort();
  return {object, free};
}

template <class F>
std::string as_pem(F write) {
  auto const sink = owned(BIO_new(BIO_s_mem()), BIO_free);
  if (write(sink.get()) != 1) std::abort();
  char* text = nullptr;
  auto const size = BIO_get_mem_data(sink.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string pin_of(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  auto const size = i2d_PUBKEY(key, &der);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(der, static_cast<std::size_t>(size), digest.data());
  OPENSSL_free(der);
  std::array<unsigned char, 64> text{};
  auto const length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return "sha256//" + std::string{text.begin(), text.begin() + length};
}

}  // namespace

Certificate self_signed(CertificateSpec const& spec) {
  auto const key = owned(EVP_EC_gen("P-256"), EVP_PKEY_free);
  auto const certificate = owned(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  auto const seconds = [](std::chrono::hours time) {
    return static_cast<long>(std::chrono::seconds{time}.count());
  };
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), seconds(spec.begins));
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds(spec.ends));
  X509_set_pubkey(certificate.get(), key.get());
  auto* const name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("test"), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), name);
  auto const extension = owned(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, spec.names.c_str()), X509_EXTENSION_free);
  X509_add_ext(certificate.get(), extension.get(), -1);
  if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) std::abort();

  Certificate made;
  made.identity.certificate = as_pem([&](BIO* to) { return PEM_write_bio_X509(to, certificate.get()); });
  made.identity.key = as_pem([&](BIO* to) {
    return PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  made.pin = pin_of(key.get());
  return made;
}

TemporaryDirectory::TemporaryDirectory() {
  auto pattern = (std::filesystem::temp_directory_path() / "polycampaign-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::file(std::string_view name, std::string_view content) const {
  auto const path = path_ / name;
  std::ofstream{path, std::ios::binary} << content;
  return path.string();
}

}  // namespace polycampaign::loopback
