#include "helpline/hours_text.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

TEST(HoursText, AsOneWritesThem) {
  const auto hours = parse_hours(" mo-fr 09:00-17:00;sa,su 22:00-02:00", "Europe/London");
  ASSERT_TRUE(hours);
  EXPECT_EQ(hours_text(*hours), "mo-fr 09:00-17:00; sa-su 22:00-02:00");
  EXPECT_TRUE(parse_hours("always", "")->always);
  EXPECT_EQ(hours_text(*parse_hours("fr-mo 10:00-12:00", "Europe/London")), "mo,fr-su 10:00-12:00");
  for (const std::string text :
       {"", "mo", "mo-fr 9-17", "mo-fr 09:00-09:00", "mo-fr 09:00-17:00;", "xx 09:00-10:00"})
    EXPECT_TRUE(parse_hours(text, "Europe/London").refused()) << text;
  EXPECT_EQ(parse_hours("mo 09:00-10:00", "Europe/Atlantis").refusal().field, "zone");
  // No more than a record holds.
  std::string many = "mo 09:00-10:00";
  for (std::size_t more = 1; more < most_spells; ++more) many += "; mo 09:00-10:00";
  EXPECT_FALSE(parse_hours(many, "Europe/London").refused());
  EXPECT_TRUE(parse_hours(many + "; tu 09:00-10:00", "Europe/London").refused());
}

}  // namespace
}  // namespace keepsake
