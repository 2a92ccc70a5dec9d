#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace keepsake::http {

// GET /metrics on 127.0.0.1, one client after another on a thread of its own: what makes the text may block.
class MetricsListener {
 public:
  // Listens at once, on any free port for 0; throws std::system_error if it cannot.
  MetricsListener(std::uint16_t port, std::function<std::string()> text);
  ~MetricsListener();
  MetricsListener(const MetricsListener&) = delete;
  MetricsListener& operator=(const MetricsListener&) = delete;

  std::uint16_t port() const;
  void start();
  void stop();

 private:
  void run();
  void serve(int client) const;

  const std::function<std::string()> text_;
  int listening_;
  std::thread thread_;
};

}  // namespace keepsake::http
