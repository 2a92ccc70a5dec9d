#include "web/upload_pages.h"

#include <boost/json/object.hpp>

#include "http/accept.h"
#include "http/reply.h"
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
  response.headers.add("Tus-Max-Size", std::to_string(most_bytes_));
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

Result<http::Response> UploadPages::begin(Ask& ask, const Member& member) const {
  ask.wants_json = true;
  if (!speaks_tus(ask.request)) return other_version();
  const auto size = number_in(ask.request, "Upload-Length");
  if (!size) return Refusal{Refused::malformed, "Upload-Length must say how many bytes will come."};
  const std::string about = ask.request.headers.joined("Upload-Metadata");
  const auto upload =
      uploads_.begin(member.viewer(), *size, tus::metadata(about, "filename").value_or(std::string()));
  if (upload.refused()) return upload.refusal();
  auto answer = brings_a_piece(ask.request) ? take(ask, member, upload->id, 0, 201)
                                            : Result<http::Response>(state(201, *upload));
  if (!answer.refused()) answer->headers.add("Location", "/uploads/" + upload->id.text());
  return answer;
}

Result<http::Response> UploadPages::look(Ask& ask, const Member& member) const {
  ask.wants_json = true;
  const auto upload = uploads_.find(member.viewer(), ask.id().value_or(PublicId()));
  if (!upload) return respond_.not_here();
  json::object body{{"id", upload->id.text()},
                    {"size", upload->size},
                    {"arrived", upload->arrived},
                    {"expires", time_text(upload->expires)}};
  if (const auto photo = upload->photo ? photos_.mine(member.viewer(), *upload->photo) : std::nullopt)
    body["photo"] = json_of(*photo);
  if (upload->refusal) body["refused"] = spoken(*upload->refusal);
  http::Response response = respond_.json(body);
  add_progress(response, *upload);
  response.headers.add("Upload-Length", std::to_string(upload->size));
  return response;
}

Result<http::Response> UploadPages::append(Ask& ask, const Member& member) const {
  ask.wants_json = true;
  const auto place = number_in(ask.request, "Upload-Offset");
  const PublicId id = ask.id().value_or(PublicId());
  if (!uploads_.find(member.viewer(), id)) return respond_.not_here();
  if (!speaks_tus(ask.request)) return other_version();
  if (!brings_a_piece(ask.request))
    return Refusal{Refused::unsupported, "A piece is sent as application/offset+octet-stream."};
  if (!place) return Refusal{Refused::malformed, "Upload-Offset must say where the piece begins."};
  return take(ask, member, id, *place, 204);
}

Result<http::Response> UploadPages::take(Ask& ask, const Member& member, const PublicId& id,
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
  const auto upload = uploads_.append(member.viewer(), id, place, source, checksum);
  if (upload.refused()) return upload.refusal();
  return state(status, *upload);
}

Result<http::Response> UploadPages::end(Ask& ask, const Member& member) const {
  ask.wants_json = true;
  const auto ended = uploads_.end(member.viewer(), ask.id().value_or(PublicId()));
  if (ended.refused()) return ended.refusal();
  http::Response response = respond_.nothing();
  response.headers.add("Tus-Resumable", tus::version);
  return response;
}

Result<http::Response> UploadPages::as_overridden(Ask& ask, const Member& member) const {
  const auto method = ask.request.headers.find("X-HTTP-Method-Override").value_or("");
  if (method == "PATCH") return append(ask, member);
  if (method == "DELETE") return end(ask, member);
  if (method == "HEAD") return look(ask, member);
  ask.wants_json = true;
  if (!uploads_.find(member.viewer(), ask.id().value_or(PublicId()))) return respond_.not_here();
  return Refusal{Refused::malformed, "X-HTTP-Method-Override may be PATCH, DELETE or HEAD here."};
}

}  // namespace keepsake::web
