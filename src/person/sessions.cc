#include "person/sessions.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/random.h"
#include "person/device_store.h"
#include "person/person_store.h"
#include "person/session_store.h"

namespace keepsake {
namespace {

constexpr std::size_t token_size = 52;
constexpr std::chrono::hours seldom{1};

struct Sign {
  std::string_view in_agent;
  std::string_view label;
};
// The first that fits counts: most browsers also name those they descend from.
constexpr std::array browsers = {
    Sign{"Firefox/", "Firefox"},
    Sign{"FxiOS/", "Firefox"},
    Sign{"EdgA/", "Edge"},
    Sign{"EdgiOS/", "Edge"},
    Sign{"Edg/", "Edge"},
    Sign{"OPR/", "Opera"},
    Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"Vivaldi/", "Vivaldi"},
    Sign{"CriOS/", "Chrome"},
    Sign{"Chrome/", "Chrome"},
    Sign{"Safari/", "Safari"},
    Sign{"curl/", "curl"},
};
constexpr std::array systems = {
    Sign{"iPhone", "iPhone"},   Sign{"iPad", "iPad"},    Sign{"Android", "Android"}, Sign{"CrOS", "ChromeOS"},
    Sign{"Windows", "Windows"}, Sign{"Mac OS X", "Mac"}, Sign{"Linux", "Linux"},
};

template <std::size_t N>
std::string_view label_in(std::string_view agent, const std::array<Sign, N>& signs) {
  const auto found = std::find_if(signs.begin(), signs.end(), [agent](const Sign& sign) {
    return agent.find(sign.in_agent) != agent.npos;
  });
  return found == signs.end() ? std::string_view() : found->label;
}

}  // namespace

std::string device_label(std::string_view user_agent) {
  const std::string_view agent = user_agent.substr(0, 512);
  const std::string_view browser = label_in(agent, browsers);
  const std::string_view system = label_in(agent, systems);
  std::string label(browser.empty() ? "a browser" : browser);
  if (!system.empty()) label.append(" on ").append(system);
  return label;
}

std::optional<SessionInfo> Sessions::find(db::Reader& reader, std::string_view token) const {
  if (token.size() != token_size) return std::nullopt;
  return session_store::find(reader, sha256(token), clock_.now());
}

bool Sessions::touch(const SessionInfo& session) {
  const Time now = clock_.now();
  if (now - session.last_seen < seldom) return false;
  database_.write([&](db::Tx& tx) { session_store::touch(tx, session.id, now); });
  return true;
}

StartedSession Sessions::start(db::Tx& tx, PersonId person, const Client& client) {
  if (client.session.size() == token_size) end(tx, client.session);
  const std::string label = device_label(client.user_agent);
  const Time now = clock_.now();
  Met device = meet_device(tx, {person, label, now}, client.device);
  StartedSession started{random_secret(), person, PublicId::random(), std::move(device.secret)};
  session_store::add(tx,
                     {started.id, person, sha256(started.token), label, now, now + unused_for, device.id});
  person_store::set_signed_in(tx, person, std::chrono::floor<std::chrono::days>(now));
  return started;
}

// The secret changes with each sign-in: one that was copied, or put there by somebody else, is soon worth
// nothing.
Sessions::Met Sessions::meet_device(db::Tx& tx, const Meeting& meeting, std::string_view secret) const {
  const auto& [person, label, now] = meeting;
  const std::string fresh = random_secret();
  const Digest hash = sha256(fresh);
  if (secret.size() == token_size) device_store::rename(tx, sha256(secret), hash);
  if (const auto known = device_store::find(tx, person, hash)) {
    device_store::touch(tx, *known, label, now);
    return {*known, fresh};
  }
  if (device_store::has_any(tx, person)) {
    person_store::record(tx, person, AccountEvent::new_device, now);
    tell_end(tx);
  }
  device_store::keep(tx, person, most_devices - 1);
  return {device_store::add(tx, {person, hash, label, now}), fresh};
}

std::optional<DeviceId> Sessions::known_device(db::Reader& reader, std::string_view name,
                                               std::string_view device) {
  if (device.size() != token_size) return std::nullopt;
  return device_store::find(reader, name, sha256(device));
}

std::optional<DeviceId> Sessions::known_device(db::Reader& reader, PersonId person, std::string_view device) {
  if (device.size() != token_size) return std::nullopt;
  return device_store::find(reader, person, sha256(device));
}

void Sessions::notice(db::Tx& tx, PersonId person, const PublicId& session) {
  device_store::notice(tx, person, session);
  tell_end(tx);
}

std::vector<SessionListed> Sessions::list(db::Reader& reader, PersonId person) const {
  return session_store::list(reader, person, clock_.now());
}

bool Sessions::revoke(db::Tx& tx, PersonId person, const PublicId& session) {
  device_store::remove_of_session(tx, person, session);
  if (!session_store::remove(tx, person, session)) return false;
  tell_end(tx);
  return true;
}

std::int64_t Sessions::revoke_all(db::Tx& tx, PersonId person, const std::optional<PublicId>& keep) {
  tell_end(tx);
  const std::int64_t ended = session_store::remove_all(tx, person, keep);
  device_store::remove_without_session(tx, person);
  return ended;
}

void Sessions::end(std::string_view token) {
  if (token.size() != token_size) return;
  database_.write([&](db::Tx& tx) { end(tx, token); });
}

void Sessions::end(db::Tx& tx, std::string_view token) const {
  session_store::remove(tx, sha256(token));
  tell_end(tx);
}

void Sessions::sweep() {
  database_.write([&](db::Tx& tx) {
    session_store::remove_expired(tx, clock_.now());
    device_store::remove_unused(tx, clock_.now() - device_unused_for);
  });
}

}  // namespace keepsake
