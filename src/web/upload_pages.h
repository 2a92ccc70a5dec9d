#pragma once
// Resumable uploads: the tus protocol 1.0.0 (core, creation, creation-with-upload, checksum, expiration,
// termination), and what has become of an upload as JSON. For programs: no page, and every refusal is a
// problem.
#include "photo/photos.h"
#include "photo/uploads.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class UploadPages {
 public:
  UploadPages(Uploads& uploads, Photos& photos, std::int64_t most_bytes, const Respond& respond)
      : uploads_(uploads), photos_(photos), most_bytes_(most_bytes), respond_(respond) {}

  // What is understood here.
  http::Response options(Ask& ask, const Anyone&) const;
  Result<http::Response> begin(Ask& ask, const Member& member) const;
  // How far it is: in the headers that tus names, and as JSON.
  Result<http::Response> look(Ask& ask, const Member& member) const;
  Result<http::Response> append(Ask& ask, const Member& member) const;
  Result<http::Response> end(Ask& ask, const Member& member) const;
  // For those who can send no PATCH, DELETE or HEAD: as X-HTTP-Method-Override says.
  Result<http::Response> as_overridden(Ask& ask, const Member& member) const;

 private:
  http::Response state(int status, const Upload& upload) const;
  http::Response other_version() const;
  Result<http::Response> take(Ask& ask, const Member& member, const PublicId& id, std::int64_t place,
                              int status) const;

  Uploads& uploads_;
  Photos& photos_;
  const std::int64_t most_bytes_;
  const Respond& respond_;
};

}  // namespace keepsake::web
