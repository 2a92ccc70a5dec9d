#include "db/sqlite_writer.h"

#include <chrono>
#include <exception>

#include "base/log.h"
#include "db/hooks.h"
#include "db/inside.h"

namespace keepsake::db {
namespace {

constexpr std::size_t most_in_a_batch = 64;
constexpr std::size_t most_waiting = 4096;
constexpr std::chrono::milliseconds slow{50};

class SqliteTx final : public Tx {
 public:
  SqliteTx(SqliteConnection& connection, Hooks& hooks) : connection_(connection), hooks_(hooks) {}

  Engine engine() const override { return Engine::sqlite; }
  void after_commit(std::function<void()> act) override { hooks_.push_back(std::move(act)); }
  bool failed() const { return failed_; }
  // Whether there may be something to undo.
  bool wrote() const { return executed_ || connection_.changes() != changes_before_; }

 protected:
  void run_query(std::string_view sql, std::span<const Param> params,
                 const std::function<void(const Row&)>& each) override {
    guarded([&] { connection_.query(sql, params, each); });
  }
  std::int64_t run_execute(std::string_view sql, std::span<const Param> params) override {
    executed_ = true;
    std::int64_t changed = 0;
    guarded([&] { changed = connection_.execute(sql, params); });
    return changed;
  }

 private:
  // As on PostgreSQL, where a failed statement ends all but the rollback.
  template <class F>
  void guarded(F&& run) {
    if (failed_) throw Error("a statement of this transaction has failed before");
    try {
      run();
    } catch (const Error&) {
      failed_ = true;
      throw;
    }
  }

  SqliteConnection& connection_;
  Hooks& hooks_;
  const std::int64_t changes_before_ = connection_.changes();
  bool executed_ = false;
  bool failed_ = false;
};

void warn_if_slow(std::chrono::steady_clock::time_point began) {
  const auto took = std::chrono::steady_clock::now() - began;
  if (took > slow)
    log_warning("slow write", {{"ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
}

}  // namespace

// A write and what became of it so far.
struct SqliteWriter::Turn {
  PendingWrite& write;
  Hooks hooks = {};
  bool kept = false;
  bool wrote = false;  // whether there may be something to undo

  bool is_to_be_undone() const { return wrote && !kept; }
};

SqliteWriter::SqliteWriter(const Database& database, const std::filesystem::path& file, bool durable)
    : database_(database), connection_(file, SqliteUse::write, durable), thread_([this] { run(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void SqliteWriter::begin(PendingWrite& write) {
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting) throw Busy("too many writes wait");
    waiting_.push_back(&write);
  }
  arrived_.notify_one();
}

Stats SqliteWriter::stats() const {
  std::lock_guard lock(mutex_);
  return {.writes = writes_, .commits = commits_, .waiting = waiting_.size()};
}

void SqliteWriter::run() {
  for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) carry_out(batch);
}

SqliteWriter::Batch SqliteWriter::next_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
  Batch batch;
  while (!waiting_.empty() && batch.size() < most_in_a_batch) {
    batch.push_back({*waiting_.front()});
    waiting_.pop_front();
  }
  return batch;
}

// What one write saw of another in its batch is worth nothing if the commit fails, so then all fail.
void SqliteWriter::carry_out(Batch& batch) {
  try {
    commit(batch);
    run_hooks(batch);
  } catch (...) {
    connection_.roll_back();
    for (Turn& turn : batch) turn.write.fault = std::current_exception();
  }
  for (Turn& turn : batch) {
    // Whoever waits goes on at once, and the write may be gone before the call returns.
    const auto landed = std::move(turn.write.landed);
    landed();
  }
}

// Hardly ever is anything to be undone, and a savepoint is a fifth of a small write: so first without.
void SqliteWriter::commit(Batch& batch) {
  if (!run_together(batch)) run_one_by_one(batch);
  connection_.execute("COMMIT");
  ++commits_;
  for (const Turn& turn : batch) writes_ += turn.kept;
}

// False if one of them is to be undone: then nothing has happened.
bool SqliteWriter::run_together(Batch& batch) {
  connection_.execute("BEGIN IMMEDIATE");
  for (Turn& turn : batch) {
    attempt(turn);
    if (!turn.is_to_be_undone()) continue;
    connection_.execute("ROLLBACK");
    return false;
  }
  return true;
}

void SqliteWriter::run_one_by_one(Batch& batch) {
  connection_.execute("BEGIN IMMEDIATE");
  for (Turn& turn : batch) {
    connection_.execute("SAVEPOINT one");
    attempt(turn);
    if (turn.is_to_be_undone()) connection_.execute("ROLLBACK TO one");
    connection_.execute("RELEASE one");
  }
}

void SqliteWriter::attempt(Turn& turn) {
  const auto began = std::chrono::steady_clock::now();
  turn.hooks.clear();
  turn.kept = false;
  turn.write.fault = nullptr;
  SqliteTx tx(connection_, turn.hooks);
  try {
    const Inside inside(database_, Inside::What::writing, &tx);
    const bool keep = turn.write.fn(tx);
    if (keep && tx.failed()) throw Error("a failed statement was passed over");
    if (keep && connection_.owes_foreign_keys()) throw ForeignKeyViolation("a deferred foreign key");
    turn.kept = keep;
  } catch (...) {
    turn.write.fault = std::current_exception();
  }
  if (!turn.kept) turn.hooks.clear();
  turn.wrote = tx.wrote();
  // A full disk or a failing one ends the whole transaction within the engine.
  if (!connection_.in_transaction()) std::rethrow_exception(turn.write.fault);
  warn_if_slow(began);
}

void SqliteWriter::run_hooks(const Batch& batch) {
  const Inside inside(database_, Inside::What::committed, nullptr);
  for (const Turn& turn : batch) run_all(turn.hooks);
}

}  // namespace keepsake::db
