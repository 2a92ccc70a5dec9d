// The slow side of a connection: requests that a handler answers on the pool, and bodies that stream.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>
#include <utility>

#include "base/log.h"
#include "http/connection.h"

namespace keepsake::http {
namespace {

constexpr std::size_t body_capacity = 64 * 1024;
constexpr std::uint64_t most_awaited = 16 * 1024;
constexpr std::uint64_t most_drained = 64 * 1024;
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());

BodyStream* stream_of(const Response& response) {
  const auto* stream = std::get_if<std::unique_ptr<BodyStream>>(&response.body);
  return stream ? stream->get() : nullptr;
}

}  // namespace

Task<Connection::Next> Connection::answer_later() {
  Exchange& exchange = *exchange_;
  if (exchange.head.empty()) {
    co_await await_small_body();
    if (!exchange.answered) co_await run_handler();
    co_await keep_pace();
    prepare_head();
  }
  co_await write_pending();
  if (stream_of(exchange.own)) co_await send_stream();
  if (file_to_send()) co_await send_file();
  if (exchange.keep_alive && !broken_) co_await drain_body();
  co_return finish();
}

// A small body is here before a handler is called, so that a slow form holds no thread. The whole of it has
// one patience.
Task<void> Connection::await_small_body() {
  const Exchange& exchange = *exchange_;
  if (exchange.framing.expects_continue || exchange.body_left > most_awaited) co_return;
  expect_within(loop_.service.settings.body_patience);
  while (inbox_.view().size() < exchange.body_left) {
    auto [error] = co_await socket_.async_wait(Socket::wait_read, token);
    if (expired_) {
      exchange_->keep_alive = false;
      co_return fail(408);
    }
    broken_ = broken_ || error || !read_available(exchange.body_left);
    if (broken_) co_return fail(400);
  }
  expect_nothing();
}

// The rest may arrive while the handler reads; but some handlers are kept for requests that are whole, so
// that slow uploads cannot take them all.
bool Connection::submit_handler() {
  Service& service = loop_.service;
  std::optional<Address> arriving;
  if (!exchange_->body_ended) arriving = parse_address(exchange_->request.peer).value_or(peer_);
  if (arriving && !service.arriving.enter(*arriving)) return false;
  const auto asked = SteadyClock::now();
  const bool taken = service.pool.try_submit([this, arriving, asked] {
    exchange_->handled = SteadyClock::now();
    if (exchange_->handled - asked <= loop_.service.settings.queue_patience) {
      respond(loop_.service.go_on, *this, arriving);
    } else {
      fail(503);
      handled(arriving);
    }
  });
  if (!taken && arriving) service.arriving.leave(*arriving);
  return taken;
}

Task<void> Connection::run_handler() {
  Exchange& exchange = *exchange_;
  exchange.event.emplace(loop_.context.get_executor());
  if (exchange.framing.chunked) exchange.chunks.emplace();
  exchange.body.emplace(!exchange.body_ended, exchange.framing.length, [this] { tell(&Exchange::wanted); });
  exchange.request.body = &*exchange.body;
  if (!exchange.body_ended && !inbox_.empty()) feed_body();
  if (!submit_handler()) {
    loop_.counters.queue_full.add();
    fail(503);
    co_return;
  }
  while (!exchange.done) {
    if (exchange.wanted) {
      co_await pump_body();
    } else {
      co_await wait_for_news();
    }
  }
  expect_nothing();
}

Task<void> Connection::keep_pace() {
  const SteadyClock::duration pace = exchange_->own.pace;
  if (pace <= SteadyClock::duration::zero() || !exchange_->event) co_return;
  const SteadyClock::duration taken = SteadyClock::now() - exchange_->handled;
  const auto due = exchange_->handled + (taken / pace + 1) * pace;
  exchange_->event->expires_at(due);
  while (SteadyClock::now() < due) co_await exchange_->event->async_wait(token);
}

// From the handler's thread. After `done` the connection may be gone.
void Connection::tell(bool Exchange::* news) {
  asio::post(loop_.context, [this, news] {
    (*exchange_).*news = true;
    exchange_->event->cancel();
    if (exchange_->done && exchange_->receiving) {
      boost::system::error_code ignored;
      socket_.cancel(ignored);
    }
  });
}

Task<void> Connection::wait_for_news() {
  expect_nothing();
  exchange_->event->expires_at(SteadyClock::time_point::max());
  co_await exchange_->event->async_wait(token);
}

// The handler, from its beginning on one thread of the pool to its end, perhaps on another.
Detached Connection::respond(const GoOn&, Connection& connection, std::optional<Address> arriving) {
  try {
    connection.take_answer(co_await connection.loop_.service.handlers.handle(connection.exchange_->request));
  } catch (...) {
    connection.fail_for(std::current_exception());
  }
  connection.handled(arriving);
}

void Connection::take_answer(Response answer) {
  Exchange& exchange = *exchange_;
  exchange.own = std::move(answer);
  if (exchange.own.status < 200 || exchange.own.status > 599) throw std::logic_error("a status that is none");
  exchange.selection = select(exchange.request, exchange.own);
  if (!exchange.selection.sends_body) exchange.own.body = std::monostate();
  if (stream_of(exchange.own)) read_chunk_on_pool();
}

void Connection::fail_for(const std::exception_ptr& fault) {
  try {
    std::rethrow_exception(fault);
  } catch (const BodyTooLarge&) {
    fail(413);
  } catch (const BodyTimeout&) {
    fail(408);
  } catch (const BodyMalformed&) {
    fail(400);
  } catch (const Disconnected&) {
    fail(400);
  } catch (const std::exception& error) {
    log_error("handler failed", {{"reference", exchange_->request.reference}, {"error", error.what()}});
    fail(500);
  } catch (...) {
    log_error("handler failed", {{"reference", exchange_->request.reference}});
    fail(500);
  }
}

// The connection may be gone after it.
void Connection::handled(const std::optional<Address>& arriving) {
  if (arriving) loop_.service.arriving.leave(*arriving);
  tell(&Exchange::done);
}

void Connection::read_chunk_on_pool() {
  Exchange& exchange = *exchange_;
  const std::uint64_t left = exchange.selection.length - exchange.streamed;
  const std::size_t wanted = std::min<std::uint64_t>(left, ChunkBuffers::size);
  if (!exchange.chunk) exchange.chunk = loop_.service.chunks.take();
  exchange.chunk_size = 0;
  while (exchange.chunk_size < wanted) {
    const std::span<std::byte> space(exchange.chunk.get() + exchange.chunk_size,
                                     wanted - exchange.chunk_size);
    const std::size_t count =
        stream_of(exchange.own)->read(exchange.selection.offset + exchange.streamed, space);
    if (count == 0) throw std::runtime_error("a body ends before its size");
    exchange.chunk_size += count;
    exchange.streamed += count;
  }
}

void Connection::read_next_on_pool() {
  try {
    read_chunk_on_pool();
  } catch (const std::exception& error) {
    log_error("body failed", {{"reference", exchange_->request.reference}, {"error", error.what()}});
    exchange_->stream_broke = true;
  }
  tell(&Exchange::done);
}

// The first chunk has gone out with the head.
Task<void> Connection::send_stream() {
  Exchange& exchange = *exchange_;
  while (!broken_ && exchange.streamed < exchange.selection.length) {
    exchange.done = false;
    loop_.service.pool.submit([this] { read_next_on_pool(); });
    while (!exchange.done) co_await wait_for_news();
    broken_ = broken_ || exchange.stream_broke;
    if (broken_) co_return;
    pending_ = {asio::buffer(exchange.chunk.get(), exchange.chunk_size), asio::const_buffer()};
    co_await write_pending();
  }
}

// One step of bringing the body to the handler.
Task<void> Connection::pump_body() {
  Exchange& exchange = *exchange_;
  if (exchange.framing.expects_continue && !exchange.continued && inbox_.empty()) co_await send_continue();
  exchange.continued = true;
  if (!inbox_.empty()) feed_body();
  if (exchange.body_ended || broken_ || !exchange.body->wants_more()) {
    exchange.wanted = false;
    co_return;
  }
  if (deadline_ == SteadyClock::time_point::max()) expect_within(loop_.service.settings.body_patience);
  exchange.receiving = true;
  auto [error] = co_await socket_.async_wait(Socket::wait_read, token);
  exchange.receiving = false;
  if (exchange.done) co_return;
  if (expired_) co_return body_failed(BodyChannel::Failure::timeout);
  if (error || !receive_body()) body_failed(BodyChannel::Failure::disconnected);
}

Task<void> Connection::send_continue() {
  const auto buffer = asio::buffer(continue_line.data(), continue_line.size());
  expect_within(loop_.service.settings.body_patience);
  auto [error, count] = co_await asio::async_write(socket_, buffer, token);
  if (error) body_failed(BodyChannel::Failure::disconnected);
}

// False if the client is gone.
bool Connection::receive_body() {
  const std::size_t before = inbox_.view().size();
  const bool here = read_available(body_capacity);
  made_progress(inbox_.view().size() - before);
  return here;
}

void Connection::feed_body() {
  Exchange& exchange = *exchange_;
  if (exchange.chunks) return feed_chunks();
  const std::size_t count = std::min<std::uint64_t>(exchange.body_left, inbox_.view().size());
  exchange.body->feed(inbox_.view().substr(0, count));
  inbox_.take(count);
  exchange.body_left -= count;
  exchange.body_ended = exchange.body_left == 0;
  if (exchange.body_ended) exchange.body->finish();
}

void Connection::feed_chunks() {
  Exchange& exchange = *exchange_;
  while (!inbox_.empty() && !exchange.chunks->done()) {
    const auto step = exchange.chunks->decode(inbox_.view());
    if (!step) return body_failed(BodyChannel::Failure::malformed);
    exchange.body->feed(step->data);
    inbox_.take(step->used);
  }
  exchange.body_ended = exchange.chunks->done();
  if (exchange.body_ended) exchange.body->finish();
}

void Connection::body_failed(BodyChannel::Failure failure) {
  exchange_->wanted = false;
  exchange_->keep_alive = false;
  if (failure == BodyChannel::Failure::disconnected) broken_ = true;
  exchange_->body->fail(failure);
}

// Whether the connection can serve another request although nobody read this one's body to its end.
bool Connection::can_keep_body() const {
  const Exchange& exchange = *exchange_;
  if (exchange.body_ended) return true;
  const bool will_come = !exchange.framing.expects_continue || exchange.continued;
  return will_come && !exchange.framing.chunked && exchange.body_left <= most_drained;
}

Task<void> Connection::drain_body() {
  Exchange& exchange = *exchange_;
  expect_within(loop_.service.settings.body_patience);
  while (!exchange.body_ended) {
    const std::size_t count = std::min<std::uint64_t>(exchange.body_left, inbox_.view().size());
    inbox_.take(count);
    exchange.body_left -= count;
    exchange.body_ended = exchange.body_left == 0;
    if (exchange.body_ended) break;
    auto [error] = co_await socket_.async_wait(Socket::wait_read, token);
    if (error || expired_ || !receive_body()) broken_ = true;
    if (broken_) break;
  }
  expect_nothing();
}

}  // namespace keepsake::http
