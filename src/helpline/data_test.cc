// The records that the binary carries.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/embedded.h"
#include "base/text.h"
#include "helpline/country.h"
#include "helpline/directory.h"
#include "helpline/line_text.h"
#include "helpline/oddities.h"

namespace keepsake {
namespace {

using std::chrono::year;

constexpr std::size_t fewest_countries = 15;

TEST(HelplineData, EveryRecordCanBeReadAndNoneIsGrave) {
  const std::vector<Line> lines = embedded_lines();
  EXPECT_GE(lines.size(), 100u);
  // Dates to come are measured by the day the newest record was read, not by the clock of this machine.
  for (const Oddity& oddity : oddities_of(lines, year(2026) / 11 / 24, std::chrono::months(18)))
    EXPECT_EQ(oddity.weight, Oddity::Weight::mild) << oddity.id << ": " << oddity.sentence;
}

TEST(HelplineData, OneFileACountryEndingWithItsLine) {
  for (const EmbeddedFile& file : embedded_files("data/helplines/")) {
    SCOPED_TRACE(file.name);
    ASSERT_TRUE(file.name.ends_with(".jsonl") && file.content.ends_with('\n'));
    const std::string_view name = file.name.substr(file.name.rfind('/') + 1);
    for (const std::string_view text : split(file.content.substr(0, file.content.size() - 1), '\n')) {
      const auto line = parse_line(text);
      ASSERT_TRUE(line) << line.refusal().field << ": " << line.refusal().sentence;
      const Line& read = line.value();
      EXPECT_TRUE(read.country == anywhere || is_country(read.country)) << read.id;
      // Of countries of which nothing else is known.
      if (name == "emergency.jsonl")
        EXPECT_TRUE(read.emergency) << read.id;
      else
        EXPECT_EQ(name, ascii_lower(read.country) + ".jsonl") << read.id;
    }
  }
}

TEST(HelplineData, EveryCountrySaysWhomToCallInAnEmergency) {
  const Directory directory(embedded_lines());
  std::size_t known = 0;
  for (const std::string& country : directory.every_country()) {
    const FoundLines found = directory.find(country, {});
    ASSERT_FALSE(found.crisis.empty()) << country;
    EXPECT_TRUE(found.crisis.back()->emergency) << country;
    const auto callable = [](const Channel& channel) { return channel.means == Means::call; };
    EXPECT_TRUE(std::ranges::any_of(found.crisis.back()->channels, callable)) << country;
    // Beside it somebody who listens to anyone, or in a crisis: of this country, or of a directory.
    const bool listens = !found.general.empty() || !found.crisis.front()->emergency;
    EXPECT_EQ(listens, found.known) << country;
    EXPECT_EQ(found.everywhere.empty(), found.known) << country;
    known += found.known ? 1 : 0;
  }
  EXPECT_GE(known, fewest_countries);
}

TEST(HelplineData, NewZealandIsWhole) {
  const Directory directory(embedded_lines());
  for (const char* id :
       {"nz-emergency", "nz-sands", "nz-miscarriage-support", "nz-miscarriage-matters", "nz-lifeline",
        "nz-suicide-crisis-helpline", "nz-1737", "nz-samaritans", "nz-youthline", "nz-whatsup", "nz-kidsline",
        "nz-depression-helpline", "nz-anxiety-helpline", "nz-healthline", "nz-cancer-society",
        "nz-womens-refuge", "nz-shine", "nz-safe-to-talk", "nz-plunketline"})
    EXPECT_NE(directory.find_id(id), nullptr) << id;
}

}  // namespace
}  // namespace keepsake
