#pragma once
// Who may see: a story's grants and a viewer's keys are the same thing seen from two sides. A viewer whose
// keys meet a story's grants may see it.
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace keepsake {

enum class KeyKind : std::int64_t {
  everyone = 0,
  door = 1,
  members = 2,
  followers = 3,
  circle = 4,
  person = 5,
  link = 6
};

// One key or grant: a kind and, for followers, circle, person and link, the row it names. In the database one
// bigint: id * 8 + kind.
class Key {
 public:
  static constexpr Key everyone() { return Key(KeyKind::everyone, 0); }  // the grant written `public`
  static constexpr Key door() { return Key(KeyKind::door, 0); }
  static constexpr Key members() { return Key(KeyKind::members, 0); }
  static constexpr Key followers(PersonId of) { return Key(KeyKind::followers, of.value); }
  static constexpr Key circle(CircleId id) { return Key(KeyKind::circle, id.value); }
  static constexpr Key person(PersonId id) { return Key(KeyKind::person, id.value); }
  static constexpr Key link(LinkId id) { return Key(KeyKind::link, id.value); }
  static constexpr Key from_packed(std::int64_t packed) {
    return Key(static_cast<KeyKind>(packed & 7), packed >> 3);
  }

  constexpr KeyKind kind() const { return kind_; }
  constexpr std::int64_t id() const { return id_; }
  constexpr std::int64_t packed() const { return id_ * 8 + static_cast<std::int64_t>(kind_); }
  constexpr auto operator<=>(const Key&) const = default;

 private:
  constexpr Key(KeyKind kind, std::int64_t id) : kind_(kind), id_(id) {}
  KeyKind kind_;
  std::int64_t id_;
};

// A grant of a story: the key that opens it, and whether its holders are exempt from the gate.
struct Grant {
  Key key;
  bool past_gate = false;
  auto operator<=>(const Grant&) const = default;
};

// What a viewer accepted at a gate.
enum class Accepted { nothing, descriptions, all };

}  // namespace keepsake
