#pragma once
// A request and its response as handlers see them. No library type crosses this line.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/file.h"

namespace keepsake::http {

enum class Method { get, head, post, put, patch, del, options, other };

struct Header {
  std::string name;  // as received or as to be sent; compared without regard to case
  std::string value;
};

class Headers {
 public:
  std::optional<std::string_view> find(std::string_view name) const;  // the first of that name
  std::size_t count(std::string_view name) const;
  // All values of that name as one list (RFC 9110 5.3), empty if there is none.
  std::string joined(std::string_view name) const;
  void add(std::string_view name, std::string_view value);
  void set(std::string_view name, std::string_view value);
  const std::vector<Header>& all() const { return headers_; }

 private:
  std::vector<Header> headers_;
};

// The body of a request, read by the handler's thread as it arrives. Bounded by the server: `read` throws
// BodyTooLarge past the route's limit, BodyTimeout when the sender is too slow, Disconnected when it is gone.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // Content-Length, if the request has one.
  virtual std::optional<std::uint64_t> announced() const = 0;
  // Bytes read, 0 at the end.
  virtual std::size_t read(std::span<std::byte> into) = 0;
  // How much may be read in all; set by the handler before the first read. Default 64 KiB.
  virtual void limit(std::uint64_t bytes) = 0;
};
struct BodyTooLarge : std::runtime_error {
  using runtime_error::runtime_error;
};
struct BodyTimeout : std::runtime_error {
  using runtime_error::runtime_error;
};
struct BodyMalformed : std::runtime_error {
  using runtime_error::runtime_error;
};
struct Disconnected : std::runtime_error {
  using runtime_error::runtime_error;
};

struct RequestHead {
  Method method = Method::get;
  std::string target;      // as received: "/stories/abc?x=1"
  std::string_view path;   // of target, still percent-encoded; a view of `target`, so never copy a head
  std::string_view query;  // of target, without '?'; a view as well
  Headers headers;
  std::string peer;       // the client's address, from a named proxy's X-Forwarded-For where it is believed
  bool secure = false;    // TLS here or, said by a named proxy, there
  bool loopback = false;  // the peer is on this machine, no proxy between, and it asked for a loopback name
  std::string host;       // from Host, lower case, checked against the allow-list
  std::string reference;  // names this request in the log and on an error page
};

struct Request : RequestHead {
  BodySource* body = nullptr;  // never null within a handler
};

// A body made while it is sent, on a handler thread: read at any offset so that ranges work.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  virtual std::uint64_t size() const = 0;
  virtual std::size_t read(std::uint64_t offset, std::span<std::byte> into) = 0;  // 0 only at the end
};

using SharedText = std::shared_ptr<const std::string>;
// A file is sent by the event loop itself, without a handler's thread: it must be in memory
// (memfd_create(2)), never one that the disk has to be asked for.
using Body = std::variant<std::monostate, std::string, SharedText, std::unique_ptr<BodyStream>, SharedFile>;

struct Response {
  int status = 200;
  Headers headers;  // without Content-Length, Date, Connection: the server writes those
  Body body;
  // The server answers HEAD, Range and If-Range, If-None-Match for 200s from these two headers: ETag,
  // Accept-Ranges.

  // Where it is not zero, the answer goes out when a whole number of these has passed since the handler was
  // called, so that the time it took tells nothing. Waiting holds no handler.
  std::chrono::milliseconds pace{0};
};

}  // namespace keepsake::http
