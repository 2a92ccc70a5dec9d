#pragma once
// The ground of audience's tests: persons Ada, Ben and Cleo, and stories by Ada.
#include <string>
#include <utility>
#include <vector>

#include "audience/decisions.h"
#include "audience/viewers.h"
#include "audience/visibility.h"
#include "support/audience_services.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake::support {

class AudienceTest : public StoreTest {
 protected:
  template <class F>
  auto write(F&& fn) {
    return database().write(std::forward<F>(fn));
  }
  template <class F>
  auto read(F&& fn) {
    return database().read(std::forward<F>(fn));
  }

  ItemId draft(PersonId author) {
    return write([&](db::Tx& tx) { return audience.items.create(tx, ItemKind::story, author, clock.now()); });
  }
  ItemId story(PersonId author, std::vector<Grant> grants) {
    const auto item = draft(author);
    grant(item, std::move(grants));
    set_state(item, ItemState::published);
    return item;
  }
  void grant(ItemId item, std::vector<Grant> grants) {
    write([&](db::Tx& tx) { audience.items.set_grants(tx, item, grants); });
  }
  void set_state(ItemId item, ItemState state) {
    write([&](db::Tx& tx) { audience.items.set_state(tx, item, state, clock.now()); });
  }
  void set_notes(ItemId item, bool has_notes) {
    write([&](db::Tx& tx) { audience.items.set_gate(tx, item, has_notes, true); });
  }
  void accept(ItemId item, PersonId person, Accepted accepted) {
    write([&](db::Tx& tx) { audience.items.accept_gate(tx, item, person, accepted); });
  }
  ItemFacts facts(ItemId item) {
    return *read([&](db::Reader& reader) { return Items::facts(reader, item); });
  }
  CircleId circle_row(PersonId owner, const PublicId& circle) {
    return *read([&](db::Reader& reader) { return Circles::row(reader, owner, circle); });
  }

  // What the viewer gets with their next request, by way of what is kept.
  Outcome sees(const Viewer& viewer, ItemId item) { return decisions.of_item(viewer, item).outcome; }
  Viewer as(PersonId person) { return viewers.make({.person = person}); }
  Viewer with_pass(const std::string& pass) { return viewers.make({.pass = pass}); }
  Viewer nobody() { return viewers.make({}); }

  Persons persons{database()};
  ManualClock& clock = persons.clock;
  AudienceServices audience{database(), persons.passwords, clock};
  Viewers viewers{database(), audience.epoch, clock};
  Decisions decisions{database(), audience.epoch, clock};
  PersonId ada = persons.add("ada"), ben = persons.add("ben"), cleo = persons.add("cleo");
};

}  // namespace keepsake::support
