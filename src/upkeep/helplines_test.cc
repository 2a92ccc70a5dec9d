#include "upkeep/helplines.h"

#include "base/uptime.h"
#include "helpline/line_text.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using std::chrono::months;

const Time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::hours(9);
constexpr std::string_view home = "192.0.2.1";

Line line_of(const std::string& id, const std::string& name, const std::string& number) {
  Line line;
  line.id = id;
  line.country = "NZ";
  line.name = name;
  line.general = true;
  line.channels = {{.means = Means::call, .number = number, .dial = number}};
  line.sources = {
      {.address = "https://" + id + ".example/", .says = "", .read = "2026-11-24", .quote = number}};
  return line;
}

std::vector<Line> carried() {
  return {line_of("nz-first", "First", "0800111"), line_of("nz-second", "Second", "0800222"),
          line_of("nz-third", "Third", "0800333")};
}

class HelplinesTest : public support::StoreTest {
 protected:
  HelplinesTest() { clock_.advance(now - clock_.now()); }

  // What readers are shown: "First 0800111, Second 0800222".
  std::string shown(Helplines& lines) {
    std::string all;
    for (const Line* line : lines.directory()->find("NZ", {}).all())
      all += (all.empty() ? "" : ", ") + line->name + " " + line->channels[0].number;
    return all;
  }
  std::string shown() { return shown(lines_); }
  std::string acts(std::string_view id = "") {
    std::string all;
    for (const HelplineChange& change : lines_.trail(id))
      all += (all.empty() ? "" : ", ") + change.line + " " + std::string(word_of(change.act));
    return all;
  }
  KnownLine known(std::string_view id) { return lines_.find(id, months(18)).value(); }

  ManualClock clock_;
  ManualUptime uptime_;
  Epoch epoch_{database(), uptime_};
  support::Persons persons_{database()};
  const PersonId host_ = persons_.add("ada", true);
  Helplines lines_{database(), epoch_, clock_, carried};
};
KEEPSAKE_ON_BOTH_ENGINES(HelplinesTest);

TEST_P(HelplinesTest, AHostsRecordStandsInItsPlaceUntilItIsTakenBack) {
  EXPECT_EQ(shown(), "First 0800111, Second 0800222, Third 0800333");
  const auto before = lines_.directory();
  const auto epoch = epoch_.current();
  ASSERT_FALSE(lines_.keep(host_, line_of("nz-second", "Second", "0800999")).refused());
  EXPECT_FALSE(epoch_.still(epoch));
  EXPECT_EQ(shown(), "First 0800111, Second 0800999, Third 0800333");
  EXPECT_EQ(before->find_id("nz-second")->channels[0].number,
            "0800222");  // whoever reads on reads what stood
  EXPECT_EQ(known("nz-second").standing, KnownLine::Standing::corrected);

  ASSERT_FALSE(lines_.take_back(host_, "nz-second").refused());
  EXPECT_EQ(shown(), "First 0800111, Second 0800222, Third 0800333");
  EXPECT_EQ(known("nz-second").standing, KnownLine::Standing::ours);
}

TEST_P(HelplinesTest, ANewerRecordOfTheProgramUndoesNoCorrection) {
  ASSERT_FALSE(lines_.keep(host_, line_of("nz-second", "Second", "0800999")).refused());
  Helplines next(database(), epoch_, clock_, [] {
    auto lines = carried();
    lines[1].sources[0].read = "2027-01-01";
    return lines;
  });
  EXPECT_EQ(shown(next), "First 0800111, Second 0800999, Third 0800333");
}

TEST_P(HelplinesTest, AddsLinesAndGivesThemIds) {
  Line added = line_of("", "Te Wāhi Āwhina", "0800444");
  added.sources[0].address = "https://added.example/";
  EXPECT_EQ(*lines_.keep(host_, added), "nz-te-w-hi-whina");
  EXPECT_EQ(*lines_.keep(host_, added), "nz-te-w-hi-whina-2");
  EXPECT_EQ(known("nz-te-w-hi-whina").standing, KnownLine::Standing::added);
  EXPECT_EQ(shown(),
            "First 0800111, Second 0800222, Third 0800333, Te Wāhi Āwhina 0800444, Te Wāhi Āwhina 0800444");
  ASSERT_FALSE(lines_.take_back(host_, "nz-te-w-hi-whina-2").refused());
  EXPECT_FALSE(lines_.find("nz-te-w-hi-whina-2", months(18)));
}

TEST_P(HelplinesTest, HidesAndShows) {
  ASSERT_FALSE(lines_.hide(host_, "nz-first").refused());
  ASSERT_FALSE(lines_.hide(host_, "nz-first").refused());
  EXPECT_EQ(shown(), "Second 0800222, Third 0800333");
  EXPECT_TRUE(known("nz-first").hidden);
  // A correction of what is hidden waits.
  ASSERT_FALSE(lines_.keep(host_, line_of("nz-first", "First", "0800555")).refused());
  EXPECT_EQ(shown(), "Second 0800222, Third 0800333");
  ASSERT_FALSE(lines_.show(host_, "nz-first").refused());
  EXPECT_EQ(shown(), "First 0800555, Second 0800222, Third 0800333");
  EXPECT_EQ(acts("nz-first"), "nz-first shown, nz-first kept, nz-first hidden");
  EXPECT_EQ(lines_.hide(host_, "nz-nowhere").refusal().kind, Refused::not_found);
}

TEST_P(HelplinesTest, TheTrailKeepsWhoDidWhatAndTheRecordBeforeAndAfter) {
  ASSERT_FALSE(lines_.keep(host_, line_of("nz-second", "Second", "0800999")).refused());
  ASSERT_FALSE(lines_.hide(host_, "nz-third").refused());
  ASSERT_FALSE(lines_.take_back(host_, "nz-second").refused());
  EXPECT_EQ(acts(), "nz-second taken-back, nz-third hidden, nz-second kept");
  const HelplineChange kept = lines_.trail("nz-second").back();
  EXPECT_EQ(kept.at, now);
  EXPECT_EQ(kept.host, host_);
  EXPECT_EQ(kept.before, line_text(carried()[1]));
  EXPECT_EQ(parse_line(kept.after)->channels[0].number, "0800999");
  // What changes nothing leaves no step.
  ASSERT_FALSE(lines_.take_back(host_, "nz-second").refused());
  ASSERT_FALSE(lines_.keep(host_, carried()[1]).refused());
  EXPECT_EQ(lines_.trail("").size(), 3u);
}

TEST_P(HelplinesTest, AHostWhoLeavesStaysInTheTrailWithoutAName) {
  const PersonId other = persons_.add("mere", true);
  ASSERT_FALSE(lines_.hide(other, "nz-third").refused());
  ASSERT_FALSE(persons_.people.remove(other).refused());
  EXPECT_EQ(lines_.trail("nz-third").front().host, std::nullopt);
  EXPECT_EQ(shown(), "First 0800111, Second 0800222");
}

TEST_P(HelplinesTest, RefusesWhatCannotBeBorneOut) {
  Line code = line_of("nz-first", "First", "+64116123");
  EXPECT_EQ(lines_.keep(host_, code).refusal().sentence,
            "+64116123 is a made-up international form of a short code: no telephone reaches it.");
  EXPECT_EQ(lines_.keep(host_, code).refusal().field, "channels.0.number");
  Line yesterday = line_of("nz-first", "First", "0800555");
  yesterday.sources[0].read = "2026-11-23";
  EXPECT_EQ(lines_.keep(host_, yesterday).refusal().field, "sources");
  Line plain = line_of("nz-first", "First", "0800555");
  plain.sources[0].address = "http://first.example/";
  EXPECT_EQ(lines_.keep(host_, plain).refusal().field, "sources");
  Line nothing = line_of("nz-first", "First", "");
  EXPECT_EQ(lines_.keep(host_, nothing).refusal().field, "channels.0.number");
  Line nowhere = line_of("", "First", "0800555");
  nowhere.country = "QQ";
  EXPECT_EQ(lines_.keep(host_, nowhere).refusal().field, "country");
  EXPECT_EQ(acts(), "");
}

TEST_P(HelplinesTest, ReportsAreCountedOnceADayFromAnAddress) {
  for (int i = 0; i < 3; ++i)
    ASSERT_FALSE(lines_.did_not_work("nz-first", Trouble::no_answer, home).refused());
  ASSERT_FALSE(lines_.did_not_work("nz-first", Trouble::wrong_number, "192.0.2.2").refused());
  EXPECT_EQ(known("nz-first").reports, (TroubleCounts{1, 1, 0, 0}));
  EXPECT_EQ(known("nz-second").reports, TroubleCounts{});
  clock_.advance(std::chrono::hours(24));
  ASSERT_FALSE(lines_.did_not_work("nz-first", Trouble::no_answer, home).refused());
  EXPECT_EQ(known("nz-first").reports, (TroubleCounts{2, 1, 0, 0}));
  EXPECT_EQ(lines_.did_not_work("nz-nowhere", Trouble::other, home).refusal().kind, Refused::not_found);
  ASSERT_FALSE(lines_.hide(host_, "nz-second").refused());
  EXPECT_EQ(lines_.did_not_work("nz-second", Trouble::other, home).refusal().kind, Refused::not_found);

  clock_.advance(std::chrono::hours(24 * 31));
  EXPECT_EQ(known("nz-first").reports, TroubleCounts{});
  clock_.advance(std::chrono::hours(24 * 60));
  lines_.sweep();
  const auto left = database().read([](db::Reader& reader) {
    return reader.one("SELECT count(*) FROM helpline_report",
                      [](const db::Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(left, 0);
}

TEST_P(HelplinesTest, AnAddressCannotFloodTheReports) {
  std::vector<Line> many;
  for (int i = 0; i < 20; ++i) many.push_back(line_of("nz-line-" + std::to_string(i), "Line", "0800111"));
  Helplines lines(database(), epoch_, clock_, [&] { return many; });
  int taken = 0;
  for (const Line& line : many) taken += lines.did_not_work(line.id, Trouble::other, home) ? 1 : 0;
  EXPECT_EQ(taken, 10);
  EXPECT_EQ(lines.did_not_work("nz-line-15", Trouble::other, home).refusal().kind, Refused::too_many);
  EXPECT_FALSE(lines.did_not_work("nz-line-15", Trouble::other, "192.0.2.9").refused());
}

TEST_P(HelplinesTest, WhatAnotherServerChangedIsSeen) {
  EXPECT_EQ(shown(), "First 0800111, Second 0800222, Third 0800333");
  Epoch elsewhere(database(), uptime_);
  Helplines other(database(), elsewhere, clock_, carried);
  ASSERT_FALSE(other.hide(host_, "nz-first").refused());
  epoch_.refresh();
  EXPECT_EQ(shown(), "Second 0800222, Third 0800333");
  // An epoch that something else raised makes no new directory.
  const auto kept = lines_.directory();
  database().write([&](db::Tx& tx) { epoch_.raise(tx); });
  EXPECT_EQ(lines_.directory(), kept);
}

TEST_P(HelplinesTest, TheOldestStepsOfTheTrailGo) {
  for (int i = 0; i < Helplines::most_trail; ++i) {
    ASSERT_FALSE(lines_.hide(host_, "nz-first").refused());
    ASSERT_FALSE(lines_.show(host_, "nz-first").refused());
  }
  EXPECT_EQ(lines_.trail("").size(), static_cast<std::size_t>(Helplines::most_trail));
  lines_.sweep();
  EXPECT_EQ(lines_.trail("nz-first").size(), static_cast<std::size_t>(Helplines::most_trail));
}

TEST_P(HelplinesTest, ARecordThatCannotBeReadIsNone) {
  ASSERT_FALSE(lines_.keep(host_, line_of("nz-first", "First", "0800555")).refused());
  database().write(
      [](db::Tx& tx) { tx.execute("UPDATE helpline SET record = $1", "{\"from\": \"later\"}"); });
  Helplines again(database(), epoch_, clock_, carried);
  EXPECT_EQ(shown(again), "First 0800111, Second 0800222, Third 0800333");
}

}  // namespace
}  // namespace keepsake
