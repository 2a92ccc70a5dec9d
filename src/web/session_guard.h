#pragma once
// Establishes who makes a request, once, at its start: by session cookie or personal token, guest pass and
// what was accepted at gates.
#include <string>
#include <string_view>

#include "audience/gate_cookie.h"
#include "audience/viewers.h"
#include "base/result.h"
#include "db/database.h"
#include "http/message.h"
#include "person/sessions.h"
#include "person/tokens.h"
#include "web/ask.h"
#include "web/guard.h"

namespace keepsake::web {

// The cookies of this house (RFC 6265bis: the prefix binds them to this host, https and every path).
inline constexpr std::string_view session_cookie = "__Host-session";
inline constexpr std::string_view pass_cookie = "__Host-pass";
inline constexpr std::string_view gate_cookie = "__Host-gate";

std::string cookie_of(const http::RequestHead& request, std::string_view name);  // "" if absent
// Set-Cookie headers; a pass lives as long as its links may, a session as long as it may stay unused.
void give_cookie(http::Response& response, std::string_view name, std::string_view value,
                 std::chrono::seconds life);
void take_cookie(http::Response& response, std::string_view name);

// A request that changes something and comes from a browser must come from a page of this house: by
// Sec-Fetch-Site (Fetch Metadata) or, where a browser does not send it, by Origin (RFC 6454). Nothing if it
// may go on.
std::optional<Refusal> foreign_origin(const http::RequestHead& request);

class SessionGuard {
 public:
  // All outlive this.
  SessionGuard(db::Database& database, Sessions& sessions, Tokens& tokens, Viewers& viewers,
               const GateCookie& gate)
      : database_(database), sessions_(sessions), tokens_(tokens), viewers_(viewers), gate_(gate) {}

  // The proof of a guard, or why not: sign_in, or forbidden for who is no host.
  template <class Guard>
  Result<Guard> admit(Ask& ask);

  // Whether the request shows nothing that could make its answer differ from anybody's.
  static bool shows_nothing(const http::RequestHead& request);

 private:
  Result<std::optional<SignedIn>> signed_in(const http::RequestHead& request);
  Result<Done> establish(const http::RequestHead& request, Reading& reading);

  db::Database& database_;
  Sessions& sessions_;
  Tokens& tokens_;
  Viewers& viewers_;
  const GateCookie& gate_;
};

}  // namespace keepsake::web
