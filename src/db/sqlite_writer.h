#pragma once
// The one writer of a SQLite file in this process: a thread that carries out all writes that wait, many to a
// commit, so that the cost of reaching the disk is shared.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "db/database.h"
#include "db/sqlite_connection.h"

namespace keepsake::db {

class SqliteWriter {
 public:
  // `database` is whom the writes belong to; it must outlive the writer.
  SqliteWriter(const Database& database, const std::filesystem::path& file, bool durable);
  // Carries out what waits, then ends.
  ~SqliteWriter();

  // Returns once what `fn` wrote is durable, or undone if `fn` returned false; throws what `fn` threw or why
  // the commit failed, and Busy if too many wait already.
  void write(const std::function<bool(Tx&)>& fn);
  Stats stats() const;

 private:
  struct Write;
  using Batch = std::vector<Write*>;

  void run();
  Batch next_batch();
  void carry_out(const Batch& batch);
  void commit(const Batch& batch);
  void run_one(Write& write);
  void attempt(Write& write);
  void run_hooks(const Batch& batch);

  const Database& database_;
  SqliteConnection connection_;
  std::atomic<std::uint64_t> writes_ = 0;
  std::atomic<std::uint64_t> commits_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Write*> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::db
