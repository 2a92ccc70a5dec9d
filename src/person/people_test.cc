#include "person/people.h"

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

class PeopleTest : public support::StoreTest {
 protected:
  std::optional<Person> find(std::string_view name) {
    return persons_.read([&](db::Reader& reader) { return People::find(reader, name); });
  }
  std::vector<AccountEvent> events(PersonId id) {
    std::vector<AccountEvent> kinds;
    for (const auto& recorded : persons_.read([&](db::Reader& reader) { return People::events(reader, id); }))
      kinds.push_back(recorded.event);
    return kinds;
  }
  bool signs_in(const std::string& name, const std::string& password) {
    return !persons_.sign_in.with_password(name, password, {}).refused();
  }
  support::Persons persons_{database()};
};
KEEPSAKE_ON_BOTH_ENGINES(PeopleTest);

TEST_P(PeopleTest, AddsAndFinds) {
  const PersonId id = *persons_.people.add({" Ana", " Āna ", support::password, true});
  const auto person = find("ana");
  ASSERT_TRUE(person);
  EXPECT_EQ(person->id, id);
  EXPECT_EQ(person->display_name, "Āna");
  EXPECT_TRUE(person->host);
  EXPECT_EQ(person->created, persons_.clock.now());
  EXPECT_FALSE(person->suspended);
  EXPECT_FALSE(find("bea"));
  EXPECT_FALSE(find(std::string_view("a\0b", 3)));
  EXPECT_EQ(events(id), std::vector{AccountEvent::created});
}

TEST_P(PeopleTest, ANameIsTakenOnce) {
  persons_.add("ana");
  const auto second = persons_.people.add({"ANA", "", support::password, false});
  ASSERT_TRUE(second.refused());
  EXPECT_EQ(second.refusal().kind, Refused::conflict);
  EXPECT_EQ(second.refusal().field, "name");
}

TEST_P(PeopleTest, RefusesByField) {
  const auto field = [&](const NewPerson& person) { return persons_.people.add(person).refusal().field; };
  EXPECT_EQ(field({"root", "", support::password, false}), "name");
  EXPECT_EQ(field({"ana", "\u200b", support::password, false}), "display_name");
  EXPECT_EQ(field({"ana", "", "short", false}), "password");
  EXPECT_FALSE(find("ana"));
}

TEST_P(PeopleTest, WithoutADisplayNameTheNameShows) {
  persons_.people.add({"ana", "", support::password, false}).value();
  EXPECT_EQ(find("ana")->display_name, "ana");
}

TEST_P(PeopleTest, ListsByName) {
  for (const char* name : {"cleo", "ana", "bea"}) persons_.add(name);
  const auto names = [&](std::string_view after, int limit) {
    std::string all;
    for (const Person& person :
         persons_.read([&](db::Reader& reader) { return People::list(reader, after, limit); }))
      all += person.name + " ";
    return all;
  };
  EXPECT_EQ(names("", 10), "ana bea cleo ");
  EXPECT_EQ(names("ana", 1), "bea ");
  EXPECT_EQ(names("cleo", 10), "");
}

TEST_P(PeopleTest, ChangesThePasswordOfWhoKnowsThePresentOne) {
  const PersonId id = persons_.add("ana");
  const StartedSession here = persons_.sign_in.with_password("ana", support::password, {})->session.value();
  const StartedSession elsewhere =
      persons_.sign_in.with_password("ana", support::password, {})->session.value();
  const std::string link = persons_.write([&](db::Tx& tx) { return persons_.recovery.make_link(tx, id); });

  const auto wrong = persons_.people.change_password(id, "not the present one", "quite another one", here.id);
  EXPECT_EQ(wrong.refusal().field, "present");
  EXPECT_EQ(persons_.people.change_password(id, support::password, "short", here.id).refusal().field,
            "password");
  EXPECT_TRUE(signs_in("ana", support::password));

  EXPECT_FALSE(
      persons_.people.change_password(id, support::password, "quite another one", here.id).refused());
  EXPECT_EQ(events(id).front(), AccountEvent::password_changed);
  EXPECT_FALSE(signs_in("ana", support::password));
  EXPECT_TRUE(signs_in("ana", "quite another one"));
  persons_.read([&](db::Reader& reader) {
    EXPECT_TRUE(persons_.sessions.find(reader, here.token));
    EXPECT_FALSE(persons_.sessions.find(reader, elsewhere.token));
    EXPECT_FALSE(persons_.recovery.find_link(reader, link));
  });
}

TEST_P(PeopleTest, ThePresentPasswordIsNotGuessedByASession) {
  const PersonId id = persons_.add("ana");
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(persons_.people.change_password(id, "guess", "quite another one", {}).refusal().kind,
              Refused::invalid);
  EXPECT_EQ(persons_.people.change_password(id, support::password, "quite another one", {}).refusal().kind,
            Refused::too_many);
}

TEST_P(PeopleTest, AHostsNewPasswordEndsSessionsAndTokens) {
  const PersonId id = persons_.add("ana");
  const StartedSession session =
      persons_.sign_in.with_password("ana", support::password, {})->session.value();
  const auto token = *persons_.write([&](db::Tx& tx) { return persons_.tokens.create(tx, id, ""); });
  EXPECT_FALSE(persons_.people.set_password(id, "quite another one").refused());
  persons_.read([&](db::Reader& reader) {
    EXPECT_FALSE(persons_.sessions.find(reader, session.token));
    EXPECT_FALSE(persons_.tokens.find(reader, token.text));
  });
  EXPECT_TRUE(signs_in("ana", "quite another one"));
}

TEST_P(PeopleTest, ASuspendedPersonStaysOutside) {
  const PersonId id = persons_.add("ana");
  const StartedSession session =
      persons_.sign_in.with_password("ana", support::password, {})->session.value();
  const auto token = *persons_.write([&](db::Tx& tx) { return persons_.tokens.create(tx, id, ""); });
  EXPECT_FALSE(persons_.people.suspend(id).refused());
  EXPECT_TRUE(find("ana")->suspended);
  EXPECT_FALSE(signs_in("ana", support::password));
  persons_.read([&](db::Reader& reader) {
    EXPECT_FALSE(persons_.sessions.find(reader, session.token));
    EXPECT_FALSE(persons_.tokens.find(reader, token.text));
  });
  EXPECT_FALSE(persons_.people.unsuspend(id).refused());
  EXPECT_FALSE(persons_.people.unsuspend(id).refused());
  EXPECT_TRUE(signs_in("ana", support::password));
  EXPECT_FALSE(persons_.read([&](db::Reader& reader) { return persons_.tokens.find(reader, token.text); }));
  EXPECT_EQ(events(id),
            (std::vector{AccountEvent::new_device, AccountEvent::restored, AccountEvent::suspended,
                         AccountEvent::token_made, AccountEvent::created}));
}

TEST_P(PeopleTest, WhoIsSetAsideGoesForGoodAfterThirtyDays) {
  const PersonId id = persons_.add("ana");
  const PersonId taken_back = persons_.add("bea");
  const PersonId later = persons_.add("cleo");
  std::vector<PersonId> hooked;
  persons_.people.on_remove([&](db::Tx&, PersonId removed) { hooked.push_back(removed); });
  EXPECT_FALSE(persons_.people.set_aside(id).refused());
  EXPECT_FALSE(persons_.people.set_aside(taken_back).refused());
  EXPECT_FALSE(signs_in("ana", support::password));
  const Time begun = persons_.clock.now();
  persons_.clock.advance(std::chrono::days(1));
  EXPECT_FALSE(persons_.people.set_aside(id).refused());
  EXPECT_FALSE(persons_.people.set_aside(later).refused());
  EXPECT_EQ(find("ana")->removed, begun);
  EXPECT_EQ(find("ana")->suspended, begun);
  EXPECT_FALSE(persons_.people.unsuspend(taken_back).refused());
  EXPECT_FALSE(find("bea")->removed);
  EXPECT_TRUE(signs_in("bea", support::password));

  persons_.clock.advance(std::chrono::days(29) - std::chrono::seconds(1));
  persons_.people.sweep_removed();
  EXPECT_TRUE(hooked.empty());
  persons_.clock.advance(std::chrono::seconds(1));
  persons_.people.sweep_removed();
  EXPECT_EQ(hooked, std::vector{id});
  EXPECT_FALSE(find("ana"));
  EXPECT_TRUE(find("bea"));
  EXPECT_TRUE(find("cleo"));
}

TEST_P(PeopleTest, TheDayOfTheLastSignInIsKnownAndNothingNearer) {
  persons_.add("ana");
  EXPECT_FALSE(find("ana")->signed_in);
  persons_.clock.advance(std::chrono::hours(1));
  EXPECT_TRUE(signs_in("ana", support::password));
  const Time day = std::chrono::floor<std::chrono::days>(persons_.clock.now());
  EXPECT_EQ(find("ana")->signed_in, day);
  persons_.clock.advance(-std::chrono::days(3));
  EXPECT_TRUE(signs_in("ana", support::password));
  EXPECT_EQ(find("ana")->signed_in, day);
}

TEST_P(PeopleTest, WhatOthersSeeChangesWithItsHook) {
  const PersonId id = persons_.add("ana");
  persons_.add("hana", true);
  int changes = 0;
  persons_.people.on_change([&](db::Tx& tx, PersonId changed) {
    EXPECT_EQ(changed, id);
    tx.after_commit([&] { ++changes; });
  });
  EXPECT_FALSE(persons_.people.set_display_name(id, "Āna").refused());
  EXPECT_EQ(find("ana")->display_name, "Āna");
  EXPECT_TRUE(persons_.people.set_display_name(id, "\u200b").refused());
  EXPECT_FALSE(persons_.people.suspend(id).refused());
  EXPECT_FALSE(persons_.people.unsuspend(id).refused());
  EXPECT_FALSE(persons_.people.set_host(id, true).refused());
  EXPECT_EQ(changes, 4);
}

TEST_P(PeopleTest, TheOnlyHostStays) {
  const PersonId host = persons_.add("ana", true);
  const PersonId other = persons_.add("bea");
  EXPECT_EQ(persons_.people.suspend(host).refusal().kind, Refused::conflict);
  EXPECT_EQ(persons_.people.set_aside(host).refusal().kind, Refused::conflict);
  EXPECT_EQ(persons_.people.set_host(host, false).refusal().kind, Refused::conflict);
  EXPECT_EQ(persons_.people.remove(host).refusal().kind, Refused::conflict);
  EXPECT_FALSE(persons_.people.set_host(other, true).refused());
  EXPECT_FALSE(persons_.people.remove(host).refused());
  EXPECT_FALSE(find("ana"));
}

TEST_P(PeopleTest, RemovesAPersonWithAllThatIsTheirs) {
  const PersonId id = persons_.add("ana");
  const StartedSession session =
      persons_.sign_in.with_password("ana", support::password, {})->session.value();
  std::vector<PersonId> hooked;
  persons_.people.on_remove([&](db::Tx& tx, PersonId removed) {
    EXPECT_TRUE(People::find(tx, removed));
    hooked.assign(1, removed);
  });
  EXPECT_FALSE(persons_.people.remove(id).refused());
  EXPECT_EQ(hooked, std::vector{id});
  EXPECT_FALSE(find("ana"));
  EXPECT_FALSE(signs_in("ana", support::password));
  EXPECT_FALSE(
      persons_.read([&](db::Reader& reader) { return persons_.sessions.find(reader, session.token); }));
  EXPECT_EQ(persons_.people.remove(id).refusal().kind, Refused::not_found);
  EXPECT_GT(persons_.add("ana"), id);
}

}  // namespace
}  // namespace keepsake
