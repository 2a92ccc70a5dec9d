#include "audience/guest_links.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

constexpr auto address = "192.0.2.1";

class GuestLinksTest : public support::AudienceTest {
 protected:
  GuestLinks& links = audience.links;
  ItemId item = story(ada, {});

  CreatedGuestLink link(NewGuestLink wanted = {.name = "Grandma"}) {
    return *links.create(ada, item, wanted);
  }
  Result<LetIn> open(const std::string& secret, const std::string& passphrase = "",
                     const std::string& pass = "") {
    return links.open(with_pass(pass), secret, passphrase, pass, address);
  }
  void expect_ended(const std::string& secret) {
    const auto look = links.look(nobody(), secret);
    ASSERT_TRUE(look.refused());
    EXPECT_EQ(look.refusal().kind, Refused::gone);
    EXPECT_EQ(look.refusal().sentence, "This link has ended. Please ask the person who sent it.");
    EXPECT_EQ(open(secret).refusal().sentence, look.refusal().sentence);
  }
};

TEST_P(GuestLinksTest, lets_a_guest_read_one_story) {
  const auto other = story(ada, {});
  const auto created = link();
  const auto page = *links.look(nobody(), created.secret);
  EXPECT_EQ(page.name, "Grandma");
  EXPECT_EQ(page.author, "Display ada");
  EXPECT_FALSE(page.passphrase);
  EXPECT_EQ(sees(nobody(), item), Outcome::hidden);
  const auto in = *open(created.secret);
  EXPECT_EQ(in.item, item);
  EXPECT_EQ(sees(with_pass(in.pass), item), Outcome::open);
  EXPECT_EQ(sees(with_pass(in.pass), other), Outcome::hidden);
}

TEST_P(GuestLinksTest, may_exempt_its_readers_from_the_gate) {
  set_notes(item, true);
  EXPECT_EQ(sees(with_pass(open(link().secret)->pass), item), Outcome::gated);
  EXPECT_EQ(sees(with_pass(open(link({.name = "Uncle", .past_gate = true}).secret)->pass), item),
            Outcome::open);
}

TEST_P(GuestLinksTest, revoked_it_ends_with_the_next_request) {
  const auto created = link();
  const auto in = *open(created.secret);
  EXPECT_EQ(sees(with_pass(in.pass), item), Outcome::open);
  EXPECT_EQ(links.revoke(ben, created.id).refusal().kind, Refused::not_found);
  ASSERT_FALSE(links.revoke(ada, created.id).refused());
  EXPECT_EQ(sees(with_pass(in.pass), item), Outcome::hidden);
  EXPECT_EQ(links.revoke(ada, created.id).refusal().kind, Refused::not_found);
  EXPECT_TRUE(links.of_item(ada, item).empty());
  expect_ended(created.secret);
}

TEST_P(GuestLinksTest, one_answer_for_what_never_was_was_revoked_expired_or_may_not_be_seen) {
  expect_ended("never-was");
  const auto created = link({.name = "Grandma", .expires = clock.now() + 1h});
  set_state(item, ItemState::withdrawn);
  expect_ended(created.secret);
  set_state(item, ItemState::published);
  write([&](db::Tx& tx) { audience.blocks.pause(tx, ada); });
  expect_ended(created.secret);
  write([&](db::Tx& tx) { audience.blocks.resume(tx, ada); });
  EXPECT_FALSE(links.look(nobody(), created.secret).refused());
  clock.advance(1h);
  expect_ended(created.secret);
  EXPECT_TRUE(links.of_item(ada, item).at(0).ended);
  const auto taken_away = link();
  grant(item, {{Key::everyone()}});
  expect_ended(taken_away.secret);
}

TEST_P(GuestLinksTest, a_blocked_viewer_finds_it_ended) {
  const auto created = link();
  ASSERT_FALSE(audience.blocks.block(ada, "ben").refused());
  EXPECT_EQ(links.look(as(ben), created.secret).refusal().kind, Refused::gone);
  EXPECT_FALSE(links.look(as(cleo), created.secret).refused());
}

TEST_P(GuestLinksTest, asks_for_its_passphrase_as_it_is_told) {
  const auto created = link({.name = "Grandma", .passphrase = "  The blue  boat "});
  const auto page = *links.look(nobody(), created.secret);
  EXPECT_TRUE(page.passphrase);
  EXPECT_EQ(page.name, "") << "whoever found the address learns nothing of whom it is for";
  EXPECT_EQ(page.author, "Display ada");
  EXPECT_EQ(open(created.secret).refusal().field, "passphrase");
  EXPECT_EQ(open(created.secret, "the red boat").refusal().kind, Refused::invalid);
  const auto in = *open(created.secret, "the blue boat");
  EXPECT_EQ(open(created.secret, "", in.pass)->pass, in.pass) << "once inside it is not asked for again";
}

TEST_P(GuestLinksTest, greets_whoever_opened_it_before) {
  const auto created = link({.name = "Grandma", .passphrase = "the blue boat"});
  const auto in = *open(created.secret, "the blue boat");
  const auto page = *links.look(with_pass(in.pass), created.secret);
  EXPECT_EQ(page.name, "Grandma");
  EXPECT_FALSE(page.passphrase);
  EXPECT_FALSE(open(created.secret, "", in.pass).refused());
}

TEST_P(GuestLinksTest, lists_those_of_all_stories_of_one_author) {
  const auto other = story(ada, {});
  const auto first = link();
  const auto second = *links.create(ada, other, {.name = "Uncle"});
  const auto ended = *links.create(ada, other, {.name = "Ended"});
  ASSERT_FALSE(links.revoke(ada, ended.id).refused());
  ASSERT_FALSE(links.create(ben, story(ben, {}), {.name = "Of Ben"}).refused());
  const auto all = links.of_author(ada, 10);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].link.id, second.id);
  EXPECT_EQ(all[0].item, other);
  EXPECT_EQ(all[1].link.id, first.id);
  EXPECT_EQ(all[1].item, item);
  EXPECT_EQ(links.of_author(ada, 1).size(), 1u);
}

TEST_P(GuestLinksTest, bounds_how_often_a_passphrase_is_guessed) {
  const auto created = link({.name = "Grandma", .passphrase = "the blue boat"});
  std::optional<Refusal> last;
  for (int i = 0; i < 12; ++i) last = open(created.secret, "guess number " + std::to_string(i)).refusal();
  EXPECT_EQ(last->kind, Refused::too_many);
  EXPECT_EQ(open(created.secret, "the blue boat").refusal().kind, Refused::too_many);
  clock.advance(2min);
  EXPECT_FALSE(open(created.secret, "the blue boat").refused());
}

TEST_P(GuestLinksTest, a_pass_gathers_links_under_a_new_token_each_time) {
  const auto other = story(ada, {});
  const auto one = *open(link().secret);
  const auto second = *links.create(ada, other, {.name = "Uncle"});
  const auto both = *open(second.secret, "", one.pass);
  EXPECT_NE(both.pass, one.pass);
  EXPECT_EQ(sees(with_pass(both.pass), item), Outcome::open);
  EXPECT_EQ(sees(with_pass(both.pass), other), Outcome::open);
  Viewers fresh(database(), audience.epoch, clock);
  EXPECT_EQ(fresh.make({.pass = one.pass}).keys, nobody().keys)
      << "whoever knew the token before gains nothing";
}

TEST_P(GuestLinksTest, refuses_what_makes_no_link) {
  EXPECT_EQ(links.create(ben, item, {.name = "Mine"}).refusal().kind, Refused::not_found);
  EXPECT_EQ(links.create(ada, {999'999}, {.name = "Grandma"}).refusal().kind, Refused::not_found);
  EXPECT_EQ(links.create(ada, item, {.name = ""}).refusal().field, "name");
  EXPECT_EQ(links.create(ada, item, {.name = "G", .passphrase = "short"}).refusal().field, "passphrase");
  EXPECT_EQ(links.create(ada, item, {.name = "G", .passphrase = "1234567890"}).refusal().field, "passphrase");
  EXPECT_EQ(links.create(ada, item, {.name = "G", .passphrase = std::string(1'001, 'x')}).refusal().field,
            "passphrase");
  EXPECT_EQ(links.create(ada, item, {.name = "G", .expires = clock.now()}).refusal().field, "expires");
  EXPECT_EQ(links.create(ada, item, {.name = "G", .expires = clock.now() + std::chrono::days(3'700)})
                .refusal()
                .field,
            "expires");
  EXPECT_TRUE(facts(item).grants.empty());
}

TEST_P(GuestLinksTest, is_listed_for_its_author_alone) {
  const auto created = link({.name = "Grandma", .passphrase = "the blue boat", .expires = clock.now() + 1h});
  link({.name = "Uncle"});
  const auto list = links.of_item(ada, item);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].id, created.id);
  EXPECT_TRUE(list[0].passphrase);
  EXPECT_EQ(list[0].expires, clock.now() + 1h);
  EXPECT_FALSE(list[1].passphrase);
  EXPECT_TRUE(links.of_item(ben, item).empty());
}

TEST_P(GuestLinksTest, is_swept_when_long_ended) {
  const auto created = link();
  ASSERT_FALSE(open(created.secret).refused());
  EXPECT_EQ(links.sweep(), 0);
  ASSERT_FALSE(links.revoke(ada, created.id).refused());
  clock.advance(std::chrono::days(401));
  EXPECT_EQ(links.sweep(), 2);
  EXPECT_EQ(links.sweep(), 0);
}

KEEPSAKE_ON_BOTH_ENGINES(GuestLinksTest);

}  // namespace
}  // namespace keepsake
