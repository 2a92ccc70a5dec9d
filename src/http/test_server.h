#pragma once
// A server on a thread of its own, for the tests of this folder.
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "http/server.h"

namespace keepsake::http {

// Opens once, for handlers that wait until the test lets them go on.
class Latch {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

inline ServerSettings quiet_settings() {
  ServerSettings settings;
  settings.port = 0;
  settings.loops = 2;
  settings.handlers = 8;
  settings.access_log = false;
  settings.hosts = {"photos.example"};
  return settings;
}

// Free a moment ago.
inline std::uint16_t free_port() {
  return make_server(quiet_settings(), {})->port();
}

inline Response text_response(std::string text, int status = 200) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.body = std::move(text);
  return response;
}

class RunningServer {
 public:
  RunningServer(const ServerSettings& settings, Handlers handlers)
      : server(make_server(settings, std::move(handlers))), thread_([this] { server->run(); }) {}
  ~RunningServer() {
    server->stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return server->port(); }
  void wait_for_end() { thread_.join(); }

  const std::unique_ptr<Server> server;

 private:
  std::thread thread_;
};

inline std::string get(const std::string& path, const std::string& headers = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: photos.example\r\n" + headers + "\r\n";
}

inline std::string post(const std::string& path, const std::string& headers, const std::string& body = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: photos.example\r\n" + headers + "\r\n" + body;
}

inline std::string sized(const std::string& body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n";
}

}  // namespace keepsake::http
