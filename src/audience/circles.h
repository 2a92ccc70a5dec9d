#pragma once
// What one may do with circles: people an author named or let in. Only a circle's owner may see or change it;
// for everybody else it is absent (not_found).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/epoch.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

struct CircleMember {
  PersonId person;
  std::string name;
  std::string display_name;
};

struct Circle {
  CircleId row;
  PublicId id;
  std::string name;
  Time created;
  std::vector<CircleMember> members;  // by name
};

class Circles {
 public:
  static constexpr int most_of_owner = 200;
  static constexpr int most_members = 1'000;

  Circles(db::Database& database, Epoch& epoch, const Clock& clock)
      : database_(database), epoch_(epoch), clock_(clock) {}

  // `people` are names. Refused: invalid (field "name": empty, longer than 100 code points, not one line of
  // clean text; field "people": nobody has that name, too many), conflict past the most circles. The owner
  // among `people` is passed over.
  Result<PublicId> create(PersonId owner, std::string_view name, const std::vector<std::string>& people);
  Result<Done> rename(PersonId owner, const PublicId& circle, std::string_view name);
  // Adding who is in already, or removing who is not, is done.
  Result<Done> add(PersonId owner, const PublicId& circle, std::string_view person);
  Result<Done> remove(PersonId owner, const PublicId& circle, std::string_view person);
  // The circle ends, and with it every grant to it.
  Result<Done> end(PersonId owner, const PublicId& circle);

  // The owner's circles by name, with their members.
  std::vector<Circle> of_owner(PersonId owner);
  static std::optional<Circle> find(db::Reader& reader, PersonId owner, const PublicId& circle);
  // The inner key of a circle of `owner`'s, for an invitation to it.
  static std::optional<CircleId> row(db::Reader& reader, PersonId owner, const PublicId& circle);
  static std::optional<PublicId> public_id(db::Reader& reader, CircleId circle);

  // Lets in who came by an invitation to the circle; false if it has ended or is full.
  bool admit(db::Tx& tx, CircleId circle, PersonId person);

 private:
  Result<Done> join(db::Tx& tx, PersonId owner, CircleId circle, const std::vector<std::string>& people);

  db::Database& database_;
  Epoch& epoch_;
  const Clock& clock_;
};

}  // namespace keepsake
