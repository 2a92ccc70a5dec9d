#include "http/tls_certificate.h"

#include <openssl/err.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/log.h"

namespace keepsake::http {
namespace {

// Of TLS 1.2, those with forward secrecy and authenticated encryption (RFC 9325 4.2).
constexpr const char* ciphers_of_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::string reason() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

// Who offers protocols and not this one is refused (RFC 7301 3.2).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr std::string_view http11 = "http/1.1";
  const std::string_view offers(reinterpret_cast<const char*>(offered), offered_size);
  for (std::size_t at = 0; at < offers.size(); at += 1 + static_cast<unsigned char>(offers[at])) {
    const std::string_view name = offers.substr(at + 1, static_cast<unsigned char>(offers[at]));
    if (name != http11) continue;
    *chosen = offered + at + 1;
    *size = static_cast<unsigned char>(name.size());
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

TlsContext new_context() {
  TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) throw std::runtime_error("TLS: " + reason());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context.get(), ciphers_of_1_2);
  // Tickets of 1.2 would be opened by one key for as long as this context is used.
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                         SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  return context;
}

TlsContext load(const TlsFiles& files) {
  const TlsContext context = new_context();
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
    throw std::runtime_error("The certificate in " + files.certificate.string() +
                             " cannot be used: " + reason());
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error("The key in " + files.key.string() + " cannot be used: " + reason());
  if (SSL_CTX_check_private_key(context.get()) != 1)
    throw std::runtime_error("The key in " + files.key.string() + " is not that of the certificate in " +
                             files.certificate.string() + ".");
  return context;
}

}  // namespace

TlsCertificate::TlsCertificate(TlsFiles files)
    : files_(std::move(files)), written_(written_at()), context_(load(files_)) {}

const TlsContext& TlsCertificate::current() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < files_.look_again) return context_;
  looked_ = now;
  const WrittenAt written = written_at();
  if (written == written_) return context_;
  written_ = written;
  try {
    context_ = load(files_);
    log_info("the certificate was renewed");
  } catch (const std::exception& error) {
    log_error("the last certificate stays", {{"error", error.what()}});
  }
  return context_;
}

// A file that is not there now was never written, and is looked for again.
TlsCertificate::WrittenAt TlsCertificate::written_at() const {
  std::error_code ignored;
  return {std::filesystem::last_write_time(files_.certificate, ignored),
          std::filesystem::last_write_time(files_.key, ignored)};
}

}  // namespace keepsake::http
