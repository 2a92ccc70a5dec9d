#include "helpline/directory.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

Line line(std::string id, std::string country, Topics topics, bool general = false, bool emergency = false) {
  Line made;
  made.id = std::move(id);
  made.country = std::move(country);
  made.name = made.id;
  made.topics = topics;
  made.general = general;
  made.emergency = emergency;
  return made;
}

std::vector<std::string> ids(const std::vector<const Line*>& lines) {
  std::vector<std::string> all;
  for (const Line* each : lines) all.push_back(each->id);
  return all;
}

using Ids = std::vector<std::string>;

std::vector<Line> some() {
  return {line("nz-emergency", "NZ", {}, false, true),
          line("nz-crisis", "NZ", Topic::suicide),
          line("nz-anyone", "NZ", Topic::suicide, true),
          line("nz-wide", "NZ", Topics(Topic::pregnancy_loss) | Topic::bereavement | Topic::illness),
          line("nz-babies", "NZ", Topic::pregnancy_loss),
          line("nz-children", "NZ", Topic::children),
          line("au-babies", "AU", Topic::pregnancy_loss),
          line("xx-directory", "XX", {})};
}

TEST(Directory, TopicThenAnyoneThenCrisis) {
  const Directory directory(some());
  const FoundLines found = directory.find("NZ", Topic::pregnancy_loss);
  EXPECT_TRUE(found.known);
  EXPECT_EQ(ids(found.for_topics), (Ids{"nz-babies", "nz-wide"}));
  EXPECT_EQ(ids(found.general), Ids{"nz-anyone"});
  EXPECT_EQ(ids(found.crisis), (Ids{"nz-crisis", "nz-emergency"}));
  EXPECT_TRUE(found.others.empty());
  EXPECT_TRUE(found.everywhere.empty());
}

TEST(Directory, WithoutATopicEverythingOnce) {
  const Directory directory(some());
  const FoundLines found = directory.find("NZ", {});
  EXPECT_EQ(ids(found.all()),
            (Ids{"nz-anyone", "nz-crisis", "nz-emergency", "nz-wide", "nz-babies", "nz-children"}));
}

TEST(Directory, ACountryWithoutLinesIsShownWhatIsForEverywhere) {
  const Directory directory(some());
  for (const char* country : {"TV", "", "nz", "XX", "New Zealand"}) {
    const FoundLines found = directory.find(country, Topic::children);
    EXPECT_FALSE(found.known);
    EXPECT_EQ(ids(found.all()), Ids{"xx-directory"}) << country;
  }
}

TEST(Directory, AnEmergencyNumberAloneIsNotAllThereIs) {
  auto lines = some();
  lines.push_back(line("tv-emergency", "TV", {}, false, true));
  const Directory directory(std::move(lines));
  const FoundLines found = directory.find("TV", Topic::children);
  EXPECT_FALSE(found.known);
  EXPECT_EQ(ids(found.all()), (Ids{"tv-emergency", "xx-directory"}));
  EXPECT_EQ(directory.countries(), (Ids{"AU", "NZ"}));
  EXPECT_EQ(directory.every_country(), (Ids{"AU", "NZ", "TV"}));
}

TEST(Directory, ALaterRecordTakesTheEarliersPlace) {
  auto lines = some();
  Line corrected = line("nz-babies", "NZ", Topic::pregnancy_loss);
  corrected.name = "corrected";
  lines.push_back(corrected);
  const Directory directory(std::move(lines));
  EXPECT_EQ(directory.find("NZ", Topic::pregnancy_loss).for_topics.at(0)->name, "corrected");
  EXPECT_EQ(directory.find_id("nz-babies")->name, "corrected");
  EXPECT_EQ(directory.find_id("nz-none"), nullptr);
  EXPECT_EQ(directory.countries(), (Ids{"AU", "NZ"}));
}

}  // namespace
}  // namespace keepsake
