#pragma once
// One worker as its parent sees it. Whatever comes out of it is checked; its end is noticed, never waited for
// beyond a deadline, and leaves no zombie.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "image/photo_workers.h"
#include "image/worker_protocol.h"

namespace keepsake::image {

// A file descriptor and its owner.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return number_; }

 private:
  int number_;
};

// How a request to a worker ended.
enum class End {
  answered,    // the worker may be asked again
  crashed,     // by a signal of its own making: a fault of the decoder, or a forbidden call
  taken_away,  // killed from outside, or gone before it read the request: another worker may do better
  out_of_patience,
  untrustworthy,  // its answer was not one an honest worker gives
};

struct Reply {
  End end;
  Outcome outcome = Outcome::damaged;  // when answered
  std::optional<Taken> taken = {};     // when made
};

class WorkerProcess {
 public:
  // Starts `program` with an empty environment, no descriptor but its socket and no signal blocked or
  // ignored. The worker dies with the thread that calls this. Throws std::system_error.
  explicit WorkerProcess(const std::filesystem::path& program);
  // Kills it if it still lives.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Waits for the greeting: the formats it decodes, as bits. Nothing if it did not come in time.
  std::optional<std::uint32_t> greeting(std::chrono::milliseconds patience);
  // To be called after the greeting. When the end is not `answered`, the worker is of no further use.
  Reply ask(int photo, const Request& request, std::chrono::milliseconds patience);

  bool alive() const;
  int photos() const { return photos_; }  // asked so far
  // What it died of; nothing while it lives or if it left by itself.
  std::optional<int> fatal_signal() const;

 private:
  std::optional<Bytes> receive(std::chrono::milliseconds patience, bool& in_time) const;
  End end_of_silence(bool in_time);

  Descriptor socket_;
  Descriptor process_;  // a pidfd
  int photos_ = 0;
};

}  // namespace keepsake::image
