#pragma once
// A client for tests that sends exactly the bytes it is told and reads one response after another.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::support {

struct HttpReply {
  int status = 0;
  std::string head;  // status line and headers, without the empty line
  std::string body;

  // The value of a header, found without regard to case; empty if it is absent.
  std::string header(std::string_view name) const {
    const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
    for (std::size_t at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
      const std::string_view line = std::string_view(head).substr(at + 2, head.find("\r\n", at + 2) - at - 2);
      if (line.size() <= name.size() + 1 || line[name.size()] != ':') continue;
      if (std::equal(name.begin(), name.end(), line.begin(), same))
        return std::string(line.substr(name.size() + 2));
    }
    return "";
  }
};

class HttpClient {
 public:
  // `from`: the address of this machine it comes from, of 127.0.0.0/8.
  explicit HttpClient(std::uint16_t port, int receive_buffer = 0, const char* from = "127.0.0.1")
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0)
      setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, from, &address.sin_addr);
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no connection can be made from there");
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("the server does not take a connection");
    }
  }
  ~HttpClient() { ::close(socket_); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // False if the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  int socket() const { return socket_; }
  void finish_sending() { shutdown(socket_, SHUT_WR); }

  // The next response; `bodiless` for the answer to a HEAD. Status 0 if the connection ends first.
  HttpReply receive(bool bodiless = false) {
    HttpReply reply;
    std::size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == buffer_.npos) {
      if (!fill()) return reply;
    }
    reply.head = buffer_.substr(0, end);
    buffer_.erase(0, end + 4);
    reply.status = std::stoi(reply.head.substr(9, 3));
    const std::string length = reply.header("Content-Length");
    const std::size_t size = bodiless || length.empty() ? 0 : std::stoull(length);
    while (buffer_.size() < size && fill()) {
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return reply;
  }

  HttpReply ask(std::string_view bytes) {
    send(bytes);
    return receive(bytes.starts_with("HEAD "));
  }

  // True once the server has closed with nothing more to say; false after 20 seconds of silence.
  bool closed() {
    while (fill()) {
    }
    return !timed_out_ && buffer_.empty();
  }

 private:
  bool fill() {
    std::vector<char> some(64 * 1024);
    const ssize_t count = recv(socket_, some.data(), some.size(), 0);
    timed_out_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (count <= 0) return false;
    buffer_.append(some.data(), static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string buffer_;
  bool timed_out_ = false;
};

}  // namespace keepsake::support
