#include "upkeep/helpline_store.h"

namespace keepsake::helpline_store {
namespace {

std::int64_t number_of(std::chrono::sys_days day) {
  return day.time_since_epoch().count();
}

std::optional<std::string> if_any(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

#define CHANGE_COLUMNS "at, person, line, act, before, after "

HelplineChange read_change(const db::Row& row) {
  HelplineChange change{.at = row.time(0),
                        .host = {},
                        .line = row.text(2),
                        .act = static_cast<HelplineChange::Act>(row.integer(3)),
                        .before = row.maybe_text(4).value_or(std::string()),
                        .after = row.maybe_text(5).value_or(std::string())};
  if (!row.is_null(1)) change.host = row.id<PersonId>(1);
  return change;
}

}  // namespace

std::int64_t version(db::Reader& reader) {
  return reader.one("SELECT COALESCE(max(id), 0) FROM helpline_trail",
                    [](const db::Row& row) { return row.integer(0); });
}

Helplines::Owns owns(db::Reader& reader) {
  Helplines::Owns all;
  reader.query("SELECT line, record, hidden FROM helpline", [&](const db::Row& row) {
    all.emplace(row.text(0), Helplines::Own{row.maybe_text(1), row.boolean(2)});
  });
  return all;
}

void put(db::Tx& tx, std::string_view line, const Helplines::Own& own) {
  tx.execute("DELETE FROM helpline WHERE line = $1", line);
  if (own.record || own.hidden)
    tx.execute("INSERT INTO helpline (line, record, hidden) VALUES ($1, $2, $3)", line, own.record,
               own.hidden);
}

void append(db::Tx& tx, const HelplineChange& change) {
  tx.execute("INSERT INTO helpline_trail (" CHANGE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)", change.at,
             change.host, change.line, static_cast<std::int64_t>(change.act), if_any(change.before),
             if_any(change.after));
}

std::vector<HelplineChange> trail(db::Reader& reader, std::string_view line, int most) {
  if (line.empty())
    return reader.all("SELECT " CHANGE_COLUMNS "FROM helpline_trail ORDER BY id DESC LIMIT $1", read_change,
                      most);
  return reader.all("SELECT " CHANGE_COLUMNS "FROM helpline_trail WHERE line = $1 ORDER BY id DESC LIMIT $2",
                    read_change, line, most);
}

void cut_trail(db::Tx& tx, int most) {
  tx.execute(
      "DELETE FROM helpline_trail WHERE id < (SELECT min(id) FROM "
      "(SELECT id FROM helpline_trail ORDER BY id DESC LIMIT $1) AS newest)",
      most);
}

void count(db::Tx& tx, std::string_view line, std::chrono::sys_days day, Trouble trouble, std::int64_t most) {
  tx.execute(
      "INSERT INTO helpline_report (line, day, trouble, number) VALUES ($1, $2, $3, 1) "
      "ON CONFLICT (line, day, trouble) DO UPDATE SET number = helpline_report.number + 1 "
      "WHERE helpline_report.number < $4",
      line, number_of(day), static_cast<std::int64_t>(trouble), most);
}

std::map<std::string, TroubleCounts, std::less<>> counts(db::Reader& reader, std::chrono::sys_days since) {
  std::map<std::string, TroubleCounts, std::less<>> all;
  reader.query(
      "SELECT line, trouble, CAST(sum(number) AS bigint) FROM helpline_report WHERE day >= $1 "
      "GROUP BY line, trouble",
      [&](const db::Row& row) {
        all[row.text(0)].at(static_cast<std::size_t>(row.integer(1))) = row.integer(2);
      },
      number_of(since));
  return all;
}

void forget_before(db::Tx& tx, std::chrono::sys_days day) {
  tx.execute("DELETE FROM helpline_report WHERE day < $1", number_of(day));
}

}  // namespace keepsake::helpline_store
