#pragma once
// One event loop: an io_context with a thread of its own, an acceptor, and the connections it took.
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "http/chunk_buffers.h"
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

class Connection;

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
  std::atomic<std::size_t> arriving{0};  // handlers whose request's body is still on its way
  const std::size_t most_arriving;
  ChunkBuffers chunks;
  HandlerPool pool;

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

  void add(Connection& connection);
  void remove(Connection& connection);
  std::string next_reference();

  asio::io_context context{1};
  Service& service;
  LoopCounters counters;
  bool draining = false;  // only on the loop's thread

 private:
  Task<void> accept();
  Task<void> sweep();
  void take(Socket socket);
  void turn_away(Socket& socket);
  void drain();

  Acceptor acceptor_;
  Timer sweeper_;
  std::vector<Connection*> connections_;
  SteadyClock::time_point patience_ends_ = SteadyClock::time_point::max();
  std::uint64_t reference_state_;
};

}  // namespace keepsake::http
