// How a connection moves bytes.
#include <boost/asio/as_tuple.hpp>
#include <chrono>

#include "base/log.h"
#include "http/connection.h"

namespace keepsake::http {
namespace {

// Less than this within the patience is no progress, so that a byte now and then holds no connection.
constexpr std::size_t least_progress = 1024;

const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());

// The time as a header has it, made anew once a second.
std::string_view date_now() {
  thread_local std::int64_t made = -1;
  thread_local std::string text;
  const std::int64_t now = std::time(nullptr);
  if (now != made) {
    text = http_date(now);
    made = now;
  }
  return text;
}

bool would_wait(const boost::system::error_code& error) {
  return error == asio::error::would_block || error == asio::error::try_again ||
         error == asio::error::interrupted;
}

}  // namespace

// The head, with as much of the body as there is, stands in `pending_` after this.
void Connection::prepare_head() {
  Exchange& exchange = *exchange_;
  exchange.keep_alive = exchange.keep_alive && !loop_.draining && can_keep_body();
  const Connectedness connection{exchange.framing.http11, exchange.keep_alive};
  exchange.head.reserve(512);
  try {
    append_head(exchange.head, exchange.response(), exchange.selection, date_now(), connection);
  } catch (const std::logic_error& fault) {
    log_error("response", {{"reference", exchange.request.reference}, {"error", fault.what()}});
    fail(500);
    exchange.head.clear();
    append_head(exchange.head, exchange.own, exchange.selection, date_now(), connection);
  }
  const std::string_view body = body_in_memory();
  pending_ = {asio::buffer(exchange.head.data(), exchange.head.size()),
              asio::buffer(body.data(), body.size())};
}

std::string_view Connection::body_in_memory() const {
  const Exchange& exchange = *exchange_;
  const Selection& selection = exchange.selection;
  if (!selection.sends_body) return {};
  const Body& body = exchange.response().body;
  std::string_view whole;
  if (const auto* text = std::get_if<std::string>(&body)) whole = *text;
  if (const auto* shared = std::get_if<SharedText>(&body); shared && *shared) whole = **shared;
  if (!whole.empty()) return whole.substr(selection.offset, selection.length);
  return {reinterpret_cast<const char*>(exchange.chunk.get()), exchange.chunk_size};
}

// True once nothing is pending and no more of the body is to come.
bool Connection::write_some_now() {
  while (asio::buffer_size(pending_) > 0) {
    boost::system::error_code error;
    const std::size_t count = socket_.write_some(pending_, error);
    consume_pending(count);
    if (would_wait(error)) return false;
    if (error) {
      broken_ = true;
      return true;
    }
  }
  return true;
}

Task<void> Connection::write_pending() {
  expect_within(loop_.service.settings.body_patience);
  while (asio::buffer_size(pending_) > 0 && !broken_) {
    auto [error, count] = co_await socket_.async_write_some(pending_, token);
    consume_pending(count);
    made_progress(count);
    if (error) broken_ = true;
  }
  expect_nothing();
}

void Connection::consume_pending(std::size_t count) {
  exchange_->sent += count;
  loop_.counters.sent.add(count);
  for (asio::const_buffer& buffer : pending_) {
    const std::size_t part = std::min(count, buffer.size());
    buffer += part;
    count -= part;
  }
}

void Connection::made_progress(std::size_t bytes) {
  progress_ += bytes;
  if (progress_ >= least_progress) expect_within(loop_.service.settings.body_patience);
}

// False if the other side is gone. Room for at least one byte is made in a buffer of `capacity`.
bool Connection::read_available(std::size_t capacity) {
  const std::span<char> space = inbox_.space(capacity);
  boost::system::error_code error;
  const std::size_t count = socket_.read_some(asio::buffer(space.data(), space.size()), error);
  inbox_.added(count);
  loop_.counters.received.add(count);
  return !error || would_wait(error);
}

}  // namespace keepsake::http
