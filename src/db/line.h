#pragma once
// A connection to the database for one thread alone, which so waits for nobody who has taken all others; and
// a bell between the servers of one database.
#include <chrono>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "db/database.h"

namespace keepsake::db {

class Line {
 public:
  // What was to answer within this has not, and is given up (throws Unreachable). PostgreSQL alone.
  static constexpr std::chrono::seconds patience{3};

  virtual ~Line() = default;

  // Runs `fn(Reader&)` and returns its value. Each statement sees what was committed before it, so one
  // statement to a view. Connects anew where it has to.
  template <class F>
  auto read(F&& fn) -> std::invoke_result_t<F, Reader&> {
    std::optional<std::invoke_result_t<F, Reader&>> value;
    run_read([&](Reader& reader) { value.emplace(fn(reader)); });
    return std::move(*value);
  }
  // Ends the wait of every other line to the same database, on any node. A hint: it may get lost. Throws
  // Unreachable.
  virtual void ring() = 0;
  // Returns when another line rang, wake() was called or `most` has passed; sometimes for nothing.
  virtual void wait(std::chrono::milliseconds most) = 0;
  // Ends the wait of this line, also one that comes after. From any thread.
  virtual void wake() noexcept = 0;

 protected:
  virtual void run_read(const std::function<void(Reader&)>& fn) = 0;
};

}  // namespace keepsake::db
