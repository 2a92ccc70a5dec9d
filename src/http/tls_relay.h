#pragma once
// One client's connection by TLS, and the local one that stands for it.
#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <span>

#include "http/loop.h"
#include "http/tls_certificate.h"

namespace keepsake::http {

// Lives on one thread. OpenSSL works on the socket itself: a connection that rests holds no buffer.
class TlsRelay {
 public:
  // Takes over the plain side of a client who has shaken hands.
  using Serve = std::function<void(int socket, const Address& peer)>;

  TlsRelay(Socket client, const Address& peer, const TlsContext& context, const ServerSettings& settings);

  // Goes on until both sides are over.
  Task<void> carry(const Serve& serve);

  const Address& peer() const { return peer_; }
  bool is_shaking_hands() const { return !inner_.is_open(); }
  // Ends it if its client kept it waiting too long.
  void check_deadline(SteadyClock::time_point now);
  void abort();

 private:
  struct Freed {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  Task<bool> shake_hands();
  bool open_inner(const Serve& serve);
  Task<void> carry_in();
  Task<void> carry_out();
  Task<bool> pass_in(std::span<const char> bytes);
  Task<bool> send(std::span<const char> bytes);
  Task<int> with_tls(std::function<int(SSL*)> step);
  Task<bool> ready(Socket& socket, Socket::wait_type what);
  void say_goodbye();
  void expect_within(std::chrono::milliseconds patience) { deadline_ = SteadyClock::now() + patience; }
  void expect_nothing() { deadline_ = SteadyClock::time_point::max(); }

  const ServerSettings& settings_;
  Socket client_;
  Socket inner_;
  const Address peer_;
  std::unique_ptr<SSL, Freed> tls_;
  bool broken_ = false;  // nothing more may be said by TLS
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
};

}  // namespace keepsake::http
