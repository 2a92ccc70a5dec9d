#pragma once
// Resumable uploads: the tus protocol 1.0.0 (core, creation, creation-with-upload, checksum, expiration,
// termination), and what has become of an upload as JSON. For programs: no page, and every refusal is a
// problem. Whoever was let in by a drop link sends the same way, with its pass; metadata `drop` says so where
// they are signed in as well. Metadata `album` names an album of the sender's own.
#include "album/albums.h"
#include "album/drop_links.h"
#include "photo/photos.h"
#include "photo/uploads.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class UploadPages {
 public:
  struct Uses {
    Uploads& uploads;
    Photos& photos;
    Albums& albums;
    DropLinks& drops;
    std::int64_t most_bytes;
  };
  UploadPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  // What is understood here.
  http::Response options(Ask& ask, const Anyone&) const;
  Result<http::Response> begin(Ask& ask, const Reading& who) const;
  // How far it is: in the headers that tus names, and as JSON.
  Result<http::Response> look(Ask& ask, const Reading& who) const;
  Result<http::Response> append(Ask& ask, const Reading& who) const;
  Result<http::Response> end(Ask& ask, const Reading& who) const;
  // For those who can send no PATCH, DELETE or HEAD: as X-HTTP-Method-Override says.
  Result<http::Response> as_overridden(Ask& ask, const Reading& who) const;

 private:
  http::Response state(int status, const Upload& upload) const;
  http::Response other_version() const;
  Result<Sender> sender_of(const Ask& ask, const Reading& who) const;
  Result<Upload> begin_as(const Ask& ask, const Reading& who, std::int64_t size) const;
  Result<Upload> begin_dropping(const Ask& ask, std::int64_t size, std::string_view name) const;
  Result<http::Response> take(Ask& ask, const Sender& sender, const PublicId& id, std::int64_t place,
                              int status) const;

  const Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web
