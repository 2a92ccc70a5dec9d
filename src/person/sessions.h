#pragma once
// Who is signed in where: a cookie's 256-bit token, of which only the SHA-256 is kept. A session lasts 30
// days after it was last used and at most 180. Longer than that a browser keeps a second cookie by which it
// is known as a device where a person signed in before.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "db/database.h"

namespace keepsake {

using SessionId = RowId<struct SessionTag>;
using DeviceId = RowId<struct DeviceTag>;

// Who comes to sign in.
struct Client {
  std::string address = {};     // as RequestHead::peer gives it
  std::string user_agent = {};  // empty if none was sent
  std::string session = {};     // the token it came with, which ends
  std::string device = {};      // the secret of its device cookie
};

// What a request needs of its session, in one query.
struct SessionInfo {
  SessionId id;
  PublicId public_id;
  PersonId person;
  std::string name;
  std::string display_name;
  bool host = false;
  Time last_seen;
  Time expires;
  std::string language;  // the person's choice, or empty
  bool news = false;     // somebody signed in as this person on a new device, and this one has not shown it
};

// A session as its person sees it in the list.
struct SessionListed {
  PublicId id;
  std::string label;  // "Firefox on Android"
  Time created, last_seen, expires;
  bool on_new_device = false;  // the person's first there
};

struct StartedSession {
  std::string token;  // for the cookie, this once
  PersonId person;
  PublicId id;
  std::string device = {};  // for the device cookie, this once
};

class Sessions {
 public:
  static constexpr std::chrono::days unused_for{30};
  static constexpr std::chrono::days in_all{180};
  static constexpr std::chrono::days device_unused_for{400};
  static constexpr int most_devices = 50;  // a person

  Sessions(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // The session behind a cookie's value; nothing if it ended, never was, or its person is suspended.
  std::optional<SessionInfo> find(db::Reader& reader, std::string_view token) const;
  // Notes that the session is in use, and so prolongs it; writes at most once an hour. Returns whether it
  // wrote: then the cookie is to be sent again.
  bool touch(const SessionInfo& session);

  // A new session. The one the client came with, whosever it was, ends: no token outlives a sign-in at the
  // same browser. Its device is known from then on, by a new secret each time.
  StartedSession start(db::Tx& tx, PersonId person, const Client& client);
  // The device of this cookie, if the person of that name signed in on it before.
  static std::optional<DeviceId> known_device(db::Reader& reader, std::string_view name,
                                              std::string_view device);
  static std::optional<DeviceId> known_device(db::Reader& reader, PersonId person, std::string_view device);
  // The person has been shown, in this session, who signed in on new devices.
  void notice(db::Tx& tx, PersonId person, const PublicId& session);
  // The newest use first.
  std::vector<SessionListed> list(db::Reader& reader, PersonId person) const;
  // Whether the person had such a session. Its device is known no longer.
  bool revoke(db::Tx& tx, PersonId person, const PublicId& session);
  // Ends all of the person's but `keep`, whose device alone stays known. Returns how many.
  std::int64_t revoke_all(db::Tx& tx, PersonId person, const std::optional<PublicId>& keep = {});
  // Sign out.
  void end(std::string_view token);
  // Forgets what expired, devices too. To be called now and then.
  void sweep();
  // What must happen whenever a session ends before its time, in the same transaction: whoever keeps what
  // find() said must look again. (New passwords, being suspended and going away are told by People and
  // Recovery.)
  void on_end(std::function<void(db::Tx&)> act) { on_end_ = std::move(act); }

 private:
  struct Met {
    DeviceId id;
    std::string secret;
  };
  struct Meeting {
    PersonId person;
    std::string_view label;
    Time now;
  };
  Met meet_device(db::Tx& tx, const Meeting& meeting, std::string_view secret) const;
  void end(db::Tx& tx, std::string_view token) const;
  void tell_end(db::Tx& tx) const {
    if (on_end_) on_end_(tx);
  }

  db::Database& database_;
  const Clock& clock_;
  std::function<void(db::Tx&)> on_end_;
};

// A browser and its system in a few words, from User-Agent: "Safari on iPhone", or "a browser".
std::string device_label(std::string_view user_agent);

}  // namespace keepsake
