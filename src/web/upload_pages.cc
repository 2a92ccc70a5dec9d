#include "web/upload_pages.h"

#include <boost/json/object.hpp>

#include "audience/link_rules.h"
#include "http/accept.h"
#include "http/reply.h"
#include "web/drop_pages.h"
#include "web/photo_pages.h"
#include "web/speaking.h"
#include "web/time_text.h"
#include "web/tus.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t unbounded = std::uint64_t{1} << 40;  // each upload has a bound of its own

bool speaks_tus(const http::RequestHead& request) {
  return request.headers.find("Tus-Resumable") == tus::version;
}

std::optional<std::int64_t> number_in(const http::RequestHead& request, std::string_view header) {
  const auto text = request.headers.find(header);
  return text ? tus::parse_number(*text) : std::nullopt;
}

bool brings_a_piece(const http::RequestHead& request) {
  return http::is_media_type(request.headers.find("Content-Type").value_or(""), tus::piece_type);
}

void add_progress(http::Response& response, const Upload& upload) {
  response.headers.add("Tus-Resumable", tus::version);
  response.headers.add("Upload-Offset", std::to_string(upload.arrived));
  response.headers.add("Upload-Expires", http::http_date(to_micros(upload.expires) / 1'000'000));
}

}  // namespace

http::Response UploadPages::options(Ask&, const Anyone&) const {
  http::Response response = respond_.nothing();
  response.headers.add("Tus-Resumable", tus::version);
  response.headers.add("Tus-Version", tus::version);
  response.headers.add("Tus-Extension", tus::extensions);
  response.headers.add("Tus-Checksum-Algorithm", tus::algorithms);
  response.headers.add("Tus-Max-Size", std::to_string(uses_.most_bytes));
  return response;
}

http::Response UploadPages::other_version() const {
  http::Response response = respond_.failure(true, 412, {});
  response.headers.add("Tus-Version", tus::version);
  return response;
}

http::Response UploadPages::state(int status, const Upload& upload) const {
  http::Response response = respond_.nothing();
  response.status = status;
  add_progress(response, upload);
  return response;
}

// The upload named in the address is looked for among the person's own first, then among those of a visit.
Result<Sender> UploadPages::sender_of(const Ask& ask, const Reading& who) const {
  const std::string pass = cookie_of(ask.request, drop_cookie);
  const auto& person = who.viewer().person;
  const bool own = person && (pass.empty() || uses_.uploads.find({*person}, ask.id().value_or(PublicId())));
  if (own) return Sender{*person};
  if (pass.empty()) return Refusal{Refused::sign_in, "Please sign in to go on."};
  if (const auto visit = uses_.drops.visit(pass)) return Sender{visit->owner, visit->row};
  return person ? Result<Sender>(Sender{*person}) : link_rules::ended();
}

Result<Upload> UploadPages::begin_dropping(const Ask& ask, std::int64_t size, std::string_view name) const {
  const auto visit = uses_.drops.visit(cookie_of(ask.request, drop_cookie));
  if (!visit) return link_rules::ended();
  const auto room = uses_.drops.room_for(*visit, size, ask.request.peer);
  if (room.refused()) return room.refusal();
  auto begun = uses_.uploads.begin({visit->owner, visit->row}, size, name, visit->album);
  if (begun.refused()) return DropLinks::told(begun.refusal());
  return begun;
}

Result<Upload> UploadPages::begin_as(const Ask& ask, const Reading& who, std::int64_t size) const {
  const std::string about = ask.request.headers.joined("Upload-Metadata");
  const std::string name = tus::metadata(about, "filename").value_or(std::string());
  const bool dropping = tus::metadata(about, "drop") || !who.viewer().person;
  if (dropping) return begin_dropping(ask, size, name);
  const PersonId person = *who.viewer().person;
  const auto wanted = tus::metadata(about, "album");
  if (!wanted) return uses_.uploads.begin({person}, size, name);
  const auto album = uses_.albums.find(person, PublicId::parse(*wanted).value_or(PublicId()));
  if (!album) return Refusal{Refused::not_found, "There is no such album."};
  return uses_.uploads.begin({person}, size, name, album->item);
}

Result<http::Response> UploadPages::begin(Ask& ask, const Reading& who) const {
  if (!who.viewer().person && cookie_of(ask.request, drop_cookie).empty())
    return Refusal{Refused::sign_in, "Please sign in to go on."};
  ask.wants_json = true;
  if (!speaks_tus(ask.request)) return other_version();
  const auto size = number_in(ask.request, "Upload-Length");
  if (!size) return Refusal{Refused::malformed, "Upload-Length must say how many bytes will come."};
  const auto upload = begin_as(ask, who, *size);
  if (upload.refused()) return upload.refusal();
  auto answer = brings_a_piece(ask.request) ? take(ask, upload->sender, upload->id, 0, 201)
                                            : Result<http::Response>(state(201, *upload));
  if (!answer.refused()) answer->headers.add("Location", "/uploads/" + upload->id.text());
  return answer;
}

Result<http::Response> UploadPages::look(Ask& ask, const Reading& who) const {
  const auto sender = sender_of(ask, who);
  if (sender.refused()) return sender.refusal();
  ask.wants_json = true;
  const auto upload = uses_.uploads.find(*sender, ask.id().value_or(PublicId()));
  if (!upload) return respond_.not_here();
  json::object body{{"id", upload->id.text()},
                    {"size", upload->size},
                    {"arrived", upload->arrived},
                    {"expires", time_text(upload->expires)}};
  if (upload->photo) body["kept"] = true;
  // Not to whoever was let in by a drop link, nor of what lies in a sealed album.
  const bool told = upload->photo && !sender->visit;
  if (const auto photo = told ? uses_.photos.mine(who.viewer(), *upload->photo) : std::nullopt)
    body["photo"] = json_of(*photo);
  if (upload->refusal) body["refused"] = spoken(*upload->refusal);
  http::Response response = respond_.json(body);
  add_progress(response, *upload);
  response.headers.add("Upload-Length", std::to_string(upload->size));
  return response;
}

Result<http::Response> UploadPages::append(Ask& ask, const Reading& who) const {
  const auto sender = sender_of(ask, who);
  if (sender.refused()) return sender.refusal();
  ask.wants_json = true;
  const auto place = number_in(ask.request, "Upload-Offset");
  const PublicId id = ask.id().value_or(PublicId());
  if (!uses_.uploads.find(*sender, id)) return respond_.not_here();
  if (!speaks_tus(ask.request)) return other_version();
  if (!brings_a_piece(ask.request))
    return Refusal{Refused::unsupported, "A piece is sent as application/offset+octet-stream."};
  if (!place) return Refusal{Refused::malformed, "Upload-Offset must say where the piece begins."};
  return take(ask, *sender, id, *place, 204);
}

Result<http::Response> UploadPages::take(Ask& ask, const Sender& sender, const PublicId& id,
                                         std::int64_t place, int status) const {
  ask.request.body->limit(unbounded);
  std::optional<Checksum> checksum;
  if (const auto text = ask.request.headers.find("Upload-Checksum")) {
    auto parsed = tus::parse_checksum(*text);
    if (parsed.refused()) return parsed.refusal();
    checksum = *std::move(parsed);
  }
  const PhotoSource source{[&](std::span<std::byte> into) { return ask.request.body->read(into); },
                           ask.request.body->announced()};
  const auto upload = uses_.uploads.append(sender, id, place, source, checksum);
  if (upload.refused()) return sender.visit ? DropLinks::told(upload.refusal()) : upload.refusal();
  http::Response response = state(status, *upload);
  if (sender.visit) response.pace = drop_pace;
  return response;
}

Result<http::Response> UploadPages::end(Ask& ask, const Reading& who) const {
  const auto sender = sender_of(ask, who);
  if (sender.refused()) return sender.refusal();
  ask.wants_json = true;
  const auto ended = uses_.uploads.end(*sender, ask.id().value_or(PublicId()));
  if (ended.refused()) return ended.refusal();
  http::Response response = respond_.nothing();
  response.headers.add("Tus-Resumable", tus::version);
  return response;
}

Result<http::Response> UploadPages::as_overridden(Ask& ask, const Reading& who) const {
  const auto sender = sender_of(ask, who);
  if (sender.refused()) return sender.refusal();
  const auto method = ask.request.headers.find("X-HTTP-Method-Override").value_or("");
  if (method == "PATCH") return append(ask, who);
  if (method == "DELETE") return end(ask, who);
  if (method == "HEAD") return look(ask, who);
  ask.wants_json = true;
  if (!uses_.uploads.find(*sender, ask.id().value_or(PublicId()))) return respond_.not_here();
  return Refusal{Refused::malformed, "X-HTTP-Method-Override may be PATCH, DELETE or HEAD here."};
}

}  // namespace keepsake::web
