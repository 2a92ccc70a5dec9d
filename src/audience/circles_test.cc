#include "audience/circles.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

class CirclesTest : public support::AudienceTest {
 protected:
  Circles& circles = audience.circles;
  std::vector<std::string> names(PersonId owner, const PublicId& circle) {
    std::vector<std::string> found;
    const auto one = read([&](db::Reader& reader) { return Circles::find(reader, owner, circle); });
    for (const auto& member : one.value().members) found.push_back(member.name);
    return found;
  }
};

TEST_P(CirclesTest, is_made_with_people_by_name_and_listed_for_its_owner) {
  const auto id = *circles.create(ada, "  People who have lived this ", {"cleo", "@Ben", "ada"});
  EXPECT_EQ(names(ada, id), (std::vector<std::string>{"ben", "cleo"}));
  const auto listed = circles.of_owner(ada);
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].name, "People who have lived this");
  EXPECT_EQ(listed[0].id, id);
  EXPECT_EQ(listed[0].members[0].display_name, "Display ben");
  EXPECT_TRUE(circles.of_owner(ben).empty());
}

TEST_P(CirclesTest, unknown_people_and_bad_names_are_refused_and_leave_nothing) {
  EXPECT_EQ(circles.create(ada, "Family", {"ben", "nobody-here"}).refusal().field, "people");
  EXPECT_EQ(circles.create(ada, " ", {}).refusal().field, "name");
  EXPECT_EQ(circles.create(ada, "two\nlines", {}).refusal().kind, Refused::invalid);
  EXPECT_EQ(circles.create(ada, std::string(101, 'x'), {}).refusal().kind, Refused::invalid);
  EXPECT_FALSE(circles.create(ada, std::string(100, 'x'), {}).refused());
  EXPECT_EQ(circles.of_owner(ada).size(), 1u);
}

TEST_P(CirclesTest, people_come_and_go) {
  const auto id = *circles.create(ada, "Family", {});
  EXPECT_FALSE(circles.add(ada, id, "ben").refused());
  EXPECT_FALSE(circles.add(ada, id, "ben").refused());
  EXPECT_EQ(names(ada, id), std::vector<std::string>{"ben"});
  EXPECT_FALSE(circles.remove(ada, id, "ben").refused());
  EXPECT_FALSE(circles.remove(ada, id, "ben").refused());
  EXPECT_TRUE(names(ada, id).empty());
  EXPECT_EQ(circles.add(ada, id, "nobody-here").refusal().kind, Refused::invalid);
}

TEST_P(CirclesTest, is_absent_for_everybody_but_its_owner) {
  const auto id = *circles.create(ada, "Family", {"ben"});
  EXPECT_EQ(circles.rename(ben, id, "Mine").refusal().kind, Refused::not_found);
  EXPECT_EQ(circles.add(ben, id, "cleo").refusal().kind, Refused::not_found);
  EXPECT_EQ(circles.remove(ben, id, "ben").refusal().kind, Refused::not_found);
  EXPECT_EQ(circles.end(ben, id).refusal().kind, Refused::not_found);
  EXPECT_EQ(circles.end(ada, PublicId::random()).refusal().sentence, circles.end(ben, id).refusal().sentence);
  EXPECT_FALSE(read([&](db::Reader& reader) { return Circles::find(reader, ben, id); }));
  EXPECT_EQ(names(ada, id), std::vector<std::string>{"ben"});
}

TEST_P(CirclesTest, who_is_removed_sees_nothing_with_the_next_request) {
  const auto id = *circles.create(ada, "Family", {"ben"});
  const auto item = story(ada, {{Key::circle(circle_row(ada, id))}});
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  ASSERT_FALSE(circles.remove(ada, id, "ben").refused());
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
}

TEST_P(CirclesTest, ended_it_opens_nothing_with_the_next_request) {
  const auto id = *circles.create(ada, "Family", {"ben"});
  const auto item = story(ada, {{Key::circle(circle_row(ada, id))}});
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  ASSERT_FALSE(circles.end(ada, id).refused());
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  EXPECT_TRUE(circles.of_owner(ada).empty());
}

TEST_P(CirclesTest, admits_who_came_by_an_invitation) {
  const auto id = *circles.create(ada, "Family", {});
  const auto row = circle_row(ada, id);
  EXPECT_TRUE(write([&](db::Tx& tx) { return circles.admit(tx, row, ben); }));
  EXPECT_EQ(names(ada, id), std::vector<std::string>{"ben"});
  ASSERT_FALSE(circles.end(ada, id).refused());
  EXPECT_FALSE(write([&](db::Tx& tx) { return circles.admit(tx, row, cleo); }));
}

KEEPSAKE_ON_BOTH_ENGINES(CirclesTest);

}  // namespace
}  // namespace keepsake
