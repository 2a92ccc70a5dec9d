#pragma once
// Photos: taking them in, one's own list, the original for its owner, renditions for whoever may see them.
#include <boost/json/fwd.hpp>

#include "photo/photos.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class PhotoPages {
 public:
  PhotoPages(Photos& photos, const Respond& respond) : photos_(photos), respond_(respond) {}

  http::Response list(Ask& ask, const Member& member) const;
  Result<http::Response> add(Ask& ask, const Member& member) const;
  Result<http::Response> original(Ask& ask, const Reading& who) const;
  // All of them as an archive, in parts where they are very many.
  Result<http::Response> originals(Ask& ask, const Member& member) const;
  Result<http::Response> rendition(Ask& ask, const Reading& who) const;
  // The same answer as a rendition's route gives, if it needs nothing but memory; or null. For an I/O thread.
  std::shared_ptr<const http::Response> rendition_at_once(const http::RequestHead& request,
                                                          const Viewer& viewer) const;
  Result<http::Response> show(Ask& ask, const Member& member) const;
  Result<http::Response> change(Ask& ask, const Member& member) const;
  // The whole look at once, as the form has it.
  Result<http::Response> set_look(Ask& ask, const Member& member) const;
  Result<http::Response> remove(Ask& ask, const Member& member) const;
  // For the form: only with its box ticked.
  Result<http::Response> remove_if_sure(Ask& ask, const Member& member) const;

 private:
  void show_archives(html::Values& values, int parts) const;
  http::Response page(const Member& member, const std::optional<PublicId>& after,
                      const Refusal* problem) const;
  // `typed`: what came back from the form of the look.
  http::Response photo_page(const Member& member, const Photo& photo, const Input* typed,
                            const Refusal* problem) const;
  boost::json::object json_of_own(const Photo& photo) const;
  Result<http::Response> look_changed(Ask& ask, const Member& member, const PublicId& id) const;
  Result<http::Response> add_bytes(Ask& ask, const Member& member) const;
  Result<http::Response> add_form(Ask& ask, const Member& member) const;
  http::Response head_of(const PhotoFile& file) const;
  http::Body stream_of(PhotoFile file) const;

  Photos& photos_;
  const Respond& respond_;
};

// Whether a body of this Content-Type is a photo and nothing else: an image, or bytes of any kind.
bool is_bare_photo(std::string_view content_type);

// A photo of whoever asks, for programs.
boost::json::object json_of(const Photo& photo);

// A row of a list of one's own photos: its section SHOWN or UNSHOWN.
void show_own_photo(html::Values& row, const Photo& photo, const Respond& respond);

// What the part UPLOAD_WORDS has places for.
void show_upload_words(html::Values& values, const Respond& respond);

// Takes every file of a form's field `files` in as a photo of the viewer's; `added` grows while they arrive.
TakeFile take_photos(Photos& photos, const Viewer& viewer, std::vector<AddedPhoto>& added);

}  // namespace keepsake::web
