#pragma once
// One event loop: an io_context with a thread of its own, an acceptor, and the connections it took.
#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/chunk_buffers.h"
#include "http/crowd.h"
#include "http/handler_pool.h"
#include "http/origin.h"
#include "http/server.h"
#include "http/server_metrics.h"

namespace keepsake::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;

using Take = std::function<void(Socket, const Address&)>;
// Accepts until the acceptor is closed, and hands on each connection, ready to be served, with its peer. The
// acceptor must outlive it.
Task<void> accept_each(Acceptor& acceptor, Take take);

class Connection;

// Handlers whose request's body is still on its way, kept to a part of all, and for one address to some of
// them. Thread-safe.
class Arriving {
 public:
  Arriving(std::size_t most, std::size_t of_address) : most_(most), most_of_address_(of_address) {}
  bool enter(const Address& address);
  void leave(const Address& address);

 private:
  const std::size_t most_, most_of_address_;
  std::mutex mutex_;
  std::size_t all_ = 0;
  Crowd crowd_;
};

// What all loops share.
struct Service {
  Service(const ServerSettings& settings, Handlers handlers);

  // The response for an error that the server answers itself; never throws.
  Response failure(int status, const RequestHead& head) const noexcept;
  // At most one line a minute, however often it happens.
  void warn_of_forwarding(const Address& peer);

  const ServerSettings settings;
  const Handlers handlers;
  const AddressBlocks proxies;
  const AllowedHosts hosts;
  std::atomic<std::size_t> connections{0};
  Arriving arriving;
  ChunkBuffers chunks;
  HandlerPool pool;
  const GoOn go_on = [this](std::coroutine_handle<> waiting) {
    pool.submit([waiting] { waiting.resume(); });
  };

 private:
  std::atomic<std::int64_t> last_warning_{INT64_MIN};
};

class Loop {
 public:
  Loop(Service& service, Acceptor::native_handle_type listening, const asio::ip::tcp& protocol);

  // Serves until the last connection is gone after stop().
  void run();
  // From any thread.
  void stop();

  // Serves whoever came by TLS and holds the other end of `socket`, which becomes the loop's. From any
  // thread, and between the other two: until then run() does not return.
  void expect_sent();
  void serve(int socket, const Address& peer);
  void expect_no_more_sent();

  void add(Connection& connection);
  void remove(Connection& connection);
  // A connection that held `before` bytes holds `now`.
  void hold(std::size_t before, std::size_t now);
  std::string next_reference();

  asio::io_context context{1};
  Service& service;
  LoopCounters counters;
  bool draining = false;  // only on the loop's thread

 private:
  Task<void> sweep();
  void take(Socket socket, const Address& peer, bool secure);
  bool admits(const Address& peer);
  void turn_away(Socket& socket);
  bool is_crowded(const Address& peer) const;
  bool shed(bool for_crowded);
  void relieve();
  void drain();

  Acceptor acceptor_;
  std::optional<asio::executor_work_guard<Executor>> sent_;
  Timer sweeper_;
  std::vector<Connection*> connections_;
  Crowd crowd_;
  std::size_t held_ = 0;    // bytes
  bool relieving_ = false;  // is about to
  SteadyClock::time_point patience_ends_ = SteadyClock::time_point::max();
  std::uint64_t reference_state_;
};

}  // namespace keepsake::http
