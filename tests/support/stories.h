#pragma once
// Stories for tests: everything a story needs over one database, persons with the keys they really hold, and
// photos without files.
#include <string>
#include <vector>

#include "audience/circles.h"
#include "audience/viewers.h"
#include "photo/photo_store.h"
#include "story/stories.h"
#include "support/persons.h"

namespace keepsake::support {

struct StoryWorld {
  explicit StoryWorld(db::Database& over) : database(over), persons(over) {}

  Viewer as(PersonId person) { return viewers.make({.person = person}); }
  Viewer nobody() { return viewers.make({}); }

  // A photo of 4,000 by 3,000 that `owner` has; its files do not exist.
  PublicId photo(PersonId owner) {
    const PublicId id = PublicId::random();
    photo_store::NewPhoto added{.id = id,
                                .owner = owner,
                                .original = {PublicId::random(), Bytes(8), 1},
                                .duplicate = {},
                                .sealed_digest = Bytes(8),
                                .format = image::Format::jpeg,
                                .extent = {4000, 3000},
                                .uploaded = clock.now(),
                                .renditions = {}};
    const auto mark = id.bytes();
    std::copy(mark.begin(), mark.end(), added.duplicate.begin());
    database.write([&](db::Tx& tx) { photo_store::insert(tx, added); });
    return id;
  }

  db::Database& database;
  Persons persons;
  ManualClock clock;
  ManualUptime uptime;
  Epoch epoch{database, uptime};
  Items items{epoch};
  Viewers viewers{database, epoch, clock};
  Circles circles{database, epoch, clock};
  Stories stories{database, items, epoch, clock};
};

}  // namespace keepsake::support
