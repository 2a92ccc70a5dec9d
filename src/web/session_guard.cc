#include "web/session_guard.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/cookie.h"
#include "web/help_country.h"
#include "web/speaking.h"

namespace keepsake::web {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t most_found = 16'384;  // some 300 bytes each
constexpr std::chrono::minutes looked_up_after{5};

Refusal no_such_token() {
  return {Refused::sign_in, "This token is not known here, or it was revoked."};
}

// What makes an answer differ, if at all, only as a header would that names a language and a country: those
// two, and that somebody signed in here once; none of them twice.
bool says_nothing(std::string_view cookies) {
  constexpr std::array silent = {language_cookie, country_cookie, device_cookie};
  unsigned seen = 0;
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    const std::string_view pair = cookies.substr(0, end);
    const std::size_t sign = pair.find('=');
    const auto found = std::ranges::find(silent, trim(pair.substr(0, sign)));
    const unsigned bit = 1u << (found - silent.begin());
    if (sign == pair.npos || found == silent.end() || pair.find(',') != pair.npos || (seen & bit))
      return false;
    seen |= bit;
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
  }
  return true;
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
  if (request.headers.find("Authorization")) return false;
  const std::string cookies = request.headers.joined("Cookie");
  return cookies.empty() || says_nothing(cookies);
}

SessionGuard::SessionGuard(db::Database& database, Sessions& sessions, Tokens& tokens, Viewers& viewers,
                           const GateCookie& gate, const Epoch& epoch, const Clock& clock)
    : database_(database),
      sessions_(sessions),
      tokens_(tokens),
      viewers_(viewers),
      gate_(gate),
      epoch_(epoch),
      clock_(clock),
      found_(most_found) {}

std::shared_ptr<const SignedIn> SessionGuard::recall(Kind kind, std::string_view secret) const {
  const auto found = found_.find(sha256(secret));
  const bool holds = found && (*found)->who.session.has_value() == (kind == Kind::session) &&
                     epoch_.still((*found)->epoch) && clock_.now() < (*found)->until;
  return holds ? std::shared_ptr<const SignedIn>(*found, &(*found)->who) : nullptr;
}

template <class Look>
std::optional<SignedIn> SessionGuard::find(Kind kind, std::string_view secret, const Look& look) {
  if (const auto known = recall(kind, secret)) return *known;
  const auto epoch = epoch_.current();  // before what it guards is read
  std::optional<Found> found = look();
  if (!found) return std::nullopt;
  found->epoch = epoch;
  found->until = std::min(found->until, clock_.now() + looked_up_after);
  if (epoch) found_.put(sha256(secret), std::make_shared<const Found>(*found));
  return std::move(found->who);
}

std::optional<SignedIn> SessionGuard::find_token(std::string_view text) {
  return find(Kind::token, text, [&]() -> std::optional<Found> {
    const auto token = database_.read([&](db::Reader& reader) { return tokens_.find(reader, text); });
    if (!token) return std::nullopt;
    tokens_.touch(*token);
    return Found{{token->person, token->name, token->display_name, token->host, {}, token->language},
                 std::nullopt,
                 Time::max()};
  });
}

std::optional<SignedIn> SessionGuard::find_session(std::string_view cookie) {
  return find(Kind::session, cookie, [&]() -> std::optional<Found> {
    const auto session = database_.read([&](db::Reader& reader) { return sessions_.find(reader, cookie); });
    if (!session) return std::nullopt;
    sessions_.touch(*session);
    return Found{{session->person, session->name, session->display_name, session->host, session->public_id,
                  session->language, session->news},
                 std::nullopt,
                 session->expires};
  });
}

Result<std::optional<SignedIn>> SessionGuard::signed_in(const http::RequestHead& request) {
  if (const auto shown = request.headers.find("Authorization")) {
    if (!shown->starts_with(bearer)) return no_such_token();
    auto found = find_token(shown->substr(bearer.size()));
    if (!found) return no_such_token();
    return found;
  }
  const std::string cookie = cookie_of(request, session_cookie);
  return cookie.empty() ? std::nullopt : find_session(cookie);
}

std::optional<Viewer> SessionGuard::known(const http::RequestHead& request) const {
  std::shared_ptr<const SignedIn> who;
  const auto authorization = request.headers.find("Authorization");
  const std::string cookie = authorization ? std::string() : cookie_of(request, session_cookie);
  if (authorization || !cookie.empty()) {
    if (authorization && !authorization->starts_with(bearer)) return std::nullopt;
    who = authorization ? recall(Kind::token, authorization->substr(bearer.size()))
                        : recall(Kind::session, cookie);
    if (!who) return std::nullopt;
  }
  const std::string pass = cookie_of(request, pass_cookie);
  return viewers_.known(shown_by(request, who.get(), pass));
}

Shown SessionGuard::shown_by(const http::RequestHead& request, const SignedIn* who,
                             std::string_view pass) const {
  Shown shown{.pass = pass, .gate_passes = gate_.open(cookie_of(request, gate_cookie))};
  if (who) {
    shown.person = who->person;
    shown.host = who->host;
  }
  return shown;
}

Result<Done> SessionGuard::establish(const http::RequestHead& request, Reading& reading) {
  auto person = signed_in(request);
  if (person.refused()) return person.refusal();
  reading.signed_in_ = *std::move(person);
  if (reading.signed_in_) Speaking::prefer(reading.signed_in_->language);
  const std::string pass = cookie_of(request, pass_cookie);
  reading.viewer_ =
      viewers_.make(shown_by(request, reading.signed_in_ ? &*reading.signed_in_ : nullptr, pass));
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
