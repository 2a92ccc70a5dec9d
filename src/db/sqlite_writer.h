#pragma once
// The one writer of a SQLite file in this process: a thread that carries out all writes that wait, many to a
// commit, so that the cost of reaching the disk is shared.
#include <atomic>
#include <condition_variable>
#include <deque>
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

  // Puts the write in line and returns. Its `fault` will be what `fn` threw or why the commit failed; it
  // lands on the writer's thread. Throws Busy if too many wait already.
  void begin(PendingWrite& write);
  Stats stats() const;

 private:
  struct Turn;
  using Batch = std::vector<Turn>;

  void run();
  Batch next_batch();
  void carry_out(Batch& batch);
  void commit(Batch& batch);
  bool run_together(Batch& batch);
  void run_one_by_one(Batch& batch);
  void attempt(Turn& turn);
  void run_hooks(const Batch& batch);

  const Database& database_;
  SqliteConnection connection_;
  std::atomic<std::uint64_t> writes_ = 0;
  std::atomic<std::uint64_t> commits_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<PendingWrite*> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::db
