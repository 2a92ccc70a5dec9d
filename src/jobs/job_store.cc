#include "jobs/job_store.h"

namespace keepsake::jobs {
namespace {

constexpr std::string_view due_now =
    "SELECT id FROM job WHERE due <= $1 AND leased <= $1 ORDER BY due, id LIMIT 1";
// Runners on other nodes pass over what this one is just taking.
constexpr std::string_view due_now_locked =
    "SELECT id FROM job WHERE due <= $1 AND leased <= $1 ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED";

std::optional<JobId> next_due(db::Tx& tx, Time now) {
  return tx.maybe(
      tx.engine() == db::Engine::sqlite ? due_now : due_now_locked,
      [](const db::Row& row) { return row.id<JobId>(0); }, now);
}

Job lease(db::Tx& tx, JobId job, Time until) {
  return tx.one(
      "UPDATE job SET leased = $1, attempts = attempts + 1 WHERE id = $2 RETURNING id, kind, payload, "
      "attempts",
      [](const db::Row& row) { return Job{row.id<JobId>(0), row.text(1), row.text(2), row.integer(3)}; },
      until, job);
}

bool is_due(db::Reader& reader, std::string_view name, std::chrono::microseconds interval, Time now) {
  const auto later = reader.exists(
      "SELECT 1 FROM periodic_job WHERE name = $1 AND ((due > $2 AND due <= $3) OR leased > $2)", name, now,
      now + interval);
  return !later;
}

}  // namespace

void enqueue(db::Tx& tx, std::string_view kind, std::string_view payload, Time due) {
  if (payload.size() > longest_payload) throw db::Error("the payload of a job is too long");
  tx.execute("INSERT INTO job (kind, payload, due) VALUES ($1, $2, $3)", kind, payload, due);
}

// Looks before it writes, so that an idle runner costs one read.
std::optional<Job> JobStore::take(Time now, Time until) {
  if (!database_.read([&](db::Reader& reader) { return reader.exists(due_now, now); })) return std::nullopt;
  return database_.write([&](db::Tx& tx) -> std::optional<Job> {
    const auto next = next_due(tx, now);
    if (!next) return std::nullopt;
    return lease(tx, *next, until);
  });
}

void JobStore::finish(JobId job) {
  database_.write([&](db::Tx& tx) { tx.execute("DELETE FROM job WHERE id = $1", job); });
}

void JobStore::postpone(JobId job, Time due) {
  database_.write(
      [&](db::Tx& tx) { tx.execute("UPDATE job SET due = $1, leased = 0 WHERE id = $2", due, job); });
}

std::int64_t JobStore::waiting() {
  return database_.read([](db::Reader& reader) {
    return reader.one("SELECT count(*) FROM job", [](const db::Row& row) { return row.integer(0); });
  });
}

bool JobStore::take_periodic(std::string_view name, std::chrono::microseconds interval, Time now,
                             Time until) {
  if (!database_.read([&](db::Reader& reader) { return is_due(reader, name, interval, now); })) return false;
  return database_.write([&](db::Tx& tx) {
    if (!is_due(tx, name, interval, now)) return false;
    tx.execute(
        "INSERT INTO periodic_job (name, due, leased) VALUES ($1, $2, $3) "
        "ON CONFLICT (name) DO UPDATE SET leased = excluded.leased",
        name, now, until);
    return true;
  });
}

void JobStore::finish_periodic(std::string_view name, Time due) {
  database_.write([&](db::Tx& tx) {
    tx.execute("UPDATE periodic_job SET due = $1, leased = 0 WHERE name = $2", due, name);
  });
}

}  // namespace keepsake::jobs
