#include "http/listening.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "http/address.h"

namespace keepsake::http {
namespace {

// What the kernel takes of a connection's answers beyond what is on its way. By itself it takes as much as
// the fastest network might carry: of forty pages that nobody read it kept 270 KiB.
constexpr int most_unsent = 16 * 1024;

struct Endpoint {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Endpoint endpoint_of(const std::string& text, std::uint16_t port) {
  const auto address = parse_address(text);
  if (!address) throw std::invalid_argument("\"" + text + "\" is no IP address");
  Endpoint endpoint;
  if (address->is_v4()) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(endpoint.storage);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&v4.sin_addr, address->bytes.data() + 12, 4);
    endpoint.size = sizeof v4;
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, address->bytes.data(), 16);
    endpoint.size = sizeof v6;
  }
  return endpoint;
}

[[noreturn]] void fail(int socket, const std::string& what) {
  const int error = errno;
  if (socket >= 0) close(socket);
  throw std::system_error(error, std::generic_category(), what);
}

int bind_to(const std::string& address, std::uint16_t port, Sharing sharing) {
  const Endpoint endpoint = endpoint_of(address, port);
  const std::string what = "listening on " + address + " port " + std::to_string(port);
  const int made = socket(endpoint.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) fail(made, what);
  const int yes = 1;
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (sharing == Sharing::shared) setsockopt(made, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
  if (bind(made, reinterpret_cast<const sockaddr*>(&endpoint.storage), endpoint.size) != 0) fail(made, what);
  return made;
}

}  // namespace

int listen_on(const std::string& address, std::uint16_t port, Sharing sharing) {
  const int made = bind_to(address, port, sharing);
  // Accepted sockets inherit it (tcp(7)).
  setsockopt(made, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most_unsent, sizeof most_unsent);
  if (listen(made, SOMAXCONN) != 0) fail(made, "listening on " + address);
  return made;
}

std::uint16_t port_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0)
    fail(-1, "the port of a socket");
  if (storage.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
  return ntohs(reinterpret_cast<const sockaddr_in6&>(storage).sin6_port);
}

void check_free(const std::string& address, std::uint16_t port) {
  close(bind_to(address, port, Sharing::alone));
}

}  // namespace keepsake::http
