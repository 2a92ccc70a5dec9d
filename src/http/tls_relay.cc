#include "http/tls_relay.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

namespace keepsake::http {
namespace {

// The most that one record of TLS holds (RFC 8446 5.1).
constexpr std::size_t record_bytes = 16 * 1024;
// For a client to hang up once all has been said.
constexpr std::chrono::milliseconds goodbye_patience{5'000};

using Record = std::array<char, record_bytes>;
const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());

}  // namespace

TlsRelay::TlsRelay(Socket client, const Address& peer, const TlsContext& context,
                   const ServerSettings& settings)
    : settings_(settings),
      client_(std::move(client)),
      inner_(client_.get_executor()),
      peer_(peer),
      tls_(SSL_new(context.get())) {
  if (!tls_ || SSL_set_fd(tls_.get(), client_.native_handle()) != 1) throw std::bad_alloc();
}

Task<void> TlsRelay::carry(const Serve& serve) {
  using asio::experimental::awaitable_operators::operator&&;
  if (!co_await shake_hands() || !open_inner(serve)) co_return;
  co_await (carry_in() && carry_out());
}

Task<bool> TlsRelay::shake_hands() {
  expect_within(settings_.head_patience);
  const int result = co_await with_tls([](SSL* tls) { return SSL_accept(tls); });
  expect_nothing();
  co_return result == 1;
}

bool TlsRelay::open_inner(const Serve& serve) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) return false;
  inner_.assign(asio::ip::tcp::v4(), pair[0]);
  serve(pair[1], peer_);
  return true;
}

Task<void> TlsRelay::carry_in() {
  while (SSL_has_pending(tls_.get()) || co_await ready(client_, Socket::wait_read)) {
    const auto record = std::make_unique<Record>();
    const int count = co_await with_tls(
        [&record](SSL* tls) { return SSL_read(tls, record->data(), static_cast<int>(record->size())); });
    if (count <= 0 || !co_await pass_in({record->data(), static_cast<std::size_t>(count)})) break;
  }
  boost::system::error_code ignored;
  inner_.shutdown(Socket::shutdown_send, ignored);
}

Task<void> TlsRelay::carry_out() {
  while (co_await ready(inner_, Socket::wait_read)) {
    const auto record = std::make_unique<Record>();
    boost::system::error_code error;
    const std::size_t count = inner_.read_some(asio::buffer(*record), error);
    if (error == asio::error::would_block) continue;
    if (error || !co_await send({record->data(), count})) break;
  }
  say_goodbye();
}

Task<bool> TlsRelay::pass_in(std::span<const char> bytes) {
  while (!bytes.empty()) {
    boost::system::error_code error;
    bytes = bytes.subspan(inner_.write_some(asio::buffer(bytes.data(), bytes.size()), error));
    if (error == asio::error::would_block) {
      if (!co_await ready(inner_, Socket::wait_write)) co_return false;
    } else if (error) {
      co_return false;
    }
  }
  co_return true;
}

Task<bool> TlsRelay::send(std::span<const char> bytes) {
  expect_within(settings_.body_patience);
  while (!bytes.empty()) {
    const int count = co_await with_tls(
        [bytes](SSL* tls) { return SSL_write(tls, bytes.data(), static_cast<int>(bytes.size())); });
    if (count <= 0) co_return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  expect_nothing();
  co_return true;
}

// The result of a step of OpenSSL's, repeated whenever the socket is ready for what it waits for; not above 0
// once there is nothing more to read or something broke.
Task<int> TlsRelay::with_tls(std::function<int(SSL*)> step) {
  while (!broken_) {
    ERR_clear_error();
    const int result = step(tls_.get());
    if (result > 0) co_return result;
    const int wants = SSL_get_error(tls_.get(), result);
    if (wants == SSL_ERROR_ZERO_RETURN) co_return 0;
    if (wants != SSL_ERROR_WANT_READ && wants != SSL_ERROR_WANT_WRITE) break;
    const auto what = wants == SSL_ERROR_WANT_READ ? Socket::wait_read : Socket::wait_write;
    if (!co_await ready(client_, what)) break;
  }
  broken_ = true;
  co_return -1;
}

Task<bool> TlsRelay::ready(Socket& socket, Socket::wait_type what) {
  const auto [error] = co_await socket.async_wait(what, token);
  co_return !error;
}

// A client who knows TLS can tell the end of an answer from a cut line (RFC 8446 6.1).
void TlsRelay::say_goodbye() {
  ERR_clear_error();
  if (!broken_) SSL_shutdown(tls_.get());
  boost::system::error_code ignored;
  client_.shutdown(Socket::shutdown_send, ignored);
  // What the client still sends is for the other side to take or to leave, until it hangs up.
  expect_within(goodbye_patience);
}

void TlsRelay::check_deadline(SteadyClock::time_point now) {
  if (now >= deadline_) abort();
}

void TlsRelay::abort() {
  broken_ = true;
  boost::system::error_code ignored;
  client_.close(ignored);
  inner_.close(ignored);
}

}  // namespace keepsake::http
