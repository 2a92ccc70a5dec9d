#include "web/photo_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "http/accept.h"
#include "http/url.h"
#include "photo/media.h"
#include "web/attachment.h"
#include "web/bodies.h"
#include "web/look_form.h"
#include "web/originals_archive.h"
#include "web/time_text.h"
#include "web/tus.h"

namespace keepsake::web {

namespace json = boost::json;

namespace {

constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::uint64_t unbounded = std::uint64_t{1} << 40;  // each photo has a bound of its own in Photos
constexpr int page_size = 48;

// Only what can be shown has one.
void add_extent(json::object& body, const Extent& extent) {
  if (extent.width == 0) return;
  body["width"] = extent.width;
  body["height"] = extent.height;
}

json::object json_of(const AddedPhoto& photo) {
  json::object body{{"id", photo.id.text()}, {"sha256", photo.sha256}, {"shown", photo.shown()}};
  add_extent(body, photo.extent);
  return body;
}

// A blob on its way out, decrypted piece by piece as the server asks for it; not even opened where nothing of
// it is sent.
class BlobStream final : public http::BodyStream {
 public:
  BlobStream(const Photos& photos, PhotoFile file) : photos_(photos), file_(std::move(file)) {}
  std::uint64_t size() const override { return static_cast<std::uint64_t>(file_.blob.size); }
  std::size_t read(std::uint64_t offset, std::span<std::byte> into) override {
    if (!blob_) blob_ = photos_.open(file_);
    return blob_->read(static_cast<std::int64_t>(offset), into);
  }

 private:
  const Photos& photos_;
  const PhotoFile file_;
  std::unique_ptr<blobs::BlobReader> blob_;
};

// Whether the answer will hold bytes, as far as the request tells.
bool wants_bytes(const http::RequestHead& request) {
  return request.method == http::Method::get && !request.headers.find("If-None-Match");
}

struct NamedRendition {
  PublicId id;
  int edge;
};
// Which part of an archive is asked for, counted from 1; 0 is none.
int part_in(const Ask& ask) {
  const auto query = http::parse_form(ask.request.query);
  const auto text = query ? http::find_field(*query, "part") : std::nullopt;
  const auto part = text ? tus::parse_number(*text).value_or(0) : 1;
  return static_cast<int>(std::min<std::int64_t>(part, Photos::most_parts + 1));
}

// What "/photos/ID/EDGE" names, as written without any escapes.
std::optional<NamedRendition> named_rendition(std::string_view path) {
  constexpr std::string_view before = "/photos/";
  constexpr std::size_t slash = before.size() + PublicId::text_size;
  if (!path.starts_with(before) || path.size() <= slash || path[slash] != '/') return std::nullopt;
  const auto id = PublicId::parse(path.substr(before.size(), PublicId::text_size));
  const auto edge = parse_edge(path.substr(slash + 1));
  return id && edge ? std::optional(NamedRendition{*id, *edge}) : std::nullopt;
}

// What a reader takes: whether there is AVIF, the photo's row says.
Wish wanted_encoding(const http::RequestHead& request) {
  const auto best = [&](std::string_view first, std::string_view second) {
    return http::best_media_type(request.headers, {first, second});
  };
  const Encoding usual = best("image/jpeg", "image/webp") == "image/webp" ? Encoding::webp : Encoding::jpeg;
  // Named, as a browser that takes anything does not, and no less wanted than the usual one.
  const bool named = best("image/jpeg", "image/avif") == "image/avif";
  return {usual, named && best("image/avif", media_type(usual)) == "image/avif"};
}

}  // namespace

json::object json_of(const Photo& photo) {
  json::object body{{"id", photo.id.text()}, {"media_type", photo.media_type},
                    {"name", photo.name},    {"shown", photo.shown()},
                    {"size", photo.size},    {"uploaded", time_text(photo.uploaded)}};
  add_extent(body, photo.extent);
  return body;
}

void show_own_photo(html::Values& row, const Photo& photo, const Respond& respond) {
  row.set("PHOTO_ID", photo.id.text());
  if (photo.shown()) {
    const Extent shown = fit(photo.extent, rendition_edges[0]);
    row.add("SHOWN")
        .set("PHOTO_ALT", respond.say("photo_of_day", {{"day", respond.day(photo.uploaded)}}))
        .set("WIDTH", shown.width)
        .set("HEIGHT", shown.height);
  } else {
    row.add("UNSHOWN")
        .set("FILE_NAME", photo.name.empty() ? photo.media_type : photo.name)
        .set("FILE_SIZE", respond.words().customs().size(photo.size));
  }
}

void show_upload_words(html::Values& values, const Respond& respond) {
  const auto sentence = respond.say("photos_uploaded_of", {{"number", "{number}"}, {"of", "{of}"}});
  values.set("UPLOADED_OF_SENTENCE", sentence);
}

TakeFile take_photos(Photos& photos, const Viewer& viewer, std::vector<AddedPhoto>& added) {
  return [&](std::string_view field, std::string_view name, const auto& read) -> std::optional<Refusal> {
    if (field != "files") return Refusal{Refused::invalid, "This field takes no file.", std::string(field)};
    auto photo = photos.add(viewer, {read, {}, std::string(name)});
    if (photo.refused()) {
      Refusal refusal = photo.refusal();
      if (refusal.field.empty()) refusal.field = "files";
      return refusal;
    }
    added.push_back(*std::move(photo));
    return std::nullopt;
  };
}

// Where all originals are to be had: at one address, or part by part.
void PhotoPages::show_archives(html::Values& values, int parts) const {
  for (int part = 1; part <= parts; ++part) {
    const std::string which =
        respond_.say("originals_part", {{"part", std::to_string(part)}, {"parts", std::to_string(parts)}});
    values.add("ARCHIVE")
        .set("ARCHIVE_PART", part)
        .set("ARCHIVE_NAME", parts == 1 ? respond_.say("all_originals") : which);
  }
}

http::Response PhotoPages::page(const Member& member, const std::optional<PublicId>& after,
                                const Refusal* problem) const {
  const PhotoPage mine = photos_.mine(member.viewer(), after, page_size);
  html::Values values;
  values.show_if(mine.photos.empty() && !after, "EMPTY");
  for (const Photo& photo : mine.photos) show_own_photo(values.add("PHOTO"), photo, respond_);
  show_upload_words(values, respond_);
  if (!after && !mine.photos.empty())
    show_archives(values, mine.next ? photos_.parts_of_originals(member.viewer()) : 1);
  if (mine.next) values.add("HAS_MORE").set("MORE", mine.next->text());
  show_problem(values, problem, {{"files"}});
  return respond_.page("photos", values,
                       {.title = respond_.say("my_photos"), .signed_in = member.signed_in()},
                       status_of(problem));
}

http::Response PhotoPages::list(Ask& ask, const Member& member) const {
  const auto query = http::parse_form(ask.request.query);
  const auto text = query ? http::find_field(*query, "after") : std::nullopt;
  const auto after = text ? PublicId::parse(*text) : std::nullopt;
  if (!ask.wants_json) return page(member, after, nullptr);
  const PhotoPage mine = photos_.mine(member.viewer(), after, page_size);
  json::array list;
  for (const Photo& photo : mine.photos) {
    list.push_back(json_of(photo));
  }
  json::object body{{"photos", std::move(list)}};
  if (mine.next) body["next"] = mine.next->text();
  return respond_.json(body);
}

Result<http::Response> PhotoPages::add_bytes(Ask& ask, const Member& member) const {
  const auto read = [&](std::span<std::byte> into) { return ask.request.body->read(into); };
  const auto photo = photos_.add(member.viewer(), {read, ask.request.body->announced()});
  if (photo.refused()) return photo.refusal();
  return respond_.json(json_of(*photo), 201);
}

Result<http::Response> PhotoPages::add_form(Ask& ask, const Member& member) const {
  std::vector<AddedPhoto> added;
  const auto form =
      read_input(ask.request, {}, most_form_bytes, take_photos(photos_, member.viewer(), added));
  if (form.refused()) {
    if (ask.wants_json) return form.refusal();
    return page(member, std::nullopt, &form.refusal());
  }
  if (added.empty()) {
    const Refusal nothing{Refused::invalid, respond_.say("no_file"), "files"};
    if (ask.wants_json) return nothing;
    return page(member, std::nullopt, &nothing);
  }
  if (!ask.wants_json) return respond_.see_other("/photos");
  if (added.size() == 1) return respond_.json(json_of(added[0]), 201);
  json::array list;
  for (const AddedPhoto& photo : added) list.push_back(json_of(photo));
  return respond_.json({{"photos", std::move(list)}}, 201);
}

bool is_bare_photo(std::string_view content_type) {
  return content_type.starts_with("image/") || http::is_media_type(content_type, "application/octet-stream");
}

Result<http::Response> PhotoPages::add(Ask& ask, const Member& member) const {
  ask.request.body->limit(unbounded);
  const auto type = ask.request.headers.find("Content-Type").value_or("");
  if (http::is_media_type(type, "multipart/form-data")) return add_form(ask, member);
  if (!is_bare_photo(type)) return Refusal{Refused::unsupported, respond_.say("send_an_image")};
  return add_bytes(ask, member);
}

http::Response PhotoPages::head_of(const PhotoFile& file) const {
  http::Response response;
  response.headers.add("Content-Type", file.media_type);
  response.headers.add("ETag", file.etag);
  add_private_file_headers(response.headers);
  return response;
}

http::Body PhotoPages::stream_of(PhotoFile file) const {
  return std::make_unique<BlobStream>(photos_, std::move(file));
}

Result<http::Response> PhotoPages::original(Ask& ask, const Reading& who) const {
  const auto file = photos_.original(who.viewer(), ask.id().value_or(PublicId()));
  if (!file) return respond_.not_here();
  http::Response response = head_of(*file);
  response.body = stream_of(*file);
  const std::string unnamed = ask.parameters[0] + media::ending_of(file->media_type);
  response.headers.add("Content-Disposition", attachment(unnamed, file->name));
  return response;
}

Result<http::Response> PhotoPages::originals(Ask& ask, const Member& member) const {
  const auto originals = photos_.originals(member.viewer(), {}, part_in(ask) - 1);
  if (originals.empty()) return respond_.not_here();
  return originals_archive(photos_, member.viewer(), originals, respond_.say("my_photos") + ".zip");
}

Result<http::Response> PhotoPages::rendition(Ask& ask, const Reading& who) const {
  const auto edge = parse_edge(ask.parameters[1]);
  if (!edge) return respond_.not_here();
  const auto id = ask.id().value_or(PublicId());
  const auto encoding = wanted_encoding(ask.request);
  const auto known = photos_.known_rendition(who.viewer(), id, *edge, encoding);
  const auto file = known ? *known : photos_.rendition(who.viewer(), id, *edge, encoding);
  if (!file) return respond_.not_here();
  http::Response response = head_of(*file);
  if (auto copy = photos_.plain_copy(*file, wants_bytes(ask.request))) {
    response.body = std::move(copy);
  } else {
    response.body = stream_of(*file);
  }
  return response;
}

std::shared_ptr<const http::Response> PhotoPages::rendition_at_once(const http::RequestHead& request,
                                                                    const Viewer& viewer) const {
  const auto named = named_rendition(request.path);
  if (!named) return nullptr;
  const auto file = photos_.known_rendition(viewer, named->id, named->edge, wanted_encoding(request));
  auto copy = file ? photos_.plain_copy(*file, false) : nullptr;
  if (!copy) return nullptr;
  auto response = std::make_shared<http::Response>(head_of(*file));
  response->body = std::move(copy);
  return response;
}

json::object PhotoPages::json_of_own(const Photo& photo) const {
  json::object body = json_of(photo);
  if (photo.shown()) body["look"] = json_of(photos_.look_of(photo));
  return body;
}

http::Response PhotoPages::photo_page(const Member& member, const Photo& photo, const Input* typed,
                                      const Refusal* problem) const {
  html::Values values = own_photo_values(respond_, photo);
  if (photo.shown()) {
    const Look look = photos_.look_of(photo);
    html::Values& section = values.add("LOOK");
    show_look(section, look, typed ? *typed : input_of(look));
    show_whole(section, photo, look);
  }
  show_problem(values, problem, look_form_fields);
  return respond_.page("own_photo", values,
                       {.title = own_photo_title(respond_, photo), .signed_in = member.signed_in()},
                       status_of(problem));
}

Result<http::Response> PhotoPages::show(Ask& ask, const Member& member) const {
  const auto photo = photos_.mine(member.viewer(), ask.id().value_or(PublicId()));
  if (!photo) return respond_.not_here();
  if (!ask.wants_json) return photo_page(member, *photo, nullptr, nullptr);
  return respond_.json(json_of_own(*photo));
}

Result<http::Response> PhotoPages::look_changed(Ask& ask, const Member& member, const PublicId& id) const {
  if (!ask.wants_json) return respond_.see_other("/photos/" + id.text());
  const auto photo = photos_.mine(member.viewer(), id);
  if (!photo) return respond_.not_here();
  return respond_.json(json_of_own(*photo));
}

Result<http::Response> PhotoPages::change(Ask& ask, const Member& member) const {
  const auto photo = photos_.mine(member.viewer(), ask.id().value_or(PublicId()));
  if (!photo) return respond_.not_here();
  const auto typed = read_input(ask.request, photo_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  if (const auto wished = typed->object("look")) {
    const auto look = typed_look(*wished, photos_.look_of(*photo));
    const auto outcome = look.refused() ? Result<Done>(look.refusal())
                                        : photos_.change_look(member.viewer(), photo->id, *look);
    if (outcome.refused()) return outcome.refusal();
  }
  return look_changed(ask, member, photo->id);
}

Result<http::Response> PhotoPages::set_look(Ask& ask, const Member& member) const {
  const auto photo = photos_.mine(member.viewer(), ask.id().value_or(PublicId()));
  if (!photo) return respond_.not_here();
  std::optional<Input> half_read;
  auto typed = read_input(ask.request, look_fields, most_form_bytes, {}, &half_read);
  const auto look = typed.refused() ? Result<Look>(typed.refusal()) : typed_look(*typed, Look());
  const auto outcome =
      look.refused() ? Result<Done>(look.refusal()) : photos_.change_look(member.viewer(), photo->id, *look);
  if (!outcome.refused()) return look_changed(ask, member, photo->id);
  const Input* shown = !typed.refused() ? &*typed : half_read ? &*half_read : nullptr;
  if (ask.wants_json || !shown) return outcome.refusal();
  return photo_page(member, *photo, shown, &outcome.refusal());
}

Result<http::Response> PhotoPages::remove(Ask& ask, const Member& member) const {
  const auto outcome = photos_.remove(member.viewer(), ask.id().value_or(PublicId()));
  if (outcome.refused()) return outcome.refusal();
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/photos");
}

Result<http::Response> PhotoPages::remove_if_sure(Ask& ask, const Member& member) const {
  const auto id = ask.id().value_or(PublicId());
  if (!photos_.owns(member.viewer(), id)) return respond_.not_here();
  const auto typed = read_input(ask.request, removal_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  if (typed->boolean("for_good").value_or(false)) return remove(ask, member);
  const Refusal unsure{Refused::invalid, respond_.say("for_good_unsure"), "for_good"};
  const auto photo = photos_.mine(member.viewer(), id);
  if (ask.wants_json || !photo) return unsure;
  return photo_page(member, *photo, nullptr, &unsure);
}

}  // namespace keepsake::web
