#pragma once
// Jobs as they wait in the database: written in the transaction of what they follow from, so that neither is
// there without the other.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "db/database.h"

namespace keepsake::jobs {

using JobId = RowId<struct JobTag>;

struct Job {
  JobId id;
  std::string kind;     // "mail", "blob-removal"
  std::string payload;  // as the kind defines it, most often JSON
  std::int64_t attempt = 1;
};

constexpr std::size_t longest_payload = 256 * 1024;

// To be run by a Runner once `tx` is durable and `due` has come. Throws db::Error for a payload over
// longest_payload bytes.
void enqueue(db::Tx& tx, std::string_view kind, std::string_view payload, Time due);

class JobStore {
 public:
  explicit JobStore(db::Database& database) : database_(database) {}

  // The job that has been due longest, held for the caller until `until`: no other runner takes it before.
  std::optional<Job> take(Time now, Time until);
  void finish(JobId job);
  // Lets go of the job until `due`.
  void postpone(JobId job, Time due);
  // How many wait, due or not.
  std::int64_t waiting();

  // Whether the periodic job `name` is due, held for the caller until `until`. One never seen before is due
  // at once; one due later than `interval` from now (the interval was made shorter) is due then.
  bool take_periodic(std::string_view name, std::chrono::microseconds interval, Time now, Time until);
  void finish_periodic(std::string_view name, Time due);

 private:
  db::Database& database_;
};

}  // namespace keepsake::jobs
