#pragma once
// Who may enter a route. Each guard leaves a proof that only SessionGuard can make, and a handler takes the
// proof of its route's guard: a handler cannot be called by a route that names a weaker one.
#include <optional>
#include <string>
#include <string_view>

#include "audience/viewer.h"
#include "base/id.h"
#include "base/result.h"

namespace keepsake::web {

class SessionGuard;

// What the page's frame shows of a signed-in person.
struct SignedIn {
  PersonId person;
  std::string name;
  std::string display_name;
  bool host = false;
  std::optional<PublicId> session = {};  // absent when a personal token was shown instead
  std::string language = {};             // of the pages, as they chose; empty: as their browser asks
  bool news = false;                     // a sign-in on a new device, not shown here yet
};

// Anyone; the answer is the same whoever asks, or depends on a secret in the address.
class Anyone {
 public:
  static constexpr std::string_view about = "anyone";

 private:
  friend SessionGuard;
  Anyone() = default;
};

// Anyone; what they get is decided by the keys they hold.
class Reading {
 public:
  static constexpr std::string_view about = "anyone, by the keys they hold";
  const Viewer& viewer() const { return viewer_; }
  const std::optional<SignedIn>& signed_in() const { return signed_in_; }

 protected:
  friend SessionGuard;
  Reading() = default;
  Viewer viewer_;
  std::optional<SignedIn> signed_in_;
};

// A signed-in person.
class Member : public Reading {
 public:
  static constexpr std::string_view about = "a signed-in person";
  PersonId person() const { return signed_in_->person; }
  const SignedIn& self() const { return *signed_in_; }

 protected:
  friend SessionGuard;
  Member() = default;
};

// A person who runs the instance.
class Host : public Member {
 public:
  static constexpr std::string_view about = "a host";

 private:
  friend SessionGuard;
  Host() = default;
};

}  // namespace keepsake::web
