#pragma once
// Establishes who makes a request, once, at its start: by session cookie or personal token, guest pass and
// what was accepted at gates.
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "audience/epoch.h"
#include "audience/gate_cookie.h"
#include "audience/recent.h"
#include "audience/viewers.h"
#include "base/clock.h"
#include "base/hash.h"
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
inline constexpr std::string_view device_cookie = "__Host-device";
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

struct DigestHash {
  std::size_t operator()(const Digest& digest) const noexcept {
    std::size_t head;
    std::memcpy(&head, digest.data(), sizeof head);
    return head;
  }
};

// Thread-safe.
class SessionGuard {
 public:
  // All outlive this.
  SessionGuard(db::Database& database, Sessions& sessions, Tokens& tokens, Viewers& viewers,
               const GateCookie& gate, const Epoch& epoch, const Clock& clock);

  // The proof of a guard, or why not: sign_in, or forbidden for who is no host.
  template <class Guard>
  Result<Guard> admit(Ask& ask);

  // The viewer of a reading request, if everything they show was looked up before and still holds; nothing is
  // read, so it is fit for an I/O thread.
  std::optional<Viewer> known(const http::RequestHead& request) const;

  // Whether the request shows nothing, but perhaps a language and a known device, that could make its answer
  // differ from anybody's.
  static bool shows_nothing(const http::RequestHead& request);

 private:
  // Who a session or token was found to be. It ends with the epoch, which every end of a session or token and
  // every change of a person raises, and soon by itself, so that its use is noted.
  struct Found {
    SignedIn who;
    std::optional<std::uint64_t> epoch;
    Time until;
  };

  Result<std::optional<SignedIn>> signed_in(const http::RequestHead& request);
  std::optional<SignedIn> find_token(std::string_view text);
  std::optional<SignedIn> find_session(std::string_view cookie);
  // A session's secret is good as a cookie alone, a token's as a token alone, also here.
  enum class Kind { session, token };
  std::shared_ptr<const SignedIn> recall(Kind kind, std::string_view secret) const;
  // As recalled, or looked up by `look`, which gives a Found without its epoch; what is found is kept.
  template <class Look>
  std::optional<SignedIn> find(Kind kind, std::string_view secret, const Look& look);
  Shown shown_by(const http::RequestHead& request, const SignedIn* who, std::string_view pass) const;
  Result<Done> establish(const http::RequestHead& request, Reading& reading);

  db::Database& database_;
  Sessions& sessions_;
  Tokens& tokens_;
  Viewers& viewers_;
  const GateCookie& gate_;
  const Epoch& epoch_;
  const Clock& clock_;
  Recent<Digest, std::shared_ptr<const Found>, DigestHash> found_;
};

}  // namespace keepsake::web
