#include "upkeep/verification_store.h"

namespace keepsake::verification_store {
namespace {

// As `kind` counts.
constexpr std::int64_t finished = 0, under_way = 1;

#define RESULT_COLUMNS                                                                                 \
  "begun, ended, mirror, files, bytes, missing, damaged, repaired, orphans, removed, copied, mended, " \
  "unmirrored, place "

Round read_round(const db::Row& row) {
  return {row.integer(13),
          {.begun = row.time(0),
           .ended = row.time(1),
           .mirror = static_cast<MirrorState>(row.integer(2)),
           .counts = {.files = row.integer(3),
                      .bytes = row.integer(4),
                      .missing = row.integer(5),
                      .damaged = row.integer(6),
                      .repaired = row.integer(7),
                      .orphans = row.integer(8),
                      .removed = row.integer(9),
                      .copied = row.integer(10),
                      .mended = row.integer(11),
                      .unmirrored = row.integer(12)}}};
}

std::optional<Round> find(db::Reader& reader, std::int64_t kind) {
  return reader.maybe("SELECT " RESULT_COLUMNS "FROM verification WHERE kind = $1", read_round, kind);
}

void keep(db::Tx& tx, std::int64_t kind, const Round& round, Time leased) {
  const VerifyResult& sum = round.sum;
  const VerifyCounts& counts = sum.counts;
  tx.execute("DELETE FROM verification WHERE kind = $1", kind);
  tx.execute("INSERT INTO verification (kind, leased, " RESULT_COLUMNS
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
             kind, leased, sum.begun, sum.ended, static_cast<std::int64_t>(sum.mirror), counts.files,
             counts.bytes, counts.missing, counts.damaged, counts.repaired, counts.orphans, counts.removed,
             counts.copied, counts.mended, counts.unmirrored, round.place);
}

}  // namespace

std::optional<VerifyResult> last(db::Reader& reader) {
  const auto round = find(reader, finished);
  return round ? std::optional(round->sum) : std::nullopt;
}

void keep_last(db::Tx& tx, const VerifyResult& result) {
  keep(tx, finished, {.place = 0, .sum = result}, Time());
}

std::optional<Round> round(db::Reader& reader) {
  return find(reader, under_way);
}

bool is_held(db::Reader& reader, Time now) {
  return reader.exists("SELECT 1 FROM verification WHERE kind = $1 AND leased > $2", under_way, now);
}

void keep_round(db::Tx& tx, const Round& round, Time leased) {
  keep(tx, under_way, round, leased);
}

void end_round(db::Tx& tx) {
  tx.execute("DELETE FROM verification WHERE kind = $1", under_way);
}

}  // namespace keepsake::verification_store
