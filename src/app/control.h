#pragma once
// How commands reach a running server: a Unix socket `DIR/control.sock` of mode 0600, one line each way.
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <thread>

#include "base/file.h"

namespace keepsake {

struct AlreadyServed : std::runtime_error {
  using runtime_error::runtime_error;
};

// Holds `DIR/control.lock` for as long as it lives, so that one server at most serves a directory, and
// answers on a thread of its own.
class ControlServer {
 public:
  // `refresh`: what another process changed is to be read again; called on the server's own thread before the
  // command is answered. Throws AlreadyServed, std::system_error.
  ControlServer(const std::filesystem::path& directory, std::function<void()> refresh);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  void run();
  void answer(const Descriptor& client);

  std::filesystem::path socket_;
  std::function<void()> refresh_;
  Descriptor lock_;
  Descriptor listener_;
  Descriptor stop_;
  std::thread thread_;
};

enum class Told {
  no_server,  // nobody serves this directory: nothing to tell
  told,       // the server has read the change when this returns
  failed,     // a server is there but did not answer well within five seconds
};

class ControlClient {
 public:
  // Asks the server of `directory` to refresh. Does not throw.
  static Told tell(const std::filesystem::path& directory) noexcept;
};

}  // namespace keepsake
