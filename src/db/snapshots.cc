#include "db/snapshots.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <functional>
#include <optional>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "db/open.h"

namespace keepsake::db {
namespace {

constexpr std::string_view prefix = "keepsake-";

// Two starts at the same moment write two.
std::string name_of(std::int64_t number, Time when) {
  const std::string own = PublicId::random().text().substr(0, 8);
  char name[64];
  std::snprintf(name, sizeof name, "keepsake-%04lld-%s-%lld.db", static_cast<long long>(number), own.c_str(),
                static_cast<long long>(to_micros(when)));
  return name;
}

// When the snapshot of this name was written, if it is one.
std::optional<Time> written(std::string_view name) {
  const auto dash = name.rfind('-');
  if (!name.starts_with(prefix) || !name.ends_with(".db") || dash < prefix.size()) return std::nullopt;
  const auto digits = name.substr(dash + 1, name.size() - 3 - (dash + 1));
  std::int64_t micros = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), micros);
  if (digits.empty() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return from_micros(micros);
}

}  // namespace

void write_snapshot(Database& database, const std::filesystem::path& snapshots, std::int64_t number) {
  std::filesystem::create_directories(snapshots);
  std::filesystem::permissions(snapshots, std::filesystem::perms::owner_all);
  database.copy_to(snapshots / name_of(number, SystemClock().now()));
  log_info("snapshot before migration", {{"number", number}});
}

int remove_snapshots(const std::filesystem::path& snapshots, Time before) {
  std::error_code missing;
  int removed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(snapshots, missing)) {
    const auto when = written(entry.path().filename().string());
    if (when && *when < before) removed += std::filesystem::remove(entry.path());
  }
  return removed;
}

std::vector<Time> snapshots_in(const std::filesystem::path& snapshots) {
  std::error_code missing;
  std::vector<Time> times;
  for (const auto& entry : std::filesystem::directory_iterator(snapshots, missing)) {
    if (const auto when = written(entry.path().filename().string())) times.push_back(*when);
  }
  std::ranges::sort(times, std::greater());
  return times;
}

}  // namespace keepsake::db
