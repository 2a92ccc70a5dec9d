#include "web/album_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "http/accept.h"
#include "http/url.h"
#include "web/album_bodies.h"
#include "web/bodies.h"
#include "web/originals_archive.h"
#include "web/photo_pages.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::uint64_t unbounded = std::uint64_t{1} << 40;  // each photo has a bound of its own in Photos
constexpr int page_size = 48;

json::object short_json_of(const Album& album) {
  return {{"id", album.id.text()},
          {"name", album.name},
          {"sealed", album.sealed},
          {"created", time_text(album.created)}};
}

json::object link_json_of(const DropLink& link) {
  json::object object{{"id", link.id.text()},
                      {"name", link.name},
                      {"passphrase", link.passphrase},
                      {"created", time_text(link.created)},
                      {"ended", link.ended}};
  if (link.expires) object["expires"] = time_text(*link.expires);
  return object;
}

std::optional<PublicId> after_in(const Ask& ask) {
  const auto query = http::parse_form(ask.request.query);
  const auto text = query ? http::find_field(*query, "after") : std::nullopt;
  return text ? PublicId::parse(*text) : std::nullopt;
}

std::string address_of(const Ask& ask) {
  return "/albums/" + ask.id().value_or(PublicId()).text();
}

// Nothing if one of them is no id.
std::optional<std::vector<PublicId>> ids_in(const std::vector<std::string>& texts) {
  std::vector<PublicId> ids;
  for (const std::string& text : texts) {
    const auto id = PublicId::parse(text);
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace

http::Response AlbumPages::list_page(const Member& member, const Input& typed, const Refusal* problem) const {
  html::Values values;
  const auto albums = uses_.albums.of_owner(member.person());
  values.show_if(albums.empty(), "EMPTY");
  for (const Album& album : albums) {
    values.add("ALBUM")
        .set("ALBUM_ID", album.id.text())
        .set("ALBUM_NAME", album.name)
        .show_if(album.sealed, "IS_SEALED");
  }
  values.set("FORM_NAME", typed.text_or_empty("name"));
  show_problem(values, problem, {{"name"}});
  return respond_.page("albums", values, {.title = respond_.say("albums"), .signed_in = member.signed_in()},
                       status_of(problem));
}

http::Response AlbumPages::list(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return list_page(member, {}, nullptr);
  json::array list;
  for (const Album& album : uses_.albums.of_owner(member.person())) list.push_back(short_json_of(album));
  return respond_.json({{"albums", std::move(list)}});
}

Result<http::Response> AlbumPages::create(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, album_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto id = uses_.albums.create(member.person(), typed->text_or_empty("name"),
                                      typed->boolean("sealed").value_or(false));
  if (id.refused()) {
    if (ask.wants_json) return id.refusal();
    return list_page(member, *typed, &id.refusal());
  }
  if (!ask.wants_json) return respond_.see_other("/albums/" + id->text());
  return respond_.json({{"id", id->text()}, {"url", uses_.origin + "/albums/" + id->text()}}, 201);
}

void AlbumPages::fill_photos(html::Values& values, const Album& album, const PhotoPage& page) const {
  for (const Photo& photo : page.photos) {
    html::Values& row = values.add("PHOTO");
    row.set("ALBUM_ID", album.id.text());
    show_own_photo(row, photo, respond_);
  }
  if (page.next) values.add("HAS_MORE").set("MORE", page.next->text());
}

http::Response AlbumPages::album_page(const Member& member, const Album& album,
                                      const std::optional<PublicId>& after, const Refusal* problem) const {
  html::Values values;
  values.set("ALBUM_ID", album.id.text()).set("ALBUM_NAME", album.name);
  if (album.sealed) {
    values.add("SEALED").set("ALBUM_ID", album.id.text());
  } else {
    const PhotoPage page = uses_.albums.photos(member.person(), album, after, page_size);
    html::Values& shown = values.add("OPENED");
    shown.set("ALBUM_ID", album.id.text());
    shown.show_if(page.photos.empty() && !after, "EMPTY");
    if (!page.photos.empty()) shown.add("ARCHIVE").set("ALBUM_ID", album.id.text());
    fill_photos(shown, album, page);
  }
  show_upload_words(values, respond_);
  show_problem(values, problem, {{"files"}, {"name"}});
  return respond_.page("album", values, {.title = album.name, .signed_in = member.signed_in()},
                       status_of(problem));
}

json::object AlbumPages::json_of(const Member& member, const Album& album,
                                 const std::optional<PublicId>& after) const {
  json::object body = short_json_of(album);
  if (album.sealed) return body;
  const PhotoPage page = uses_.albums.photos(member.person(), album, after, page_size);
  json::array photos;
  for (const Photo& photo : page.photos) photos.push_back(web::json_of(photo));
  body["photos"] = std::move(photos);
  if (page.next) body["next"] = page.next->text();
  return body;
}

Result<http::Response> AlbumPages::show(Ask& ask, const Member& member) const {
  const auto album = uses_.albums.find(member.person(), ask.id().value_or(PublicId()));
  if (!album) return respond_.not_here();
  if (ask.wants_json) return respond_.json(json_of(member, *album, after_in(ask)));
  return album_page(member, *album, after_in(ask), nullptr);
}

Result<http::Response> AlbumPages::done(Ask& ask, const Member& member, const Result<Done>& outcome,
                                        const std::string& then) const {
  if (!outcome.refused()) return ask.wants_json ? respond_.nothing() : respond_.see_other(then);
  if (outcome.refusal().kind == Refused::not_found) return respond_.not_here();
  if (ask.wants_json) return outcome.refusal();
  const auto album = uses_.albums.find(member.person(), ask.id().value_or(PublicId()));
  if (!album) return respond_.not_here();
  return album_page(member, *album, std::nullopt, &outcome.refusal());
}

Result<http::Response> AlbumPages::rename(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  if (!uses_.albums.find(member.person(), id)) return respond_.not_here();
  const auto typed = read_input(ask.request, rename_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  return done(ask, member, uses_.albums.rename(member.person(), id, typed->text_or_empty("name")),
              address_of(ask));
}

Result<http::Response> AlbumPages::remove(Ask& ask, const Member& member) const {
  return done(ask, member, uses_.albums.remove(member.person(), ask.id().value_or(PublicId())), "/albums");
}

Result<http::Response> AlbumPages::add_bytes(Ask& ask, const Member& member, const Album& album) const {
  ask.request.body->limit(unbounded);
  const auto read = [&](std::span<std::byte> into) { return ask.request.body->read(into); };
  const auto photo = uses_.albums.receive(member.person(), album.id, {read, ask.request.body->announced()});
  if (photo.refused()) return photo.refusal();
  return respond_.json({{"photos", json::array{photo->id.text()}}}, 201);
}

Result<std::vector<std::string>> AlbumPages::add_form(Ask& ask, const Member& member,
                                                      const Album& album) const {
  std::vector<std::string> added;
  const auto take = [&](std::string_view field, std::string_view name,
                        const auto& read) -> std::optional<Refusal> {
    if (field != "files") return Refusal{Refused::invalid, "This field takes no file.", std::string(field)};
    const auto photo = uses_.albums.receive(member.person(), album.id, {read, {}, std::string(name)});
    if (photo.refused())
      return Refusal{photo.refusal().kind, photo.refusal().sentence, "files", photo.refusal().phrase};
    added.push_back(photo->id.text());
    return std::nullopt;
  };
  ask.request.body->limit(unbounded);
  const auto typed = read_input(ask.request, album_photo_fields, most_form_bytes, take);
  if (typed.refused()) return typed.refusal();
  const auto named = typed->texts("photos");
  if (!named && !added.empty()) return added;
  const auto ids = ids_in(named.value_or(std::vector<std::string>()));
  if (!ids) return Refusal{Refused::invalid, "This photo is not among yours.", "photos"};
  const auto outcome = uses_.albums.add(member.person(), album.id, *ids);
  if (outcome.refused()) return outcome.refusal();
  for (const PublicId& id : *ids) added.push_back(id.text());
  return added;
}

Result<http::Response> AlbumPages::add(Ask& ask, const Member& member) const {
  const auto album = uses_.albums.find(member.person(), ask.id().value_or(PublicId()));
  if (!album) return respond_.not_here();
  if (is_bare_photo(ask.request.headers.find("Content-Type").value_or("")))
    return add_bytes(ask, member, *album);
  const auto added = add_form(ask, member, *album);
  if (added.refused()) return done(ask, member, added.refusal(), "");
  if (!ask.wants_json) return respond_.see_other(address_of(ask));
  json::array list;
  for (const std::string& id : *added) list.emplace_back(id);
  return respond_.json({{"photos", std::move(list)}}, 201);
}

Result<http::Response> AlbumPages::take_out(Ask& ask, const Member& member) const {
  const auto photo = ask.id(1).value_or(PublicId());
  return done(ask, member, uses_.albums.take_out(member.person(), ask.id().value_or(PublicId()), photo),
              address_of(ask));
}

Result<http::Response> AlbumPages::seal(Ask& ask, const Member& member) const {
  return done(ask, member, uses_.albums.seal(member.person(), ask.id().value_or(PublicId())),
              address_of(ask));
}

Result<http::Response> AlbumPages::open(Ask& ask, const Member& member) const {
  return done(ask, member, uses_.albums.open(member.person(), ask.id().value_or(PublicId())),
              address_of(ask));
}

// A day that was given ends with it: the last second still belongs to it.
std::string AlbumPages::standing_of(const DropLink& link) const {
  std::string standing = respond_.say("link_open");
  if (link.ended) {
    standing = respond_.say("link_over");
  } else if (link.expires) {
    standing = respond_.say("link_until", {{"day", respond_.day(*link.expires - std::chrono::seconds(1))}});
  }
  return link.passphrase ? standing + ", " + respond_.say("link_with_passphrase") : standing;
}

http::Response AlbumPages::links_page(const Member& member, const Album& album, const Input& typed,
                                      const std::string& new_url, const Refusal* problem) const {
  html::Values values;
  values.set("ALBUM_ID", album.id.text()).set("ALBUM_NAME", album.name);
  values.show_if(!album.sealed, "WILL_SEAL");
  values.set_in("NEW_LINK", "LINK_URL", new_url);
  for (const DropLink& link : uses_.drops.of_album(album)) {
    values.add("LINK")
        .set("LINK_ID", link.id.text())
        .set("LINK_NAME", link.name)
        .set("LINK_STANDING", standing_of(link));
  }
  values.set("FORM_NAME", typed.text_or_empty("name")).set("FORM_EXPIRES", typed.text_or_empty("expires"));
  values.set("FORM_PASSPHRASE", typed.text_or_empty("passphrase"));
  show_problem(values, problem, {{"name"}, {"passphrase"}, {"expires"}});
  return respond_.page("drop_links", values,
                       {.title = respond_.say("drop_links"), .signed_in = member.signed_in()},
                       status_of(problem));
}

Result<http::Response> AlbumPages::originals(Ask& ask, const Member& member) const {
  const auto album = uses_.albums.find(member.person(), ask.id().value_or(PublicId()));
  const auto originals = album && !album->sealed ? uses_.photos.originals(member.viewer(), album->item)
                                                 : std::vector<Photos::Original>();
  if (originals.empty()) return respond_.not_here();
  return originals_archive(uses_.photos, member.viewer(), originals, album->name + ".zip");
}

Result<http::Response> AlbumPages::links(Ask& ask, const Member& member) const {
  const auto album = uses_.albums.find(member.person(), ask.id().value_or(PublicId()));
  if (!album) return respond_.not_here();
  if (!ask.wants_json) return links_page(member, *album, {}, "", nullptr);
  json::array list;
  for (const DropLink& link : uses_.drops.of_album(*album)) list.push_back(link_json_of(link));
  return respond_.json({{"links", std::move(list)}});
}

Result<NewDropLink> AlbumPages::wanted_link(const Input& typed) const {
  NewDropLink link{.name = typed.text_or_empty("name")};
  if (const auto passphrase = typed.text_or_empty("passphrase"); !passphrase.empty())
    link.passphrase = passphrase;
  if (const auto expires = typed.text_or_empty("expires"); !expires.empty()) {
    link.expires = parse_end(expires);
    if (!link.expires) return Refusal{Refused::invalid, respond_.say("bad_date"), "expires"};
  }
  link.most_photos = typed.number("most_photos").value_or(link.most_photos);
  link.most_bytes = typed.number("most_bytes").value_or(link.most_bytes);
  return link;
}

Result<http::Response> AlbumPages::make_link(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  const auto album = uses_.albums.find(member.person(), id);
  if (!album) return respond_.not_here();
  const auto typed = read_input(ask.request, drop_link_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto wanted = wanted_link(*typed);
  const auto made = wanted.refused() ? Result<CreatedDropLink>(wanted.refusal())
                                     : uses_.drops.create(member.person(), id, *wanted);
  if (made.refused()) {
    if (ask.wants_json) return made.refusal();
    return links_page(member, *album, *typed, "", &made.refusal());
  }
  const std::string url = uses_.origin + "/drop/" + made->secret;
  if (ask.wants_json) return respond_.json({{"id", made->id.text()}, {"url", url}}, 201);
  const auto now = uses_.albums.find(member.person(), id);
  return links_page(member, now.value_or(*album), {}, url, nullptr);
}

Result<http::Response> AlbumPages::revoke_link(Ask& ask, const Member& member) const {
  const auto album = uses_.drops.revoke(member.person(), ask.id().value_or(PublicId()));
  if (album.refused()) return respond_.not_here();
  if (ask.wants_json) return respond_.nothing();
  return respond_.see_other("/albums/" + album->text() + "/drops");
}

}  // namespace keepsake::web
