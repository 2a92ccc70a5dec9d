#include "person/invitations.h"

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class InvitationsTest : public support::StoreTest {
 protected:
  Result<CreatedInvitation> create(const NewInvitation& invitation) {
    return persons_.write([&](db::Tx& tx) { return persons_.invitations.create(tx, invitation); });
  }
  Result<AcceptedInvitation> accept(std::string_view secret, std::string_view name) {
    const PasswordHash hash = *persons_.passwords.hash(support::password, name);
    return persons_.write(
        [&](db::Tx& tx) { return persons_.invitations.accept(tx, secret, name, "", hash); });
  }
  std::optional<OpenInvitation> find(std::string_view secret) {
    return persons_.read([&](db::Reader& reader) { return persons_.invitations.find(reader, secret); });
  }
  std::vector<ListedInvitation> list(const std::optional<PersonId>& by) {
    return persons_.read([&](db::Reader& reader) { return persons_.invitations.list(reader, by); });
  }
  support::Persons persons_{database()};
  PersonId host_ = persons_.add("hana", true);
};
KEEPSAKE_ON_BOTH_ENGINES(InvitationsTest);

TEST_P(InvitationsTest, LetOnePersonIn) {
  const CreatedInvitation created = *create({host_, CircleId{7}});
  const auto open = find(created.secret);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->by, "Display hana");
  EXPECT_EQ(open->circle, CircleId{7});
  EXPECT_EQ(open->expires, persons_.clock.now() + 14 * 24h);

  const auto accepted = accept(created.secret, "ana");
  ASSERT_FALSE(accepted.refused());
  EXPECT_EQ(accepted.value().circle, CircleId{7});
  EXPECT_FALSE(persons_.sign_in.with_password("ana", support::password, {}).refused());
  EXPECT_FALSE(find(created.secret));
  EXPECT_EQ(accept(created.secret, "bea").refusal().kind, Refused::gone);
  ASSERT_EQ(list(host_).size(), 1u);
  EXPECT_TRUE(list(host_)[0].used);
  EXPECT_EQ(list(host_)[0].used_by, "ana");
}

TEST_P(InvitationsTest, ARefusedNameLeavesTheInvitationOpen) {
  const CreatedInvitation created = *create({host_, {}});
  EXPECT_EQ(accept(created.secret, "hana").refusal().kind, Refused::conflict);
  EXPECT_EQ(accept(created.secret, "root").refusal().field, "name");
  EXPECT_FALSE(accept(created.secret, "ana").refused());
}

TEST_P(InvitationsTest, End) {
  const CreatedInvitation created = *create({host_, {}, 2h});
  persons_.clock.advance(2h);
  EXPECT_FALSE(find(created.secret));
  EXPECT_EQ(accept(created.secret, "ana").refusal().kind, Refused::gone);
  EXPECT_EQ(create({host_, {}, 0h}).refusal().kind, Refused::invalid);
  EXPECT_EQ(create({host_, {}, 91 * 24h}).refusal().kind, Refused::invalid);
  EXPECT_FALSE(find(""));
  EXPECT_FALSE(find(std::string(1'000'000, 'x')));
}

TEST_P(InvitationsTest, AreMadeByHostsUnlessAllMay) {
  const PersonId ana = persons_.add("ana");
  EXPECT_EQ(create({ana, {}}).refusal().kind, Refused::forbidden);
  EXPECT_FALSE(create({ana, {}, 24h, true}).refused());
  Invitations open(persons_.people, persons_.clock, WhoInvites::everyone);
  EXPECT_FALSE(persons_.write([&](db::Tx& tx) { return open.create(tx, {ana, {}}); }).refused());
}

TEST_P(InvitationsTest, AreRevokedByWhoMadeThem) {
  const CreatedInvitation created = *create({host_, {}});
  const CreatedInvitation by_command = *create({});
  const PersonId ana = persons_.add("ana");
  EXPECT_EQ(list(std::nullopt).size(), 1u);
  persons_.write([&](db::Tx& tx) {
    EXPECT_FALSE(persons_.invitations.revoke(tx, ana, created.id));
    EXPECT_FALSE(persons_.invitations.revoke(tx, std::nullopt, created.id));
    EXPECT_TRUE(persons_.invitations.revoke(tx, host_, created.id));
    EXPECT_TRUE(persons_.invitations.revoke(tx, std::nullopt, by_command.id));
  });
  EXPECT_FALSE(find(created.secret));
  EXPECT_FALSE(find(by_command.secret));
}

TEST_P(InvitationsTest, OfASuspendedPersonDoNotWork) {
  const PersonId other = persons_.add("ana", true);
  const CreatedInvitation created = *create({other, {}});
  EXPECT_TRUE(find(created.secret));
  persons_.people.suspend(other).value();
  EXPECT_FALSE(find(created.secret));
  EXPECT_EQ(accept(created.secret, "bea").refusal().kind, Refused::gone);
}

TEST_P(InvitationsTest, AreBoundedInNumber) {
  for (int i = 0; i < Invitations::most_open; ++i) EXPECT_FALSE(create({host_, {}, 1h}).refused());
  EXPECT_EQ(create({host_, {}}).refusal().kind, Refused::conflict);
  persons_.clock.advance(1h);
  EXPECT_FALSE(create({host_, {}}).refused());
}

}  // namespace
}  // namespace keepsake
