// How a connection moves bytes.
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <cerrno>
#include <chrono>

#include "base/log.h"
#include "http/connection.h"

namespace keepsake::http {
namespace {

// So much of a file goes out before the loop turns to its other connections.
constexpr std::uint64_t most_in_a_turn = 1024 * 1024;

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
  const Connectedness connection{exchange.framing.http11, exchange.keep_alive,
                                 secure_ && !exchange.request.loopback};
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
  return write_pending_now() && send_file_now();
}

// True once nothing is pending, or nothing can be sent any more.
bool Connection::write_pending_now() {
  const int flags = file_to_send() ? MSG_MORE : 0;
  while (asio::buffer_size(pending_) > 0 && !broken_) {
    boost::system::error_code error;
    const std::size_t count = socket_.send(pending_, flags, error);
    consume_pending(count);
    if (would_wait(error)) return false;
    if (error) broken_ = true;
  }
  return true;
}

// The file that is the body, or null where none is sent.
const OpenFile* Connection::file_to_send() const {
  if (!exchange_->selection.sends_body) return nullptr;
  const auto* file = std::get_if<SharedFile>(&exchange_->response().body);
  return file ? file->get() : nullptr;
}

// What the kernel takes without waiting, at most one turn's worth. True once the whole is sent, or nothing
// can be sent any more.
bool Connection::send_file_now() {
  const OpenFile* file = file_to_send();
  Exchange& exchange = *exchange_;
  std::uint64_t turn = most_in_a_turn;
  while (file && !broken_ && exchange.streamed < exchange.selection.length) {
    if (turn == 0) return false;
    auto at = static_cast<off_t>(exchange.selection.offset + exchange.streamed);
    const std::uint64_t wanted = std::min(exchange.selection.length - exchange.streamed, turn);
    const ssize_t sent = ::sendfile(socket_.native_handle(), file->descriptor.get(), &at, wanted);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return false;
    broken_ = sent <= 0;  // the other side is gone, or the file is shorter than it says
    if (!broken_) count_file(static_cast<std::uint64_t>(sent));
    turn -= std::min(turn, static_cast<std::uint64_t>(std::max<ssize_t>(sent, 0)));
  }
  return true;
}

void Connection::count_file(std::uint64_t sent) {
  exchange_->streamed += sent;
  exchange_->sent += sent;
  loop_.counters.sent.add(sent);
  made_progress(sent);
}

Task<void> Connection::send_file() {
  expect_within(loop_.service.settings.body_patience);
  while (!broken_ && !send_file_now()) {
    auto [error] = co_await socket_.async_wait(Socket::wait_write, token);
    if (error) broken_ = true;
  }
  expect_nothing();
}

Task<void> Connection::write_pending() {
  if (write_pending_now()) co_return;
  keep_what_is_left();
  expect_within(loop_.service.settings.body_patience);
  account();
  while (asio::buffer_size(pending_) > 0 && !broken_) {
    auto [error, count] = co_await socket_.async_write_some(pending_, token);
    consume_pending(count);
    made_progress(count);
    if (error) broken_ = true;
  }
  expect_nothing();
}

// The last chunk of a stream goes back to who needs one now; what the client has not taken of it is kept.
void Connection::keep_what_is_left() {
  Exchange& exchange = *exchange_;
  if (!exchange.chunk || exchange.streamed < exchange.selection.length) return;
  exchange.rest.reserve(asio::buffer_size(pending_));
  for (const asio::const_buffer& buffer : pending_)
    exchange.rest.append(static_cast<const char*>(buffer.data()), buffer.size());
  pending_ = {asio::buffer(exchange.rest.data(), exchange.rest.size()), asio::const_buffer()};
  exchange.own.body = std::monostate();
  loop_.service.chunks.give_back(std::move(exchange.chunk));
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

// A byte now and then holds no connection: over the whole there is a least rate.
void Connection::made_progress(std::size_t bytes) {
  const ServerSettings& settings = loop_.service.settings;
  progress_ += bytes;
  const std::chrono::milliseconds earned(progress_ * 1000 / std::max<std::uint64_t>(1, settings.least_rate));
  deadline_ = std::min(SteadyClock::now(), waits_since_ + earned) + settings.body_patience;
}

// False if the other side is gone. Room for at least one byte is made in a buffer of `capacity`.
bool Connection::read_available(std::size_t capacity) {
  const std::span<char> space = inbox_.space(capacity);
  boost::system::error_code error;
  const std::size_t count = socket_.read_some(asio::buffer(space.data(), space.size()), error);
  inbox_.added(count);
  loop_.counters.received.add(count);
  account();
  return !error || would_wait(error);
}

}  // namespace keepsake::http
