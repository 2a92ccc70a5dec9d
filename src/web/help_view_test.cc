#include "web/help_view.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "support/databases.h"
#include "web/speaking.h"

namespace keepsake::web {
namespace {

using namespace std::chrono;

Hours daily(std::string zone, int from, int to) {
  Hours hours;
  hours.zone = std::move(zone);
  hours.week = {{0x7f, {from * 60, to * 60}}};
  return hours;
}

Line fictional(std::string id, std::optional<Hours> hours) {
  Line line;
  line.id = std::move(id);
  line.country = "NZ";
  line.name = "The Quiet Line";
  line.general = true;
  line.channels = {{.means = Means::call, .number = "0800 000 000", .dial = "0800000000"}};
  line.hours = std::move(hours);
  line.sources = {{.address = "https://quiet.example/",
                   .says = "2026-06",
                   .read = "2026-06-30",
                   .quote = "0800 000 000",
                   .own = true}};
  line.sure = Sure::provider;
  return line;
}

// UTC.
Time at(int y, unsigned m, unsigned d, int hour, int minute = 0) {
  return Time(sys_days(year(y) / m / d) + hours(hour) + minutes(minute));
}

// ICU parts the hour from "pm" by one of several spaces, by its version.
std::string plain(std::string text) {
  for (const std::string_view space : {"\u202f", "\u00a0"})
    for (std::size_t place = text.find(space); place != text.npos; place = text.find(space))
      text.replace(place, space.size(), " ");
  return text;
}

class HelpViewTest : public support::StoreTest {
 protected:
  std::string now_in(std::string_view language, const std::optional<Hours>& hours, Time now) {
    http::RequestHead request;
    request.headers.add("Accept-Language", language);
    const Speaking speaking(languages_, request);
    return plain(view_.status(hours ? &*hours : nullptr, now).said);
  }

  ManualClock clock_;
  ManualUptime uptime_;
  Epoch epoch_{database(), uptime_};
  html::Languages languages_{"en"};
  html::Pages pages_{languages_.english()};
  Respond respond_{pages_, languages_};
  std::vector<Line> lines_{fictional("nz-quiet", daily("Pacific/Auckland", 13, 23))};
  Helplines helplines_{database(), epoch_, clock_, [this] { return lines_; }};
  HelpView view_{helplines_, months(18), "https://elsewhere.example/", respond_};
};

TEST_P(HelpViewTest, SaysWhetherALineIsOpenAtTheEdgesOfItsHours) {
  const Hours hours = daily("Pacific/Auckland", 13, 23);
  // Winter, UTC+12.
  EXPECT_EQ(now_in("en", hours, at(2026, 7, 1, 0, 59)), "Opens today at 1 pm");
  EXPECT_EQ(now_in("en", hours, at(2026, 7, 1, 1)), "Open now, until 11 pm");
  EXPECT_EQ(now_in("en", hours, at(2026, 7, 1, 10, 59)), "Open now, until 11 pm");
  EXPECT_EQ(now_in("en", hours, at(2026, 7, 1, 11)), "Opens tomorrow at 1 pm");
  EXPECT_EQ(now_in("en", hours, at(2026, 7, 1, 12)), "Opens today at 1 pm");
  EXPECT_EQ(now_in("de", hours, at(2026, 7, 1, 1)), "Jetzt erreichbar, bis 23:00");
  EXPECT_EQ(now_in("de", hours, at(2026, 7, 1, 11)), "Öffnet morgen um 13:00");
}

TEST_P(HelpViewTest, AcrossMidnightAndDaylightSaving) {
  const Hours night = daily("Pacific/Auckland", 18, 2);
  EXPECT_EQ(now_in("en", night, at(2026, 7, 1, 11, 30)), "Open now, until 2 am");
  EXPECT_EQ(now_in("en", night, at(2026, 7, 1, 13, 59)), "Open now, until 2 am");
  EXPECT_EQ(now_in("en", night, at(2026, 7, 1, 14)), "Opens today at 6 pm");
  // The clock goes from 2 am to 3 am on 27 September 2026, and from 3 am back to 2 am on 5 April.
  // Two o'clock does not come that night: the moment is called three.
  EXPECT_EQ(now_in("en", night, at(2026, 9, 26, 13, 59)), "Open now, until 3 am");
  EXPECT_EQ(now_in("en", night, at(2026, 9, 26, 14)), "Opens today at 6 pm");
  EXPECT_EQ(now_in("en", night, at(2026, 4, 4, 12, 59)), "Open now, until 2 am");
  EXPECT_EQ(now_in("en", night, at(2026, 4, 4, 13)), "Opens today at 6 pm");
}

TEST_P(HelpViewTest, NeverSaysClosedOfWhatIsNotKnown) {
  EXPECT_EQ(now_in("en", std::nullopt, at(2026, 7, 1, 1)), "Hours not published");
  EXPECT_EQ(now_in("en", daily("Europe/Atlantis", 9, 17), at(2026, 7, 1, 1)),
            "Whether it is open now cannot be told here");
}

TEST_P(HelpViewTest, IsRightOnlyUntilSomethingOpensOrShutsOrADayEnds) {
  http::RequestHead request;
  const Speaking speaking(languages_, request);
  const HelpShown shown = view_.find({.country = "NZ"}, at(2026, 7, 1, 9));
  Time until = Time::max();
  const Time now = at(2026, 7, 1, 9);
  EXPECT_TRUE(view_.json(shown, now, until).at("lines").at(0).at("open_now").as_bool());
  EXPECT_EQ(until, at(2026, 7, 1, 11));
  until = Time::max();
  EXPECT_FALSE(view_.json(shown, at(2026, 7, 1, 11), until).at("lines").at(0).at("open_now").as_bool());
  EXPECT_EQ(until, at(2026, 7, 1, 12));  // midnight there: then it opens today
}

KEEPSAKE_ON_BOTH_ENGINES(HelpViewTest);

}  // namespace
}  // namespace keepsake::web
