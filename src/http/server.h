#pragma once
// HTTP/1.1 (RFC 9110, 9112) with TLS or without: event loops take connections, read requests under limits and
// send responses; handlers run on a pool of threads with a bounded queue. Coroutines stay inside.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/later.h"
#include "http/message.h"

namespace keepsake::http {

// A chain of certificates (the server's own first) and its key, both PEM; where to be asked by TLS.
struct TlsFiles {
  std::filesystem::path certificate, key;
  std::uint16_t port = 8443;                    // 0: any free one
  std::chrono::milliseconds look_again{5'000};  // for a renewed certificate, at most as often
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;       // 0: any free one
  std::uint16_t metrics_port = 0;  // listener of its own on 127.0.0.1; 0: none
  std::optional<TlsFiles> tls;     // by https as well, where there is one
  int loops = 2;
  int handlers = 64;                     // threads, 256 KiB of stack each
  std::size_t waiting = 1024;            // requests that may wait for a handler; then 503
  std::size_t arriving_of_address = 16;  // handlers whose request is still being sent from one address
  // In all, if the process may open as many files. When the house is full a newcomer takes the place of who
  // has been idle the longest, those first who hold more than a twentieth of all places.
  std::size_t most_connections = 20'000;
  std::size_t most_of_address = 5'000;  // of one IPv4 address or IPv6 /64 that is no named proxy
  // Memory that requests and answers take while the house waits for clients to send or to read on. Past it
  // those are let go that keep it waiting the longest.
  std::size_t most_held_bytes = std::size_t{32} * 1024 * 1024;
  std::size_t most_head_bytes = 16 * 1024;
  std::size_t most_headers = 100;
  std::size_t most_target_bytes = 4 * 1024;         // then 414
  std::chrono::milliseconds head_patience{10'000};  // from the first byte of a request to the end of its head
  std::chrono::milliseconds idle_patience{60'000};  // between requests
  std::chrono::milliseconds body_patience{30'000};  // without progress, of a body or an answer
  std::uint64_t least_rate = 1024;  // bytes a second of a body or an answer, over all of it once that is up
  std::chrono::milliseconds queue_patience{10'000};  // to wait for a handler; then 503
  std::chrono::milliseconds drain_patience{20'000};  // at a graceful stop
  std::vector<std::string> proxies;  // addresses or CIDR blocks whose forwarded headers are believed
  // Allowed Host names (without port); loopback names always. The first stands in where HTTP/1.0 names none.
  std::vector<std::string> hosts;
  bool access_log = true;  // one line for each request
};

// What a handler of the server must give.
struct Handlers {
  // On the event loop, for requests of any method without a body: an answer ready in memory (its body is
  // text, a file in memory or none), or null. Must not block, lock for long or allocate much.
  std::function<std::shared_ptr<const Response>(const RequestHead&)> at_once;
  // On a handler thread; what it gives may let go of the thread and goes on on another. A throw becomes a 500
  // with the request's reference and no internals.
  std::function<Later<Response>(Request&)> handle;
  // The body of an error the server answers itself (400, 408, 413, 414, 421, 431, 500, 501, 503, 505), for a
  // reader of HTML or JSON. On any thread, so it must not block; where the request could not be read its head
  // holds little but the reference.
  std::function<Response(int status, const RequestHead&)> failure;
  // The text of GET /metrics, beside the server's own lines.
  std::function<std::string()> metrics;
  // A path with its private parts masked ("/stories/ID"), for the access log.
  std::function<std::string(const RequestHead&)> loggable_path;
};

class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual std::uint16_t metrics_port() const = 0;
  virtual std::uint16_t tls_port() const = 0;  // 0: none
  // Serves until stop() is called.
  virtual void run() = 0;
  // From any thread or a signal's handler thread: takes no more connections, finishes what runs (at most
  // drain_patience), then run() returns.
  virtual void stop() = 0;
};

// Listens when this returns; throws std::system_error if it cannot.
std::unique_ptr<Server> make_server(const ServerSettings& settings, Handlers handlers);

}  // namespace keepsake::http
