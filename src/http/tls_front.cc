#include "http/tls_front.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <list>
#include <utility>

#include "base/log.h"
#include "http/crowd.h"
#include "http/listening.h"
#include "http/tls_relay.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;

const auto token = asio::as_tuple(asio::use_awaitable_t<Executor>());

}  // namespace

// Everything happens on the thread that runs it.
class TlsFront::Listener {
 public:
  Listener(const ServerSettings& settings, Serve serve)
      : settings_(settings),
        serve_(std::move(serve)),
        proxies_(settings.proxies),
        certificate_(*settings.tls),
        acceptor_(context_.get_executor()),
        sweeper_(context_.get_executor()) {
    if (settings.tls->port != 0) check_free(settings.address, settings.tls->port);
    const bool v4 = parse_address(settings.address).value_or(Address{}).is_v4();
    acceptor_.assign(v4 ? asio::ip::tcp::v4() : asio::ip::tcp::v6(),
                     listen_on(settings.address, settings.tls->port, Sharing::alone));
    port = port_of(acceptor_.native_handle());
    const auto take_it = [this](Socket socket, const Address& peer) { take(std::move(socket), peer); };
    asio::co_spawn(context_.get_executor(), accept_each(acceptor_, take_it), asio::detached);
    asio::co_spawn(context_.get_executor(), sweep(), asio::detached);
  }

  void run() {
    while (true) {
      try {
        context_.run();
        return;
      } catch (const std::exception& error) {
        log_error("TLS", {{"error", error.what()}});
      }
    }
  }

  // Those that are served go on until the loops have let them go.
  void stop() {
    asio::post(context_, [this] {
      boost::system::error_code ignored;
      acceptor_.close(ignored);
      sweeper_.cancel();
    });
  }

  std::uint16_t port = 0;

 private:
  void take(Socket socket, const Address& peer) {
    if (!admits(peer)) return;
    asio::co_spawn(context_.get_executor(), serve(std::move(socket), peer), asio::detached);
  }

  // In a full house, whoever has shaken hands the longest makes room.
  bool admits(const Address& peer) {
    if (!proxies_.contains(peer) && crowd_.of(peer) >= settings_.most_of_address) return false;
    if (relays_.size() < settings_.most_connections) return true;
    const auto oldest = std::ranges::find_if(relays_, &TlsRelay::is_shaking_hands);
    if (oldest == relays_.end()) return false;
    (*oldest)->abort();
    return true;
  }

  Task<void> serve(Socket client, Address peer) {
    std::list<TlsRelay*>::iterator place = relays_.end();
    try {
      TlsRelay relay(std::move(client), peer, certificate_.current(), settings_);
      place = relays_.insert(place, &relay);
      crowd_.add(peer);
      co_await relay.carry(serve_);
    } catch (const std::exception& error) {
      log_error("TLS connection", {{"error", error.what()}});
    }
    if (place == relays_.end()) co_return;
    relays_.erase(place);
    crowd_.remove(peer);
  }

  Task<void> sweep() {
    while (acceptor_.is_open() || !relays_.empty()) {
      sweeper_.expires_after(500ms);
      co_await sweeper_.async_wait(token);
      const auto now = SteadyClock::now();
      for (TlsRelay* relay : relays_) relay->check_deadline(now);
    }
  }

  const ServerSettings& settings_;
  const Serve serve_;
  const AddressBlocks proxies_;
  TlsCertificate certificate_;
  asio::io_context context_{1};
  Acceptor acceptor_;
  Timer sweeper_;
  std::list<TlsRelay*> relays_;  // in the order in which they came
  Crowd crowd_;
};

TlsFront::TlsFront(const ServerSettings& settings, Serve serve)
    : listener_(std::make_unique<Listener>(settings, std::move(serve))) {}

TlsFront::~TlsFront() = default;

std::uint16_t TlsFront::port() const {
  return listener_->port;
}

void TlsFront::run() {
  listener_->run();
}

void TlsFront::stop() {
  listener_->stop();
}

}  // namespace keepsake::http
