#include "http/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/log.h"

namespace keepsake::http {
namespace {

constexpr std::size_t first_capacity = 4 * 1024;
constexpr std::chrono::milliseconds linger_patience{5'000};
constexpr std::size_t linger_bytes = 16 * 1024 * 1024;

const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      return "other";
  }
  return "other";
}

std::string loggable_path(const Handlers& handlers, const RequestHead& head) try {
  if (head.path.empty() || !handlers.loggable_path) return "-";
  return handlers.loggable_path(head);
} catch (const std::exception&) {
  return "-";
}

}  // namespace

Connection::Connection(Loop& loop, Socket socket, const Address& peer, bool secure)
    : loop_(loop), socket_(std::move(socket)), peer_(peer), secure_(secure) {
  loop_.add(*this);
}

Connection::~Connection() {
  loop_.hold(held_, 0);
  loop_.remove(*this);
}

Task<void> Connection::serve(std::shared_ptr<Connection> self) {
  try {
    Next next = Next::request;
    while (next == Next::request) {
      const Arrival arrival = co_await self->receive_head();
      if (arrival == Arrival::gone) break;
      next = arrival == Arrival::head ? self->answer_now() : self->send_now();
      if (next == Next::wait) next = co_await self->answer_later();
      if (next == Next::request && !self->inbox_.empty()) co_await self->let_others_go_first();
    }
    if (self->lingers_) co_await self->linger();
  } catch (const std::exception& error) {
    log_error("connection", {{"error", error.what()}});
  }
}

// Who sends many requests at once gets one answer in each turn of the loop, as everybody does.
Task<void> Connection::let_others_go_first() {
  co_await asio::post(loop_.context, asio::use_awaitable_t<Executor>());
}

Task<Connection::Arrival> Connection::receive_head() {
  scanner_ = {};
  empty_line_ = false;
  bool begun = false;
  while (true) {
    if (!inbox_.empty()) {
      if (!std::exchange(begun, true)) {
        head_began_ = SteadyClock::now();
        expect_within(loop_.service.settings.head_patience);
      }
      const auto arrival = judge_head();
      if (arrival) co_return *arrival;
    } else {
      if (loop_.draining) co_return Arrival::gone;
      begun = false;
      inbox_.release();
      account();
      expect_within(loop_.service.settings.idle_patience);
    }
    idle_ = !begun;
    auto [error] = co_await socket_.async_wait(Socket::wait_read, token);
    idle_ = false;
    if (expired_ && begun) co_return refuse(408);
    if (error || expired_ || !read_available(first_capacity)) co_return Arrival::gone;
  }
}

// None while the head is incomplete.
std::optional<Connection::Arrival> Connection::judge_head() {
  const ServerSettings& settings = loop_.service.settings;
  // One empty line goes before a request at most, however its bytes arrive (RFC 9112 2.2).
  if (!empty_line_ && scanner_.lines() == 0 && inbox_.view().starts_with("\r\n")) {
    inbox_.take(2);
    empty_line_ = true;
  }
  const auto found = scanner_.scan(inbox_.view());
  if (found == HeadScanner::Found::malformed) return refuse(400);
  const std::size_t size = found == HeadScanner::Found::complete ? scanner_.size() : inbox_.view().size();
  if (size > settings.most_head_bytes) return refuse(scanner_.lines() == 0 ? 414 : 431);
  if (scanner_.lines() > settings.most_headers + 1) return refuse(431);
  if (found == HeadScanner::Found::incomplete) return std::nullopt;
  expect_nothing();
  return Arrival::head;
}

void Connection::begin_exchange() {
  exchange_ = std::make_unique<Exchange>();
  exchange_->start = head_began_;
  exchange_->request.reference = loop_.next_reference();
  exchange_->request.peer = peer_.text();
}

// An answer to what could not be read; the connection ends with it.
Connection::Arrival Connection::refuse(int status) {
  begin_exchange();
  fail(status);
  return Arrival::refused;
}

void Connection::fail(int status) {
  exchange_->shared.reset();
  exchange_->own = loop_.service.failure(status, exchange_->request);
  exchange_->selection = select(exchange_->request, exchange_->own);
  exchange_->answered = true;
}

Connection::Next Connection::answer_now() {
  begin_exchange();
  if (const int status = read_request()) {
    fail(status);
    return send_now();
  }
  Exchange& exchange = *exchange_;
  exchange.keep_alive = exchange.framing.keep_alive;
  exchange.body_left = exchange.framing.length.value_or(0);
  exchange.body_ended = !exchange.framing.has_body();
  if (exchange.body_ended) ask_at_once();
  return exchange.answered ? send_now() : Next::wait;
}

void Connection::ask_at_once() try {
  const auto& at_once = loop_.service.handlers.at_once;
  if (at_once) exchange_->shared = at_once(exchange_->request);
  if (!exchange_->shared) return;
  loop_.counters.at_once.add();
  exchange_->selection = select(exchange_->request, *exchange_->shared);
  exchange_->answered = true;
} catch (const std::exception& error) {
  log_error("answer at once failed", {{"reference", exchange_->request.reference}, {"error", error.what()}});
  fail(500);
}

// Takes the head out of the inbox. Returns 0, or the status of what is wrong with it.
int Connection::read_request() {
  Request& request = exchange_->request;
  const int status = parse_head(inbox_.view().substr(0, scanner_.size()), request, exchange_->framing);
  inbox_.take(scanner_.size());
  if (status != 0) return status;
  if (request.target.size() > loop_.service.settings.most_target_bytes) return 414;
  return check_origin();
}

int Connection::check_origin() {
  Request& request = exchange_->request;
  Service& service = loop_.service;
  const auto named = request.headers.find("Host");
  const auto host = named ? host_name(*named) : service.hosts.first();
  if (!host) return 400;
  if (!service.hosts.allows(*host)) return 421;
  const Origin origin = find_origin(request.headers, peer_, service.proxies);
  if (origin.doubtful) service.warn_of_forwarding(peer_);
  if (origin.peer != peer_) request.peer = origin.peer.text();
  request.host = *host;
  request.secure = secure_ || origin.secure;
  request.loopback = peer_.is_loopback() && !origin.forwarded && is_loopback_name(*host);
  return 0;
}

// Sends what the kernel takes without waiting.
Connection::Next Connection::send_now() {
  prepare_head();
  if (!write_some_now()) return Next::wait;
  return finish();
}

Connection::Next Connection::finish() {
  const Exchange& exchange = *exchange_;
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - exchange.start);
  loop_.counters.count_request(exchange.selection.status, took);
  if (loop_.service.settings.access_log && logs(LogLevel::info)) log_request(took);
  const bool goes_on = exchange.keep_alive && !broken_;
  lingers_ = !goes_on && !broken_ && (!exchange.body_ended || !inbox_.empty());
  if (exchange.chunk) loop_.service.chunks.give_back(std::move(exchange_->chunk));
  exchange_.reset();
  expect_nothing();
  account();
  return goes_on ? Next::request : Next::close;
}

void Connection::log_request(std::chrono::microseconds took) const {
  const Exchange& exchange = *exchange_;
  const std::string path = loggable_path(loop_.service.handlers, exchange.request);
  log_info("request", {{"method", name_of(exchange.request.method)},
                       {"path", path},
                       {"status", std::int64_t{exchange.selection.status}},
                       {"bytes", static_cast<std::int64_t>(exchange.sent)},
                       {"micros", std::int64_t{took.count()}},
                       {"reference", exchange.request.reference}});
}

// Reads on for a while after the last response: closing with unread bytes would reset the connection and take
// the response from the client with it (RFC 9112 9.6).
Task<void> Connection::linger() {
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  expect_within(std::min(linger_patience, loop_.service.settings.body_patience));
  std::size_t dropped = 0;
  while (dropped < linger_bytes && !loop_.draining) {
    dropped += inbox_.view().size();
    inbox_.take(inbox_.view().size());
    auto [error] = co_await socket_.async_wait(Socket::wait_read, token);
    if (error || expired_ || !read_available(first_capacity)) co_return;
  }
}

void Connection::check_deadline(SteadyClock::time_point now) {
  if (now < deadline_) return;
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Connection::close_if_idle() {
  if (idle_) abort();
}

std::optional<Connection::Stage> Connection::waits() const {
  if (broken_ || deadline_ == SteadyClock::time_point::max()) return std::nullopt;
  if (exchange_) return Stage::body_or_answer;
  return idle_ ? Stage::idle : Stage::head;
}

std::size_t Exchange::held() const {
  // The answer is still being made, on a thread of the pool: it is counted once it is whole.
  if (event && !done) return rest.capacity();
  const auto* text = std::get_if<std::string>(&own.body);
  return (text ? text->capacity() : 0) + (chunk ? ChunkBuffers::size : 0) + rest.capacity();
}

// Tells the loop how much memory goes with this connection.
void Connection::account() {
  const std::size_t now = inbox_.capacity() + (exchange_ ? exchange_->held() : 0);
  if (now == held_) return;
  loop_.hold(std::exchange(held_, now), now);
}

void Connection::abort() {
  broken_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Connection::expect_within(std::chrono::milliseconds patience) {
  waits_since_ = SteadyClock::now();
  deadline_ = waits_since_ + patience;
  progress_ = 0;
  expired_ = false;
}

}  // namespace keepsake::http
