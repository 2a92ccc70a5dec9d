#include "http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "http/address.h"
#include "http/listening.h"
#include "http/loop.h"
#include "http/metrics_listener.h"
#include "http/thread_signals.h"
#include "http/tls_front.h"

namespace keepsake::http {
namespace {

constexpr rlim_t files_beside_connections = 512;  // databases, blobs, workers

// Every connection is an open file, by TLS three, and the soft limit is often 1024. Whatever the hard limit
// is, some files are left for everything else.
ServerSettings within_file_limit(ServerSettings settings) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return settings;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t files = limit.rlim_cur - std::min(limit.rlim_cur / 2, files_beside_connections);
  const rlim_t most = settings.tls ? files / 3 : files;
  if (limit.rlim_cur != RLIM_INFINITY && most < settings.most_connections) settings.most_connections = most;
  return settings;
}

class LoopServer final : public Server {
 public:
  LoopServer(const ServerSettings& settings, Handlers handlers)
      : service_(within_file_limit(settings), std::move(handlers)) {
    listen();
    if (settings.metrics_port != 0) {
      metrics_.emplace(settings.metrics_port, [this] { return metrics_text(); });
    }
    if (settings.tls) {
      for (auto& loop : loops_) loop->expect_sent();
      tls_.emplace(service_.settings,
                   [this](int socket, const Address& peer) { next_loop().serve(socket, peer); });
    }
  }

  std::uint16_t port() const override { return port_; }
  std::uint16_t metrics_port() const override { return metrics_ ? metrics_->port() : 0; }
  std::uint16_t tls_port() const override { return tls_ ? tls_->port() : 0; }

  void run() override {
    std::vector<std::thread> threads;
    std::thread tls;
    {
      const SignalsBlocked blocked;
      for (auto& loop : loops_) threads.emplace_back([&loop] { loop->run(); });
      if (tls_) tls = std::thread([this] { tls_->run(); });
    }
    if (metrics_) metrics_->start();
    if (tls_) end_tls(tls);
    for (std::thread& thread : threads) thread.join();
    if (metrics_) metrics_->stop();
    service_.pool.join();  // before the loops go: a handler's last word may still be under way
  }

  void stop() override {
    if (tls_) tls_->stop();
    for (auto& loop : loops_) loop->stop();
  }

 private:
  void listen() {
    const ServerSettings& settings = service_.settings;
    port_ = settings.port;
    if (port_ != 0) check_free(settings.address, port_);
    const bool v4 = parse_address(settings.address).value_or(Address{}).is_v4();
    const auto protocol = v4 ? asio::ip::tcp::v4() : asio::ip::tcp::v6();
    for (int i = 0; i < std::max(1, settings.loops); ++i) {
      const int listening = listen_on(settings.address, port_, Sharing::shared);
      port_ = port_of(listening);
      loops_.push_back(std::make_unique<Loop>(service_, listening, protocol));
    }
  }

  void end_tls(std::thread& tls) {
    tls.join();
    for (auto& loop : loops_) loop->expect_no_more_sent();
  }

  // They take turns with what came by TLS. On the front's thread alone.
  Loop& next_loop() { return *loops_[turn_++ % loops_.size()]; }

  std::string metrics_text() const {
    std::vector<const LoopCounters*> counters;
    for (const auto& loop : loops_) counters.push_back(&loop->counters);
    std::string text =
        http::metrics_text(counters.data(), counters.size(), {service_.pool.waiting(), service_.pool.busy()});
    if (service_.handlers.metrics) text += service_.handlers.metrics();
    return text;
  }

  Service service_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::uint16_t port_ = 0;
  std::optional<MetricsListener> metrics_;
  std::size_t turn_ = 0;
  std::optional<TlsFront> tls_;
};

}  // namespace

std::unique_ptr<Server> make_server(const ServerSettings& settings, Handlers handlers) {
  return std::make_unique<LoopServer>(settings, std::move(handlers));
}

}  // namespace keepsake::http
