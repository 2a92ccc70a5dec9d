#pragma once
// Albums of whoever is signed in, and the drop links that lead to them. Of a sealed album nothing is shown
// but its name.
#include <boost/json/fwd.hpp>

#include "album/albums.h"
#include "album/drop_links.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class AlbumPages {
 public:
  struct Uses {
    Albums& albums;
    DropLinks& drops;
    Photos& photos;
    std::string origin;  // what links begin with
  };
  AlbumPages(Uses uses, const Respond& respond) : uses_(std::move(uses)), respond_(respond) {}

  http::Response list(Ask& ask, const Member& member) const;
  Result<http::Response> create(Ask& ask, const Member& member) const;
  Result<http::Response> show(Ask& ask, const Member& member) const;
  Result<http::Response> rename(Ask& ask, const Member& member) const;
  Result<http::Response> remove(Ask& ask, const Member& member) const;
  Result<http::Response> add(Ask& ask, const Member& member) const;
  Result<http::Response> take_out(Ask& ask, const Member& member) const;
  Result<http::Response> seal(Ask& ask, const Member& member) const;
  Result<http::Response> open(Ask& ask, const Member& member) const;

  // Its originals as an archive.
  Result<http::Response> originals(Ask& ask, const Member& member) const;

  Result<http::Response> links(Ask& ask, const Member& member) const;
  Result<http::Response> make_link(Ask& ask, const Member& member) const;
  Result<http::Response> revoke_link(Ask& ask, const Member& member) const;

 private:
  http::Response list_page(const Member& member, const Input& typed, const Refusal* problem) const;
  http::Response album_page(const Member& member, const Album& album, const std::optional<PublicId>& after,
                            const Refusal* problem) const;
  void fill_photos(html::Values& values, const Album& album, const PhotoPage& page) const;
  boost::json::object json_of(const Member& member, const Album& album,
                              const std::optional<PublicId>& after) const;
  // What an act came to: the page `then`, or the album's page with the reason.
  Result<http::Response> done(Ask& ask, const Member& member, const Result<Done>& outcome,
                              const std::string& then) const;
  Result<http::Response> add_bytes(Ask& ask, const Member& member, const Album& album) const;
  // The ids of what was added.
  Result<std::vector<std::string>> add_form(Ask& ask, const Member& member, const Album& album) const;
  http::Response links_page(const Member& member, const Album& album, const Input& typed,
                            const std::string& new_url, const Refusal* problem) const;
  Result<NewDropLink> wanted_link(const Input& typed) const;
  std::string standing_of(const DropLink& link) const;

  const Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web
