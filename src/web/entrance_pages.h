#pragma once
// How persons come in: the first host by the setup link, everybody else by an invitation; and the recovery
// phrase that the host writes down.
#include "audience/circles.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "person/invitations.h"
#include "person/setup.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/sign_in_pages.h"

namespace keepsake::web {

class EntrancePages {
 public:
  struct Uses {
    db::Database& database;
    Setup& setup;
    Invitations& invitations;
    Circles& circles;
    Passwords& passwords;
    Sessions& sessions;
    const blobs::InstanceKey& key;
    std::string origin;  // what links begin with
  };
  EntrancePages(Uses uses, const Respond& respond) : uses_(std::move(uses)), respond_(respond) {}

  Result<http::Response> setup_form(Ask& ask, const Anyone&) const;
  Result<http::Response> setup(Ask& ask, const Anyone&) const;
  http::Response phrase(Ask& ask, const Host& host) const;
  Result<http::Response> confirm_phrase(Ask& ask, const Host& host) const;
  http::Response invitations(Ask& ask, const Member& member) const;
  Result<http::Response> invite(Ask& ask, const Member& member) const;
  Result<http::Response> revoke(Ask& ask, const Member& member) const;
  Result<http::Response> invitation_form(Ask& ask, const Anyone&) const;
  Result<http::Response> accept(Ask& ask, const Anyone&) const;

 private:
  http::Response setup_page(const Input& typed, const Refusal* problem) const;
  http::Response phrase_page(const Host& host, const Refusal* problem) const;
  http::Response invitations_page(const Member& member, const std::string& new_url,
                                  const Refusal* problem) const;
  http::Response invitation_page(const OpenInvitation& invitation, const Input& typed,
                                 const Refusal* problem) const;
  Result<StartedSession> join(Ask& ask, const Input& typed) const;
  Result<std::optional<CircleId>> circle_of(db::Reader& reader, PersonId owner, const std::string& id) const;
  std::vector<std::size_t> asked_places() const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web
