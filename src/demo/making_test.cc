#include "demo/making.h"

#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "support/audience_services.h"
#include "support/databases.h"
#include "support/persons.h"
#include "support/temporary_folder.h"

namespace keepsake::demo {
namespace {

// Takes every picture for what it says it is: workers of their own are tried in image/ and in the journeys.
class EveryPhoto final : public image::PhotoWorkers {
 public:
  Result<image::Taken> take(int, const image::Look&) override {
    image::Taken made{image::Format::png, 300, 200, {}};
    for (const int edge : rendition_edges)
      for (const auto encoding : {Encoding::webp, Encoding::jpeg})
        made.renditions.push_back({edge, encoding, 300, 200, to_bytes("rendition")});
    return made;
  }
};

class MakingTest : public support::StoreTest {
 protected:
  Made made() {
    return make(
        {database(), clock_, people_, audience_.circles, viewers_, photos_, stories_, audience_.links},
        {.width = 30, .height = 20});
  }
  PersonId id(std::string_view name) {
    return database().read([&](db::Reader& reader) { return People::find(reader, name)->id; });
  }
  Viewer as(std::string_view name) { return viewers_.make({.person = id(name)}); }
  // What a viewer gets of the tale of this title.
  Outcome outcome(const Viewer& viewer, const PublicId& story) {
    const auto found = stories_.find_visible(viewer, story);
    return found.refused() ? Outcome::hidden : found->decision.outcome;
  }
  PublicId story(const Tale& tale) {
    for (const StoryHead& head : stories_.own(as(tale.author)))
      if (head.title == tale.title) return head.id;
    for (const StoryHead& head : stories_.trashed(as(tale.author)))
      if (head.title == tale.title) return head.id;
    throw std::logic_error("no such story");
  }

  const support::TemporaryFolder folder_;
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  const std::unique_ptr<blobs::BlobStore> blobs_ =
      blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  EveryPhoto workers_;
  TurnableClock clock_;
  Passwords passwords_{support::cheap};
  People people_{database(), passwords_, clock_};
  support::AudienceServices audience_{database(), passwords_, clock_};
  Viewers viewers_{database(), audience_.epoch, clock_};
  Decisions decisions_{database(), audience_.epoch, clock_};
  blobs::PlainCopies copies_{*blobs_, clock_, 1 << 20};
  Photos photos_{database(), audience_.items, decisions_,
                 *blobs_,    copies_,         workers_,
                 key_,       clock_,          {folder_ / "tmp", 100 << 20, 0}};
  Stories stories_{database(), audience_.items, audience_.epoch, clock_};
};

// As the tale itself says, without anything of audience/: whether one of its words is the viewer's.
bool is_named(const Tale& tale, std::string_view name, const std::vector<std::string_view>& words) {
  for (const std::string_view word : words) {
    if (word == "public" || word == "door") return true;
    if (word == "members" && !name.empty()) return true;
    if (word == "person:" + std::string(name)) return true;
    for (const CastCircle& circle : cast_circles()) {
      const bool theirs = circle.owner == tale.author && word == "circle:" + std::string(circle.name);
      if (theirs && std::ranges::find(circle.people, name) != circle.people.end()) return true;
    }
  }
  return false;
}

Outcome expected(const Tale& tale, std::string_view name) {
  if (name == tale.author) return tale.ending == Ending::trashed ? Outcome::hidden : Outcome::open;
  if (tale.ending != Ending::published || !is_named(tale, name, tale.audience)) return Outcome::hidden;
  const bool gate = !tale.notes.empty() || !tale.author_note.empty() ||
                    std::ranges::find(tale.audience, "door") != tale.audience.end();
  return gate && !is_named(tale, name, tale.past_gate) ? Outcome::gated : Outcome::open;
}

TEST_P(MakingTest, every_tale_is_read_by_whom_it_says_and_nobody_else) {
  const Made made_now = made();
  EXPECT_GE(made_now.stories, 12);
  for (const Tale& tale : tales()) {
    const PublicId id = story(tale);
    EXPECT_EQ(outcome(viewers_.make({}), id), expected(tale, "")) << tale.title;
    for (const CastMember& member : cast())
      EXPECT_EQ(outcome(as(member.name), id), expected(tale, member.name))
          << tale.title << " for " << member.name;
  }
}

TEST_P(MakingTest, photos_stand_where_the_text_says) {
  made();
  for (const Tale& tale : tales()) {
    const auto found = stories_.find_own(as(tale.author), story(tale));
    ASSERT_FALSE(found.refused()) << tale.title;
    ASSERT_EQ(found->photos.size(), tale.pictures.size()) << tale.title;
    for (const StoryPhoto& photo : found->photos)
      EXPECT_NE(found->body.find("(photo:" + photo.id.text() + ")"), std::string::npos);
    EXPECT_EQ(found->body.find('{'), std::string::npos) << tale.title;
  }
}

TEST_P(MakingTest, guest_links_lead_to_their_story) {
  for (const MadeLink& link : made().links) {
    const auto page = audience_.links.look(viewers_.make({}), link.secret);
    ASSERT_FALSE(page.refused());
    // Behind a passphrase even the link's name is for those who know it.
    EXPECT_EQ(page->name, link.passphrase.empty() ? link.name : "");
    EXPECT_EQ(page->passphrase, !link.passphrase.empty());
    const auto in = audience_.links.open(viewers_.make({}), link.secret, link.passphrase, "", "127.0.0.1");
    ASSERT_FALSE(in.refused());
    const auto story = stories_.public_id(in->item);
    EXPECT_EQ(outcome(viewers_.make({.pass = in->pass}), *story), Outcome::gated) << link.tale;
  }
}

TEST_P(MakingTest, the_stories_were_told_one_after_another) {
  const Time before = SystemClock().now();
  made();
  EXPECT_GE(clock_.now(), before - std::chrono::minutes(1));
  const auto feed = stories_.feed(as("sam"), {}, 100);
  ASSERT_GT(feed.stories.size(), 5u);
  std::set<Time> times;
  for (const ListedStory& listed : feed.stories) {
    times.insert(listed.published_at);
    EXPECT_LT(listed.published_at, before);
  }
  EXPECT_EQ(times.size(), feed.stories.size());
}

TEST_P(MakingTest, passwords_fit_and_are_new_each_time) {
  std::set<std::string> all{random_password()};
  for (const MadePerson& person : made().people) {
    all.insert(person.password);
    EXPECT_FALSE(people_.check_password(id(person.member.name), person.password).refused());
  }
  EXPECT_EQ(all.size(), cast().size() + 1);
}

TEST_P(MakingTest, nothing_is_made_where_somebody_is) {
  ASSERT_FALSE(people_.add({"ana", "", "a long enough secret", false}).refused());
  EXPECT_FALSE(is_empty(database()));
  EXPECT_THROW(made(), std::runtime_error);
  EXPECT_EQ(database().read([](db::Reader& reader) { return People::list(reader, "", 10).size(); }), 1u);
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(MakingTest);

}  // namespace keepsake::demo
