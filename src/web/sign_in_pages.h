#pragma once
// The door: signing in and out, and the ways back for who forgot the password.
#include "base/clock.h"
#include "db/database.h"
#include "person/recovery.h"
#include "person/sessions.h"
#include "person/sign_in.h"
#include "web/carried_form.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class SignInPages {
 public:
  struct Uses {
    db::Database& database;
    SignIn& sign_in;
    Passkeys& passkeys;
    Sessions& sessions;
    Recovery& recovery;
  };
  SignInPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response form(Ask& ask, const Reading& who) const;
  // In the place of what a form should have done whose session had ended: 401, with what was typed in it.
  http::Response carrying(const CarriedForm& form) const;
  Result<http::Response> sign_in(Ask& ask, const Anyone&) const;
  Result<http::Response> second_step(Ask& ask, const Anyone&) const;
  Result<http::Response> passkey_request(Ask& ask, const Anyone&) const;
  Result<http::Response> passkey(Ask& ask, const Anyone&) const;
  http::Response sign_out(Ask& ask, const Anyone&) const;
  http::Response recover_form(Ask& ask, const Anyone&) const;
  Result<http::Response> recover(Ask& ask, const Anyone&) const;
  Result<http::Response> reset_form(Ask& ask, const Anyone&) const;
  Result<http::Response> reset(Ask& ask, const Anyone&) const;

 private:
  // `shut_out`: by a host, and so led to how the host is reached.
  http::Response sign_in_page(const Input& typed, const Refusal* problem, bool shut_out = false) const;
  http::Response code_page(const Input& typed, std::string_view ticket, const Refusal* problem) const;
  // The page on which this try stood: that of the second step, while its ticket holds, or the first.
  http::Response back_to_step(const Input& typed, const Refusal& problem) const;
  // To the session, or to the second step that stands before it.
  http::Response entered(Ask& ask, const Entry& entry, const Input& typed) const;
  http::Response with_session_and_form(Ask& ask, const StartedSession& session, const Input& typed) const;
  http::Response give_back(const CarriedForm& form) const;
  http::Response recover_page(const Input& typed, const Refusal* problem) const;
  http::Response reset_page(const Person& person, const Refusal* problem) const;
  http::Response signed_in_again(Ask& ask, PersonId person) const;

  Uses uses_;
  const Respond& respond_;
};

// Starts a session for who just proved to be this person, and sends them to `location` (or answers JSON).
http::Response with_session(const Respond& respond, Ask& ask, const StartedSession& session,
                            std::string_view location);
Client client_of(const Ask& ask);

}  // namespace keepsake::web
