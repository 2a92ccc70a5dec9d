#include "http/loop.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "base/random.h"
#include "http/connection.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view full_house =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";

Response plain_failure(int status) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.body = std::string("This request could not be answered.\n");
  return response;
}

std::uint64_t random_number() {
  std::array<std::byte, 8> bytes;
  fill_random(bytes);
  std::uint64_t number = 0;
  for (const std::byte byte : bytes) number = number << 8 | static_cast<std::uint64_t>(byte);
  return number;
}

// Often enough that no patience is overdrawn by more than a quarter.
std::chrono::milliseconds sweep_interval(const ServerSettings& settings) {
  const auto shortest = std::min({settings.head_patience, settings.idle_patience, settings.body_patience});
  return std::clamp<std::chrono::milliseconds>(shortest / 4, 5ms, 500ms);
}

}  // namespace

Task<void> accept_each(Acceptor& acceptor, Take take) {
  const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(token);
    if (error) {
      if (!acceptor.is_open()) co_return;
      Timer pause(acceptor.get_executor(), 50ms);  // no file left, most likely: some will be closed soon
      co_await pause.async_wait(token);
      continue;
    }
    const auto remote = socket.remote_endpoint(error);
    if (error) continue;
    socket.non_blocking(true, error);
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    take(std::move(socket), parse_address(remote.address().to_string()).value_or(Address{}));
  }
}

bool Arriving::enter(const Address& address) {
  const std::lock_guard lock(mutex_);
  if (all_ >= most_ || crowd_.of(address) >= most_of_address_) return false;
  ++all_;
  crowd_.add(address);
  return true;
}

void Arriving::leave(const Address& address) {
  const std::lock_guard lock(mutex_);
  --all_;
  crowd_.remove(address);
}

Service::Service(const ServerSettings& given, Handlers functions)
    : settings(given),
      handlers(std::move(functions)),
      proxies(given.proxies),
      hosts(given.hosts),
      arriving(std::max<std::size_t>(1, static_cast<std::size_t>(given.handlers) * 3 / 4),
               given.arriving_of_address),
      pool(static_cast<std::size_t>(given.handlers), given.waiting) {}

Response Service::failure(int status, const RequestHead& head) const noexcept try {
  Response response = handlers.failure ? handlers.failure(status, head) : plain_failure(status);
  response.status = status;
  if (status == 503) response.headers.set("Retry-After", "5");
  return response;
} catch (const std::exception& error) {
  log_error("error page failed", {{"reference", head.reference}, {"error", error.what()}});
  return plain_failure(status);
}

void Service::warn_of_forwarding(const Address& peer) {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(SteadyClock::now().time_since_epoch()).count();
  std::int64_t last = last_warning_;
  if (last != INT64_MIN && now - last < 60) return;
  if (!last_warning_.compare_exchange_strong(last, now)) return;
  const std::string from = peer.text();
  log_warning("forwarded headers not believed", {{"from", from}});
}

Loop::Loop(Service& shared, Acceptor::native_handle_type listening, const asio::ip::tcp& protocol)
    : service(shared),
      acceptor_(context.get_executor(), protocol, listening),
      sweeper_(context.get_executor()),
      reference_state_(random_number()) {
  const auto take_plain = [this](Socket socket, const Address& peer) {
    take(std::move(socket), peer, false);
  };
  asio::co_spawn(context.get_executor(), accept_each(acceptor_, take_plain), asio::detached);
  asio::co_spawn(context.get_executor(), sweep(), asio::detached);
}

void Loop::run() {
  while (true) {
    try {
      context.run();
      return;
    } catch (const std::exception& error) {
      log_error("event loop", {{"error", error.what()}});
    }
  }
}

void Loop::stop() {
  asio::post(context, [this] { drain(); });
}

void Loop::drain() {
  if (draining) return;
  draining = true;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  patience_ends_ = SteadyClock::now() + service.settings.drain_patience;
  for (Connection* connection : connections_) connection->close_if_idle();
  sweeper_.cancel();
}

void Loop::add(Connection& connection) {
  connection.place = connections_.size();
  connections_.push_back(&connection);
  crowd_.add(connection.peer());
  counters.opened.add();
  ++service.connections;
}

void Loop::remove(Connection& connection) {
  connections_.back()->place = connection.place;
  connections_[connection.place] = connections_.back();
  connections_.pop_back();
  crowd_.remove(connection.peer());
  counters.closed.add();
  --service.connections;
  if (draining && connections_.empty()) sweeper_.cancel();
}

std::string Loop::next_reference() {
  static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
  std::uint64_t mixed = reference_state_ += 0x9e3779b97f4a7c15;  // SplitMix64
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  mixed ^= mixed >> 31;
  std::string reference(12, ' ');
  for (char& letter : reference) {
    letter = letters[mixed % 32];
    mixed /= 32;
  }
  return reference;
}

void Loop::expect_sent() {
  sent_.emplace(context.get_executor());
}

void Loop::expect_no_more_sent() {
  asio::post(context, [this] { sent_.reset(); });
}

void Loop::serve(int made, const Address& peer) {
  // Of its kind asio needs to know no more than that it is a stream.
  Socket socket(context.get_executor(), asio::ip::tcp::v4(), made);
  asio::post(context,
             [this, peer, socket = std::move(socket)]() mutable { take(std::move(socket), peer, true); });
}

void Loop::take(Socket socket, const Address& peer, bool secure) {
  if (draining) return;
  if (!admits(peer)) return turn_away(socket);
  auto connection = std::make_shared<Connection>(*this, std::move(socket), peer, secure);
  asio::co_spawn(context.get_executor(), Connection::serve(std::move(connection)), asio::detached);
}

void Loop::turn_away(Socket& socket) {
  counters.turned_away.add();
  boost::system::error_code ignored;
  socket.write_some(asio::buffer(full_house.data(), full_house.size()), ignored);
  socket.shutdown(Socket::shutdown_both, ignored);
}

Task<void> Loop::sweep() {
  const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());
  const auto interval = sweep_interval(service.settings);
  while (!draining || !connections_.empty()) {
    sweeper_.expires_after(interval);
    co_await sweeper_.async_wait(token);
    const auto now = SteadyClock::now();
    for (Connection* connection : connections_) {
      now >= patience_ends_ ? connection->abort() : connection->check_deadline(now);
    }
  }
}

}  // namespace keepsake::http
