#pragma once
#include <array>
#include <boost/asio/buffer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "http/body_channel.h"
#include "http/chunk_decoder.h"
#include "http/inbox.h"
#include "http/loop.h"
#include "http/reply.h"
#include "http/request_parser.h"

namespace keepsake::http {

// One request on its way to being answered. Lives on the loop's thread but while a handler runs: then the
// handler's thread has `request`, `response`, `selection` and `chunk`.
struct Exchange {
  Request request;
  Framing framing;
  SteadyClock::time_point start;
  std::optional<BodyChannel> body;
  std::optional<ChunkDecoder> chunks;
  std::uint64_t body_left = 0;  // of Content-Length
  bool body_ended = false;
  bool continued = false;  // 100 Continue has been sent

  std::shared_ptr<const Response> shared;  // an answer at once,
  Response own;                            // or one of its own
  Selection selection;
  SteadyClock::time_point handled;  // when the handler was called
  bool answered = false;            // there is a response, by whomever
  bool keep_alive = false;
  std::string head;
  ChunkBuffers::Buffer chunk;  // of a streamed body
  std::size_t chunk_size = 0;
  std::uint64_t streamed =
      0;  // of the body: read from its stream or sent from its file, from selection.offset
  bool stream_broke = false;
  std::string rest;  // of a body, where the client takes its time to read it
  std::uint64_t sent = 0;

  std::optional<Timer> event;  // wakes the connection when the handler's thread has news
  bool wanted = false;         // the handler wants more of the body
  bool done = false;           // the job on the pool is over
  bool receiving = false;      // the loop waits for more of the body

  const Response& response() const { return shared ? *shared : own; }
  // Bytes of memory that go with it.
  std::size_t held() const;
};

// A client's connection: reads requests one after another and answers each before it reads the next.
class Connection {
 public:
  // `secure`: it came by this server's own TLS.
  Connection(Loop& loop, Socket socket, const Address& peer, bool secure);
  ~Connection();

  static Task<void> serve(std::shared_ptr<Connection> self);

  // For the loop's sweeper.
  void check_deadline(SteadyClock::time_point now);
  void close_if_idle();
  void abort();

  // Where the connection stands while the house waits for its client; nothing while the house works for it or
  // once it has ended. In the order in which they are let go.
  enum class Stage { idle, head, body_or_answer };
  std::optional<Stage> waits() const;
  SteadyClock::time_point waits_since() const { return waits_since_; }
  std::size_t held() const { return held_; }
  const Address& peer() const { return peer_; }

  std::size_t place = 0;  // among the loop's connections

 private:
  enum class Arrival { head, gone, refused };
  enum class Next { request, close, wait };  // wait: there is more to do than can be done at once

  // connection.cc: heads and what can be answered at once.
  Task<void> let_others_go_first();
  Task<Arrival> receive_head();
  std::optional<Arrival> judge_head();
  void begin_exchange();
  Arrival refuse(int status);
  void fail(int status);
  Next answer_now();
  int read_request();
  void ask_at_once();
  int check_origin();
  Next send_now();
  Next finish();
  void log_request(std::chrono::microseconds took) const;
  Task<void> linger();

  // exchange.cc: handlers, bodies.
  Task<Next> answer_later();
  Task<void> run_handler();
  Task<void> keep_pace();
  Task<void> await_small_body();
  bool submit_handler();
  static Detached respond(const GoOn& go_on, Connection& connection, std::optional<Address> arriving);
  void take_answer(Response answer);
  void fail_for(const std::exception_ptr& fault);
  void handled(const std::optional<Address>& arriving);
  void read_chunk_on_pool();
  void read_next_on_pool();
  void tell(bool Exchange::* news);
  Task<void> wait_for_news();
  Task<void> pump_body();
  Task<void> send_continue();
  bool receive_body();
  void feed_body();
  void feed_chunks();
  void body_failed(BodyChannel::Failure failure);
  bool can_keep_body() const;
  Task<void> drain_body();
  Task<void> send_stream();

  // sending.cc
  void prepare_head();
  std::string_view body_in_memory() const;
  Task<void> write_pending();
  bool write_some_now();
  bool write_pending_now();
  const OpenFile* file_to_send() const;
  bool send_file_now();
  void count_file(std::uint64_t sent);
  Task<void> send_file();
  void consume_pending(std::size_t count);

  bool read_available(std::size_t capacity);
  void account();
  void keep_what_is_left();
  void expect_within(std::chrono::milliseconds patience);
  void made_progress(std::size_t bytes);
  void expect_nothing() { deadline_ = SteadyClock::time_point::max(); }

  Loop& loop_;
  Socket socket_;
  const Address peer_;
  const bool secure_;
  Inbox inbox_;
  HeadScanner scanner_;
  bool empty_line_ = false;  // one was left out before the head that is awaited
  std::unique_ptr<Exchange> exchange_;
  std::array<asio::const_buffer, 2> pending_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  SteadyClock::time_point head_began_;
  SteadyClock::time_point waits_since_;
  std::uint64_t progress_ = 0;  // bytes since then
  std::size_t held_ = 0;        // bytes of memory, as the loop was told
  bool idle_ = false;           // between requests
  bool expired_ = false;
  bool broken_ = false;   // nothing more can be sent or received
  bool lingers_ = false;  // the client may still be sending what nobody reads
};

}  // namespace keepsake::http
