#include "web/session_guard.h"

#include "base/text.h"
#include "http/cookie.h"

namespace keepsake::web {
namespace {

constexpr std::string_view bearer = "Bearer ";

Refusal no_such_token() {
  return {Refused::sign_in, "This token is not known here, or it was revoked."};
}
Refusal sign_in_first() {
  return {Refused::sign_in, "Please sign in to go on."};
}

}  // namespace

std::string cookie_of(const http::RequestHead& request, std::string_view name) {
  return http::find_cookie(request.headers, name).value_or(std::string());
}

void give_cookie(http::Response& response, std::string_view name, std::string_view value,
                 std::chrono::seconds life) {
  response.headers.add(
      "Set-Cookie",
      http::set_cookie({.name = std::string(name), .value = std::string(value), .max_age = life}));
}

void take_cookie(http::Response& response, std::string_view name) {
  give_cookie(response, name, "", std::chrono::seconds(0));
}

std::optional<Refusal> foreign_origin(const http::RequestHead& request) {
  const Refusal refusal{Refused::forbidden, "This came from another site, so nothing was changed."};
  if (const auto site = request.headers.find("Sec-Fetch-Site")) {
    return *site == "same-origin" ? std::nullopt : std::optional(refusal);
  }
  if (const auto origin = request.headers.find("Origin")) {
    const auto host = request.headers.find("Host");
    const std::string ours = (request.secure ? "https://" : "http://") + ascii_lower(host.value_or(""));
    return ascii_lower(*origin) == ours ? std::nullopt : std::optional(refusal);
  }
  return request.headers.find("Cookie") ? std::optional(refusal) : std::nullopt;
}

bool SessionGuard::shows_nothing(const http::RequestHead& request) {
  return !request.headers.find("Cookie") && !request.headers.find("Authorization");
}

Result<std::optional<SignedIn>> SessionGuard::signed_in(const http::RequestHead& request) {
  if (const auto shown = request.headers.find("Authorization")) {
    if (!shown->starts_with(bearer)) return no_such_token();
    const auto text = shown->substr(bearer.size());
    const auto token = database_.read([&](db::Reader& reader) { return tokens_.find(reader, text); });
    if (!token) return no_such_token();
    tokens_.touch(*token);
    return std::optional(
        SignedIn{token->person, token->name, token->display_name, token->host, std::nullopt});
  }
  const std::string cookie = cookie_of(request, session_cookie);
  if (cookie.empty()) return std::optional<SignedIn>();
  const auto session = database_.read([&](db::Reader& reader) { return sessions_.find(reader, cookie); });
  if (!session) return std::optional<SignedIn>();
  sessions_.touch(*session);
  return std::optional(
      SignedIn{session->person, session->name, session->display_name, session->host, session->public_id});
}

Result<Done> SessionGuard::establish(const http::RequestHead& request, Reading& reading) {
  auto person = signed_in(request);
  if (person.refused()) return person.refusal();
  reading.signed_in_ = *std::move(person);
  const std::string pass = cookie_of(request, pass_cookie);
  Shown shown{.pass = pass, .gate_passes = gate_.open(cookie_of(request, gate_cookie))};
  if (reading.signed_in_) {
    shown.person = reading.signed_in_->person;
    shown.host = reading.signed_in_->host;
  }
  reading.viewer_ = viewers_.make(shown);
  return Done{};
}

template <>
Result<Anyone> SessionGuard::admit<Anyone>(Ask&) {
  return Anyone();
}

template <>
Result<Reading> SessionGuard::admit<Reading>(Ask& ask) {
  Reading reading;
  if (const auto done = establish(ask.request, reading); done.refused()) return done.refusal();
  return reading;
}

template <>
Result<Member> SessionGuard::admit<Member>(Ask& ask) {
  Member member;
  if (const auto done = establish(ask.request, member); done.refused()) return done.refusal();
  if (!member.signed_in_) return sign_in_first();
  return member;
}

template <>
Result<Host> SessionGuard::admit<Host>(Ask& ask) {
  Host host;
  if (const auto done = establish(ask.request, host); done.refused()) return done.refusal();
  if (!host.signed_in_) return sign_in_first();
  if (!host.signed_in_->host) return Refusal{Refused::forbidden, "This page is for the host."};
  return host;
}

}  // namespace keepsake::web
