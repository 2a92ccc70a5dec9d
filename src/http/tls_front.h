#pragma once
// TLS 1.2 and 1.3 (RFC 5246, RFC 8446) before the loops: a thread of its own shakes hands with clients and
// carries their bytes to and from a pair of local sockets, whose other end a loop serves like any connection.
#include <cstdint>
#include <functional>
#include <memory>

#include "http/address.h"
#include "http/server.h"

namespace keepsake::http {

class TlsFront {
 public:
  // Has the plain side served, of which it becomes the owner. Called on the front's thread; must not block.
  using Serve = std::function<void(int socket, const Address& peer)>;

  // Listens when this returns. Throws std::system_error if it cannot, and std::runtime_error if the
  // certificate cannot be used. `settings.tls` must be there.
  TlsFront(const ServerSettings& settings, Serve serve);
  ~TlsFront();
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;

  std::uint16_t port() const;
  // Serves until the last connection is over after stop().
  void run();
  // From any thread.
  void stop();

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace keepsake::http
