#include "upkeep/house_texts.h"

#include "base/uptime.h"
#include "support/databases.h"

namespace keepsake {
namespace {

class HouseTextsTest : public support::StoreTest {
 protected:
  ManualClock clock_;
  ManualUptime uptime_;
  Epoch epoch_{database(), uptime_};
  HouseTexts texts_{database(), epoch_, clock_};
};
KEEPSAKE_ON_BOTH_ENGINES(HouseTextsTest);

TEST_P(HouseTextsTest, TheHostsWordsStandUntilTheyAreTakenAway) {
  EXPECT_EQ(texts_.find(HouseText::help), nullptr);
  const auto before = epoch_.current();
  ASSERT_FALSE(texts_.set(HouseText::help, "de", "  Rufen Sie an.\r\nImmer.  ").refused());
  EXPECT_FALSE(epoch_.still(before));
  const auto text = texts_.find(HouseText::help);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->lang, "de");
  EXPECT_EQ(text->body, "Rufen Sie an.\nImmer.");
  EXPECT_EQ(text->changed, clock_.now());
  EXPECT_EQ(texts_.find(HouseText::contact), nullptr);

  ASSERT_FALSE(texts_.set(HouseText::help, "en", "Call us.").refused());
  EXPECT_EQ(texts_.find(HouseText::help)->body, "Call us.");
  ASSERT_FALSE(texts_.set(HouseText::help, "en", " \n ").refused());
  EXPECT_EQ(texts_.find(HouseText::help), nullptr);
}

TEST_P(HouseTextsTest, WhatAnotherServerChangedIsSeen) {
  EXPECT_EQ(texts_.find(HouseText::contact), nullptr);
  Epoch elsewhere(database(), uptime_);
  HouseTexts other(database(), elsewhere, clock_);
  ASSERT_FALSE(other.set(HouseText::contact, "en", "Write to us.").refused());
  epoch_.refresh();
  EXPECT_EQ(texts_.find(HouseText::contact)->body, "Write to us.");
  // Without a lease nothing that was kept is believed.
  uptime_.advance(std::chrono::seconds(2));
  ASSERT_FALSE(other.set(HouseText::contact, "en", "Call us.").refused());
  EXPECT_EQ(texts_.find(HouseText::contact)->body, "Call us.");
}

TEST_P(HouseTextsTest, RefusesWhatCannotBeKept) {
  EXPECT_EQ(texts_.set(HouseText::privacy, "en", std::string_view("a\0b", 3)).refusal().field, "body");
  EXPECT_EQ(texts_.set(HouseText::privacy, "en", std::string(20'001, 'a')).refusal().field, "body");
  EXPECT_FALSE(texts_.set(HouseText::privacy, "en", std::string(20'000, 'a')).refused());
}

}  // namespace
}  // namespace keepsake
