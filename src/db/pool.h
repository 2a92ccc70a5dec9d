#pragma once
// A bounded pool of connections, opened when first needed; the one used last is taken first.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "db/database.h"

namespace keepsake::db {

template <class Connection>
class Pool {
 public:
  static constexpr std::chrono::seconds longest_wait{10};

  Pool(std::size_t limit, std::function<std::unique_ptr<Connection>()> open)
      : limit_(limit), open_(std::move(open)) {}

  // Goes back to the pool when destroyed, unless it is no longer sound.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }
    // Another connection in place of this one, opened now.
    void renew() {
      connection_.reset();
      connection_ = pool_.open_();
    }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Throws Busy if none is free in time, and what opening throws.
  Lease take() {
    if (auto idle = take_idle()) return Lease(*this, std::move(idle));
    try {
      return Lease(*this, open_());
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  void drop_idle() {
    std::vector<std::unique_ptr<Connection>> dropped;
    std::lock_guard lock(mutex_);
    out_ -= idle_.size();
    dropped.swap(idle_);
    freed_.notify_all();
  }

 private:
  // Null if the caller shall open one.
  std::unique_ptr<Connection> take_idle() {
    std::unique_lock lock(mutex_);
    const auto free = [&] { return !idle_.empty() || out_ < limit_; };
    if (!freed_.wait_for(lock, longest_wait, free)) throw Busy("no connection became free");
    if (idle_.empty()) {
      ++out_;
      return nullptr;
    }
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) {
    std::lock_guard lock(mutex_);
    if (connection && connection->sound())
      idle_.push_back(std::move(connection));
    else
      --out_;
    freed_.notify_one();
  }

  const std::size_t limit_;
  const std::function<std::unique_ptr<Connection>()> open_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t out_ = 0;  // opened, idle or not
};

}  // namespace keepsake::db
