#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "base/random.h"
#include "db/hooks.h"
#include "db/inside.h"
#include "db/open.h"
#include "db/pool.h"
#include "db/postgres_connection.h"
#include "db/postgres_line.h"
#include "db/postgres_reader.h"
#include "db/reach.h"

namespace keepsake::db {
namespace {

constexpr int most_retries = 10;

using Connections = Pool<PostgresConnection>;

// One transaction on a pooled connection, rolled back when destroyed unless committed.
class Transaction {
 public:
  // A connection that died while idle is replaced, and with it all others of its age; where the server does
  // not answer at all, nobody else is to wait for it.
  Transaction(Connections& pool, Reach& reach, const std::string& begin) : lease_(pool.take()) {
    try {
      lease_->run_quickly(begin);
    } catch (const Silent&) {
      reach.lost();
      pool.drop_idle();
      throw;
    } catch (const Unreachable&) {
      pool.drop_idle();
      lease_.renew();
      lease_->run_quickly(begin);
    }
  }
  ~Transaction() { lease_->roll_back(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  PostgresConnection& connection() { return *lease_; }

 private:
  Connections::Lease lease_;
};

class PostgresTx final : public Tx {
 public:
  PostgresTx(PostgresConnection& connection, Hooks& hooks) : connection_(connection), hooks_(hooks) {}

  Engine engine() const override { return Engine::postgres; }
  void after_commit(std::function<void()> act) override { hooks_.push_back(std::move(act)); }
  // Whether some statement lost against another transaction, even if the closure caught that.
  bool lost_a_conflict() const { return lost_a_conflict_; }

 protected:
  void run_query(std::string_view sql, std::span<const Param> params,
                 const std::function<void(const Row&)>& each) override {
    watched([&] { connection_.query(sql, params, each); });
  }
  std::int64_t run_execute(std::string_view sql, std::span<const Param> params) override {
    std::int64_t changed = 0;
    watched([&] { changed = connection_.execute(sql, params); });
    return changed;
  }

 private:
  template <class F>
  void watched(F&& run) {
    try {
      run();
    } catch (const Conflict&) {
      lost_a_conflict_ = true;
      throw;
    }
  }

  PostgresConnection& connection_;
  Hooks& hooks_;
  bool lost_a_conflict_ = false;
};

// Longer with every try, and never the same for two who met.
void pause_before_retry(int tries) {
  std::uint32_t random = 0;
  fill_random(std::as_writable_bytes(std::span(&random, 1)));
  const std::uint32_t most_us = 500u << std::min(tries, 8);
  std::this_thread::sleep_for(std::chrono::microseconds(random % most_us));
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const std::string& address, const Options& options)
      : address_(address),
        options_(options),
        readers_(options.readers, [this] { return connect(); }),
        writers_(options.writers, [this] { return connect(); }) {}

  Engine engine() const override { return Engine::postgres; }
  Stats stats() const override { return {.writes = writes_, .commits = writes_, .retries = retries_}; }
  std::unique_ptr<Line> line() override { return make_postgres_line(address_, options_.durable); }
  void copy_to(const std::filesystem::path&) override { throw Error("PostgreSQL is copied by pg_dump"); }

 protected:
  void run_read(const std::function<void(Reader&)>& fn) override {
    if (auto* outer = Inside::reader(*this)) return fn(*outer);
    Transaction transaction(readers_, reach_, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    PostgresReader reader(transaction.connection());
    const Inside inside(*this, Inside::What::reading, &reader);
    fn(reader);
  }

  void run_write(const std::function<bool(Tx&)>& fn) override {
    Inside::refuse_write(*this);
    for (int tries = 0;; ++tries) try {
        const auto hooks = attempt(fn);
        const Inside inside(*this, Inside::What::committed, nullptr);
        return run_all(hooks);
      } catch (const Conflict&) {
        if (tries == most_retries) throw;
        ++retries_;
        pause_before_retry(tries);
      }
  }

 private:
  std::unique_ptr<PostgresConnection> connect() {
    reach_.before_connecting();
    try {
      auto made = std::make_unique<PostgresConnection>(address_, options_.durable, options_.patience);
      reach_.found();
      return made;
    } catch (const Unreachable&) {
      reach_.lost();
      throw;
    }
  }

  // What is to run after the commit.
  Hooks attempt(const std::function<bool(Tx&)>& fn) {
    Transaction transaction(writers_, reach_, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    Hooks hooks;
    if (!run_closure(transaction.connection(), hooks, fn)) return {};
    transaction.connection().commit();
    ++writes_;
    return hooks;
  }

  bool run_closure(PostgresConnection& connection, Hooks& hooks, const std::function<bool(Tx&)>& fn) {
    PostgresTx tx(connection, hooks);
    const Inside inside(*this, Inside::What::writing, &tx);
    bool keep = false;
    try {
      keep = fn(tx);
    } catch (...) {
      if (!tx.lost_a_conflict()) throw;
    }
    if (tx.lost_a_conflict()) throw Conflict("a statement lost against another transaction");
    return keep;
  }

  std::atomic<std::uint64_t> writes_ = 0;
  std::atomic<std::uint64_t> retries_ = 0;
  const std::string address_;
  const Options options_;
  Reach reach_;
  Connections readers_;
  Connections writers_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& address, const Options& options) {
  if (!address.starts_with("postgresql://") && !address.starts_with("postgres://"))
    throw Error("a PostgreSQL address begins with postgresql://");
  return std::make_unique<PostgresDatabase>(address, options);
}

}  // namespace keepsake::db
