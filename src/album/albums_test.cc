#include "album/albums.h"

#include "photo/photo_digests.h"
#include "photo/photo_store.h"
#include "support/album_test.h"

namespace keepsake {
namespace {

using Ids = std::vector<PublicId>;

class AlbumsTest : public support::AlbumTest {
 protected:
  PublicId album(const std::string& name = "The first week", bool sealed = false) {
    return *albums_.create(ada, name, sealed);
  }
  // A photo of Ada's whose files are nowhere.
  PublicId row_of_photo(db::Tx& tx, int number) {
    const Digest digest = sha256(std::to_string(number));
    const photo_store::NewPhoto photo{.id = PublicId::random(),
                                      .owner = ada,
                                      .original = {PublicId::random(), Bytes(60), 5},
                                      .duplicate = digest,
                                      .sealed_digest = PhotoDigests(persons.key).seal({digest, 1}),
                                      .format = image::Format::jpeg,
                                      .name = "IMG_1.jpg",
                                      .extent = {4, 3},
                                      .uploaded = clock.now(),
                                      .renditions = {}};
    photo_store::insert(tx, photo);
    return photo.id;
  }
};

TEST_P(AlbumsTest, keeps_photos_together_and_lets_them_go) {
  const auto first = photo("one"), second = photo("two");
  const auto id = album();
  ASSERT_FALSE(albums_.add(ada, id, Ids{first, second, first}).refused());
  EXPECT_EQ(in(id), (Ids{second, first}));
  ASSERT_FALSE(albums_.take_out(ada, id, first).refused());
  EXPECT_EQ(in(id), Ids{second});
  ASSERT_FALSE(albums_.remove(ada, id).refused());
  EXPECT_FALSE(albums_.find(ada, id));
  EXPECT_EQ(list(), (Ids{second, first})) << "the photos stay";
}

TEST_P(AlbumsTest, takes_only_photos_of_its_owner_all_or_none) {
  const auto mine = photo("one");
  const auto others = photos_.add(as(ben), source("photo of Ben"))->id;
  const auto id = album();
  EXPECT_EQ(albums_.add(ada, id, Ids{mine, others}).refusal().field, "photos");
  EXPECT_TRUE(in(id).empty());
  EXPECT_TRUE(albums_.add(ada, id, {}).refused());
}

TEST_P(AlbumsTest, is_its_owners_alone) {
  const auto id = album();
  EXPECT_FALSE(albums_.find(ben, id));
  for (const auto& outcome :
       {albums_.rename(ben, id, "Taken"), albums_.remove(ben, id), albums_.add(ben, id, Ids{photo("one")}),
        albums_.take_out(ben, id, photo("one")), albums_.seal(ben, id), albums_.open(ben, id)}) {
    ASSERT_TRUE(outcome.refused());
    EXPECT_EQ(outcome.refusal().kind, Refused::not_found);
  }
  EXPECT_EQ(albums_.receive(ben, id, source("photo")).refusal().kind, Refused::not_found);
  EXPECT_EQ(albums_.find(ada, id)->name, "The first week");
}

std::vector<std::string> names(const std::vector<Photos::Original>& originals) {
  std::vector<std::string> names;
  for (const auto& each : originals) names.push_back(each.name);
  return names;
}

TEST_P(AlbumsTest, gives_its_originals_to_be_taken_along) {
  using Names = std::vector<std::string>;
  const auto id = album(), other = album("Another");
  ASSERT_FALSE(albums_.receive(ada, id, source("photo one", "window.heic")).refused());
  ASSERT_FALSE(albums_.receive(ada, id, source("photo two")).refused());
  ASSERT_FALSE(albums_.receive(ada, other, source("photo three", "door.jpg")).refused());
  const ItemId item = albums_.find(ada, id)->item;
  const auto originals = photos_.originals(as(ada), item);
  EXPECT_EQ(names(originals), (Names{"window.heic", "2023-11-14.png"}))
      << "a file without a name has its day's";
  EXPECT_EQ(originals.front().size, 9);
  EXPECT_EQ(originals.front().crc32, 0xC6940FEF) << "of \"photo one\"";
  EXPECT_EQ(names(photos_.originals(as(ada), {})), (Names{"window.heic", "2023-11-14.png", "door.jpg"}));
  EXPECT_EQ(photos_.parts_of_originals(as(ada)), 1);
  EXPECT_TRUE(photos_.originals(as(ada), {}, 1).empty()) << "there is no second part";
  EXPECT_TRUE(photos_.originals(as(ben), item).empty());
  ASSERT_FALSE(albums_.seal(ada, id).refused());
  EXPECT_TRUE(photos_.originals(as(ada), item).empty());
  EXPECT_EQ(names(photos_.originals(as(ada), {})), Names{"door.jpg"});
}

TEST_P(AlbumsTest, holds_ten_thousand_photos_and_no_more) {
  Ids all;
  database().write([&](db::Tx& tx) {
    for (int i = 0; i <= Albums::most_photos; ++i) all.push_back(row_of_photo(tx, i));
  });
  const auto id = album();
  for (std::size_t i = 0; i < Albums::most_photos; i += Albums::most_at_once)
    ASSERT_FALSE(albums_.add(ada, id, std::span(all).subspan(i, Albums::most_at_once)).refused());
  EXPECT_EQ(albums_.add(ada, id, Ids{all.back()}).refusal().kind, Refused::conflict);
  EXPECT_EQ(albums_.receive(ada, id, source("photo")).refusal().kind, Refused::conflict);
  const Album found = *albums_.find(ada, id);
  const auto last = albums_.photos(ada, found, all[2], 100);
  EXPECT_EQ(ids(last.photos), (Ids{all[1], all[0]}));
  EXPECT_FALSE(last.next);
  EXPECT_EQ(photos_.originals(as(ada), found.item).size(), Albums::most_photos);
  EXPECT_EQ(photos_.parts_of_originals(as(ada)), 2) << "one is in no album";
}

TEST_P(AlbumsTest, pages_the_newest_first) {
  const auto id = album();
  Ids added;
  for (const char* each : {"one", "two", "three"})
    added.insert(added.begin(), albums_.receive(ada, id, source(std::string("photo ") + each))->id);
  const auto found = *albums_.find(ada, id);
  const auto first = albums_.photos(ada, found, {}, 2);
  EXPECT_EQ(ids(first.photos), (Ids{added[0], added[1]}));
  const auto second = albums_.photos(ada, found, first.next, 2);
  EXPECT_EQ(ids(second.photos), Ids{added[2]});
  EXPECT_FALSE(second.next);
}

TEST_P(AlbumsTest, sealed_it_stays_shut_for_its_owner_until_it_is_opened) {
  const auto kept = photo("one"), seen = photo("two");
  const auto id = album(), other = album("Another");
  ASSERT_FALSE(albums_.add(ada, id, Ids{kept}).refused());
  ASSERT_FALSE(albums_.add(ada, other, Ids{kept, seen}).refused());
  ASSERT_TRUE(opens(kept));
  ASSERT_FALSE(albums_.seal(ada, id).refused());
  EXPECT_TRUE(in(id).empty());
  EXPECT_EQ(in(other), Ids{seen}) << "nor in another album that holds it";
  EXPECT_EQ(list(), Ids{seen});
  EXPECT_FALSE(opens(kept));
  EXPECT_FALSE(photos_.mine(as(ada), kept));
  EXPECT_EQ(albums_.remove(ada, id).refusal().kind, Refused::conflict);
  EXPECT_EQ(albums_.take_out(ada, id, kept).refusal().kind, Refused::conflict);
  EXPECT_EQ(albums_.take_out(ada, id, seen).refusal().sentence,
            albums_.take_out(ada, id, kept).refusal().sentence)
      << "whether it holds a photo is not told";
  ASSERT_FALSE(albums_.open(ada, id).refused());
  EXPECT_EQ(in(id), Ids{kept});
  EXPECT_TRUE(opens(kept));
}

TEST_P(AlbumsTest, what_arrives_in_a_sealed_album_is_seen_nowhere) {
  const auto id = album("Kept", true);
  const auto added = albums_.receive(ada, id, source("photo one"))->id;
  EXPECT_TRUE(list().empty());
  EXPECT_FALSE(opens(added));
  ASSERT_FALSE(albums_.open(ada, id).refused());
  EXPECT_EQ(list(), Ids{added});
}

TEST_P(AlbumsTest, what_its_owner_sends_again_among_their_photos_is_seen_again) {
  const auto id = album("Kept", true);
  const auto added = albums_.receive(ada, id, source("photo one"))->id;
  EXPECT_EQ(photo("one"), added);
  EXPECT_EQ(list(), Ids{added}) << "whoever keeps a photo finds it in their list";
}

TEST_P(AlbumsTest, has_a_name_of_one_line) {
  const auto id = album();
  for (const std::string name : {"", " ", "two\nlines"}) {
    EXPECT_EQ(albums_.create(ada, name).refusal().field, "name");
    EXPECT_EQ(albums_.rename(ada, id, name).refusal().field, "name");
  }
  ASSERT_FALSE(albums_.rename(ada, id, "  Winter ").refused());
  EXPECT_EQ(albums_.find(ada, id)->name, "Winter");
  const auto second = album("Spring");
  const auto all = albums_.of_owner(ada);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, second) << "the newest first";
}

TEST_P(AlbumsTest, photos_removed_for_good_leave_it) {
  const auto id = album();
  const auto added = albums_.receive(ada, id, source("photo one"))->id;
  ASSERT_FALSE(photos_.remove(as(ada), added).refused());
  EXPECT_TRUE(in(id).empty());
}

KEEPSAKE_ON_BOTH_ENGINES(AlbumsTest);

}  // namespace
}  // namespace keepsake
