#include "http/metrics_listener.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/listening.h"
#include "http/request_parser.h"
#include "http/thread_signals.h"

namespace keepsake::http {
namespace {

constexpr std::size_t most_head = 8 * 1024;

void set_patience(int client) {
  const timeval patience{.tv_sec = 2, .tv_usec = 0};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// Empty unless a whole head came.
std::string receive_head(int client) {
  std::string text;
  HeadScanner scanner;
  while (text.size() < most_head) {
    char some[1024];
    const ssize_t count = recv(client, some, sizeof some, 0);
    if (count <= 0) return {};
    text.append(some, static_cast<std::size_t>(count));
    const auto found = scanner.scan(text);
    if (found == HeadScanner::Found::complete) return text.substr(0, scanner.size());
    if (found == HeadScanner::Found::malformed) return {};
  }
  return {};
}

bool asks_for_metrics(const std::string& text) {
  RequestHead head;
  Framing framing;
  return parse_head(text, head, framing) == 0 && head.method == Method::get && head.path == "/metrics";
}

void send_all(int client, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = send(client, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void answer(int client, std::string_view status, std::string_view text) {
  send_all(client, "HTTP/1.1 " + std::string(status) +
                       "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
                       std::to_string(text.size()) + "\r\nConnection: close\r\n\r\n");
  send_all(client, text);
}

}  // namespace

MetricsListener::MetricsListener(std::uint16_t port, std::function<std::string()> text)
    : text_(std::move(text)), listening_(listen_on("127.0.0.1", port, Sharing::alone)) {}

MetricsListener::~MetricsListener() {
  stop();
  close(listening_);
}

std::uint16_t MetricsListener::port() const {
  return port_of(listening_);
}

void MetricsListener::start() {
  const SignalsBlocked blocked;
  thread_ = std::thread([this] { run(); });
}

void MetricsListener::stop() {
  shutdown(listening_, SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
}

void MetricsListener::run() {
  while (true) {
    const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (client < 0) return;
    serve(client);
    close(client);
  }
}

void MetricsListener::serve(int client) const try {
  set_patience(client);
  if (asks_for_metrics(receive_head(client))) {
    answer(client, "200 OK", text_());
  } else {
    answer(client, "404 Not Found", "GET /metrics is all there is here.\n");
  }
} catch (const std::exception& error) {
  log_error("metrics failed", {{"error", error.what()}});
  answer(client, "500 Internal Server Error", "");
}

}  // namespace keepsake::http
