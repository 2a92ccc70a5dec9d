#pragma once
#include <cstdint>
#include <string>

namespace keepsake::http {

// shared: several sockets of this process share the port (SO_REUSEPORT) and the kernel spreads what arrives.
enum class Sharing { alone, shared };

// A listening TCP socket; the caller closes it. Port 0 takes any free one. Throws std::system_error, and
// std::invalid_argument if `address` is no IP address.
int listen_on(const std::string& address, std::uint16_t port, Sharing sharing);
std::uint16_t port_of(int socket);

// Throws std::system_error if another process listens there. Needed before `shared`, with which two servers
// would otherwise silently take turns.
void check_free(const std::string& address, std::uint16_t port);

}  // namespace keepsake::http
