#include "helpline/search.h"

#include <gtest/gtest.h>

#include "helpline/country.h"

namespace keepsake {
namespace {

TEST(Search, ByNameTopicAndNumber) {
  Line line;
  line.name = "Ärzte in Trauer";
  line.who = "Parents of twins";
  line.channels = {{.number = "0800 543 354", .dial = "0800543354", .vanity = "0800 QUIET"}};
  for (const char* found :
       {"", "trauer", "ÄRZTE", "twins parents", "0800 543", "543354", "quiet", "baby", "  "})
    EXPECT_TRUE(mentions(line, found, "Loss of a baby")) << found;
  for (const char* missed : {"trauern um", "116 123", "illness", "\xff"})
    EXPECT_FALSE(mentions(line, missed, "Loss of a baby")) << missed;
}

TEST(Country, OfIso3166) {
  for (const char* code : {"NZ", "GB", "TV", "AD", "ZW"}) EXPECT_TRUE(is_country(code)) << code;
  for (const char* code : {"", "nz", "XX", "ZZ", "UK", "NZL", "4", "N\xff"})
    EXPECT_FALSE(is_country(code)) << code;
}

}  // namespace
}  // namespace keepsake
