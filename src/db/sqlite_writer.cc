#include "db/sqlite_writer.h"

#include <chrono>
#include <exception>
#include <future>

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

 protected:
  void run_query(std::string_view sql, std::span<const Param> params,
                 const std::function<void(const Row&)>& each) override {
    guarded([&] { connection_.query(sql, params, each); });
  }
  std::int64_t run_execute(std::string_view sql, std::span<const Param> params) override {
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
  bool failed_ = false;
};

void warn_if_slow(std::chrono::steady_clock::time_point began) {
  const auto took = std::chrono::steady_clock::now() - began;
  if (took > slow)
    log_warning("slow write", {{"ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
}

}  // namespace

struct SqliteWriter::Write {
  const std::function<bool(Tx&)>& fn;
  Hooks hooks = {};
  bool kept = false;
  std::exception_ptr fault = {};
  std::promise<void> answer = {};
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

void SqliteWriter::write(const std::function<bool(Tx&)>& fn) {
  Write write{fn};
  auto answer = write.answer.get_future();
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting) throw Busy("too many writes wait");
    waiting_.push_back(&write);
  }
  arrived_.notify_one();
  answer.get();
  if (write.fault) std::rethrow_exception(write.fault);
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
    batch.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return batch;
}

// What one write saw of another in its batch is worth nothing if the commit fails, so then all fail.
void SqliteWriter::carry_out(const Batch& batch) {
  try {
    commit(batch);
    run_hooks(batch);
  } catch (...) {
    connection_.roll_back();
    for (auto* write : batch) write->fault = std::current_exception();
  }
  for (auto* write : batch) {
    // The write lives on the stack of the thread that waits, which goes on as soon as it has its answer.
    auto answer = std::move(write->answer);
    answer.set_value();
  }
}

void SqliteWriter::commit(const Batch& batch) {
  connection_.execute("BEGIN IMMEDIATE");
  for (auto* write : batch) run_one(*write);
  connection_.execute("COMMIT");
  ++commits_;
  for (const auto* write : batch) writes_ += write->kept;
}

void SqliteWriter::run_one(Write& write) {
  connection_.execute("SAVEPOINT one");
  attempt(write);
  // A full disk or a failing one ends the whole transaction within the engine.
  if (!connection_.in_transaction()) std::rethrow_exception(write.fault);
  if (!write.kept) {
    write.hooks.clear();
    connection_.execute("ROLLBACK TO one");
  }
  connection_.execute("RELEASE one");
}

void SqliteWriter::attempt(Write& write) {
  const auto began = std::chrono::steady_clock::now();
  try {
    SqliteTx tx(connection_, write.hooks);
    const Inside inside(database_, Inside::What::writing, &tx);
    const bool keep = write.fn(tx);
    if (keep && tx.failed()) throw Error("a failed statement was passed over");
    if (keep && connection_.owes_foreign_keys()) throw ForeignKeyViolation("a deferred foreign key");
    write.kept = keep;
  } catch (...) {
    write.fault = std::current_exception();
  }
  warn_if_slow(began);
}

void SqliteWriter::run_hooks(const Batch& batch) {
  const Inside inside(database_, Inside::What::committed, nullptr);
  for (auto* write : batch) run_all(write->hooks);
}

}  // namespace keepsake::db
