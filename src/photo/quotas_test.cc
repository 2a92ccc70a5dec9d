#include "photo/quotas.h"

#include "photo/photo_store.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

class QuotasTest : public support::StoreTest {
 protected:
  // A photo whose original takes `bytes` and whose rendition takes a tenth of it.
  PhotoId photo(PersonId owner, std::int64_t bytes) {
    const PublicId id = PublicId::random();
    photo_store::NewPhoto added{id,
                                owner,
                                {PublicId::random(), Bytes(8), bytes},
                                {},
                                Bytes(8),
                                image::Format::jpeg,
                                "",
                                "",
                                {400, 300},
                                persons_.clock.now(),
                                {{320, Encoding{}, {320, 240}, {PublicId::random(), Bytes(8), bytes / 10}}}};
    const auto mark = id.bytes();
    std::copy(mark.begin(), mark.end(), added.duplicate.begin());
    return database().write([&](db::Tx& tx) { return photo_store::insert(tx, added); });
  }
  Kept kept(PersonId person) {
    return database().read([&](db::Reader& reader) { return Quotas::kept(reader, person); });
  }
  bool fits(PersonId person, std::int64_t more) {
    return !database().read([&](db::Reader& reader) { return Quotas::fault(reader, person, more); });
  }
  support::Persons persons_{database()};
  Quotas quotas_{database()};
  PersonId ana_ = persons_.add("ana");
  PersonId bea_ = persons_.add("bea");
};
KEEPSAKE_ON_BOTH_ENGINES(QuotasTest);

TEST_P(QuotasTest, WhatAPersonKeepsIsCountedAsItComesAndGoes) {
  EXPECT_EQ(kept(ana_), Kept());
  const PhotoId first = photo(ana_, 1000);
  const PhotoId second = photo(ana_, 500);
  photo(bea_, 70);
  EXPECT_EQ(kept(ana_), (Kept{2, 1650}));
  EXPECT_EQ(kept(bea_), (Kept{1, 77}));
  EXPECT_EQ(database().read([](db::Reader& reader) { return Quotas::kept_by_all(reader); }), (Kept{3, 1727}));
  database().write([&](db::Tx& tx) { photo_store::remove(tx, {&first, 1}); });
  EXPECT_EQ(kept(ana_), (Kept{1, 550}));
  database().write([&](db::Tx& tx) { photo_store::remove(tx, {&second, 1}); });
  EXPECT_EQ(kept(ana_), Kept());
}

TEST_P(QuotasTest, APersonsOwnQuotaCountsBeforeTheStandardOne) {
  photo(ana_, 1000);
  EXPECT_TRUE(fits(ana_, Quotas::most));
  EXPECT_FALSE(quotas_.set_standard(1200).refused());
  EXPECT_TRUE(fits(ana_, 100));
  EXPECT_FALSE(fits(ana_, 101));
  EXPECT_TRUE(fits(bea_, 1200));
  EXPECT_FALSE(quotas_.set_own(ana_, 0).refused());
  EXPECT_FALSE(fits(ana_, 1));
  EXPECT_FALSE(quotas_.set_own(ana_, 5000).refused());
  EXPECT_FALSE(quotas_.set_own(ana_, 2000).refused());
  EXPECT_TRUE(fits(ana_, 900));
  EXPECT_FALSE(quotas_.set_own(ana_, {}).refused());
  EXPECT_FALSE(fits(ana_, 101));
  EXPECT_FALSE(quotas_.set_standard({}).refused());
  EXPECT_TRUE(fits(ana_, 101));
}

TEST_P(QuotasTest, RefusesWhatIsNoQuota) {
  EXPECT_EQ(quotas_.set_standard(-1).refusal().field, "gigabytes");
  EXPECT_EQ(quotas_.set_own(ana_, Quotas::most + 1).refusal().field, "gigabytes");
  EXPECT_EQ(quotas_.set_own(PersonId{12345}, 1).refusal().kind, Refused::not_found);
}

}  // namespace
}  // namespace keepsake
