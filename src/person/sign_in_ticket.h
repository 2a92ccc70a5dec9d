#pragma once
// What a browser holds between a right password and the second step: sealed, so that only this house makes
// one, and good for ten minutes, as long as the password stays what it was.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "blobs/instance_key.h"
#include "person/passwords.h"

namespace keepsake {

class SignInTickets {
 public:
  static constexpr std::chrono::minutes lifetime{10};

  SignInTickets(const blobs::InstanceKey& key, const Clock& clock)
      : key_(key.derive("sign-in ticket")), clock_(clock) {}

  std::string make(PersonId person, const PasswordHash& password) const;
  // Whose password was right, and under which hash (holds_for). Nothing if the text is no ticket or has
  // ended.
  struct Ticket {
    PersonId person;
    Digest password;
  };
  std::optional<Ticket> read(std::string_view text) const;
  static bool holds_for(const Ticket& ticket, const PasswordHash& password);

 private:
  Digest key_;
  const Clock& clock_;
};

}  // namespace keepsake
