#include "app/control.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "base/log.h"

namespace keepsake {
namespace {

constexpr const char* socket_name = "control.sock";
constexpr std::size_t longest_line = 64;

Descriptor unix_socket(int flags) {
  Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  if (!made) throw_errno("socket");
  return made;
}

// By way of /proc, since a path in a socket's address has at most 107 bytes and a directory's may be longer.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", folder.get(), socket_name);
  return address;
}

const sockaddr* plain(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

void be_patient(const Descriptor& socket, int seconds) {
  const timeval patience{seconds, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

bool send_line(const Descriptor& socket, std::string_view line) {
  const std::string text = std::string(line) + "\n";
  return ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

// What comes before the first line feed; empty if the other side sends none, too much or too slowly.
std::string receive_line(const Descriptor& socket) {
  std::string line;
  std::array<char, longest_line> piece;
  while (line.size() <= longest_line) {
    const ssize_t got = ::recv(socket.get(), piece.data(), piece.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    line.append(piece.data(), static_cast<std::size_t>(got));
    if (const std::size_t end = line.find('\n'); end != line.npos) return line.substr(0, end);
  }
  return {};
}

Descriptor lock_in(const std::filesystem::path& directory) {
  Descriptor lock(::open((directory / "control.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) throw_errno("open control.lock");
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) throw AlreadyServed("another Keepsake serves " + directory.string());
  throw_errno("flock control.lock");
}

// To be called under the lock: a socket that is there belongs to a server that is gone.
Descriptor listen_in(const std::filesystem::path& directory) {
  const Descriptor folder = open_folder(directory);
  if (::unlinkat(folder.get(), socket_name, 0) != 0 && errno != ENOENT) throw_errno("unlink control.sock");
  Descriptor listener = unix_socket(SOCK_NONBLOCK);
  // Linux takes the mode of the file from the socket, so that it is never open to others.
  if (::fchmod(listener.get(), 0600) != 0) throw_errno("fchmod");
  const sockaddr_un address = address_in(folder);
  if (::bind(listener.get(), plain(address), sizeof address) != 0) throw_errno("bind control.sock");
  if (::listen(listener.get(), 16) != 0) throw_errno("listen");
  return listener;
}

}  // namespace

ControlServer::ControlServer(const std::filesystem::path& directory, std::function<void()> refresh)
    : socket_(directory / socket_name),
      refresh_(std::move(refresh)),
      lock_(lock_in(directory)),
      listener_(listen_in(directory)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  if (!stop_) throw_errno("eventfd");
  thread_ = std::thread([this] { run(); });
}

ControlServer::~ControlServer() {
  const std::uint64_t one = 1;
  while (::write(stop_.get(), &one, sizeof one) < 0 && errno == EINTR) {
  }
  thread_.join();
  ::unlink(socket_.c_str());
}

void ControlServer::run() {
  std::array<pollfd, 2> waiting = {pollfd{listener_.get(), POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
  while (!(waiting[1].revents & POLLIN)) {
    if (::poll(waiting.data(), waiting.size(), -1) < 0 || !(waiting[0].revents & POLLIN)) continue;
    const Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client) answer(client);
  }
}

void ControlServer::answer(const Descriptor& client) {
  be_patient(client, 2);
  if (receive_line(client) != "refresh") {
    send_line(client, "unknown");
    return;
  }
  try {
    refresh_();
    send_line(client, "ok");
  } catch (const std::exception& fault) {
    log_error("refresh failed", {{"fault", fault.what()}});
    send_line(client, "failed");
  }
}

Told ControlClient::tell(const std::filesystem::path& directory) noexcept try {
  const Descriptor folder = open_folder(directory);
  const Descriptor socket = unix_socket(0);
  be_patient(socket, 5);
  const sockaddr_un address = address_in(folder);
  if (::connect(socket.get(), plain(address), sizeof address) != 0)
    return errno == ENOENT || errno == ECONNREFUSED ? Told::no_server : Told::failed;
  return send_line(socket, "refresh") && receive_line(socket) == "ok" ? Told::told : Told::failed;
} catch (const std::exception&) {
  return Told::failed;
}

}  // namespace keepsake
