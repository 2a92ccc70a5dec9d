#include "audience/guest_links.h"

#include <algorithm>

#include "audience/guest_link_store.h"
#include "audience/label.h"
#include "audience/link_rules.h"
#include "audience/visibility.h"
#include "base/hash.h"
#include "base/random.h"

namespace keepsake {
namespace {

// As long as browsers keep a cookie (RFC 6265bis section 5.5).
constexpr auto pass_lifetime = std::chrono::days(400);
constexpr auto kept_after_revoking = std::chrono::days(30);
constexpr int most_swept_at_once = 500;

Refusal no_such_story() {
  return {Refused::not_found, "There is no such story."};
}

// The link behind a secret, if whoever holds it may see the story now.
std::optional<guest_link_store::Live> live_for(db::Reader& reader, const Viewer& viewer,
                                               std::string_view secret, Time now) {
  auto link = guest_link_store::live(reader, sha256(secret), now);
  if (!link) return std::nullopt;
  auto holder = viewer;
  const auto key = Key::link(link->link);
  if (!holder.holds(key))
    holder.keys.insert(std::lower_bound(holder.keys.begin(), holder.keys.end(), key), key);
  if (visibility::of_item(reader, holder, link->item).outcome == Outcome::hidden) return std::nullopt;
  return link;
}

// A token for the cookie that holds the link's key. What was added to a pass comes under a new token: one
// that somebody else put into this browser before gains nothing.
LetIn let_in(db::Tx& tx, const guest_link_store::Live& link, std::string_view token, bool inside, Time now) {
  const auto pass = token.empty() ? std::nullopt : guest_link_store::pass(tx, sha256(token), now);
  if (pass && inside) return {link.item, std::string(token), pass->expires};
  LetIn in{link.item, random_secret(), now + pass_lifetime};
  const auto hash = sha256(in.pass);
  const auto row = pass ? pass->row : guest_link_store::insert_pass(tx, hash, now, in.pass_expires);
  if (pass) guest_link_store::renew_pass(tx, row, hash, in.pass_expires);
  guest_link_store::put_link(tx, row, link.link, now, GuestLinks::most_of_pass);
  return in;
}

}  // namespace

Result<CreatedGuestLink> GuestLinks::create(PersonId author, ItemId item, const NewGuestLink& wanted) {
  const auto now = clock_.now();
  const auto name = new_label(wanted.name, "A guest link");
  if (name.refused()) return name.refusal();
  if (auto fault = link_rules::fault_of_expiry(wanted.expires, now)) return std::move(*fault);
  const auto passphrase = link_rules::hash_of(passwords_, wanted.passphrase);
  if (passphrase.refused()) return passphrase.refusal();

  CreatedGuestLink created{PublicId::random(), random_secret()};
  const guest_link_store::NewRow row{created.id,  item,          *name, sha256(created.secret),
                                     *passphrase, wanted.expires};
  return database_.write([&](db::Tx& tx) -> Result<CreatedGuestLink> {
    if (!guest_link_store::is_author(tx, author, item)) return no_such_story();
    if (guest_link_store::count(tx, item) >= most_of_item)
      return Refusal{
          Refused::conflict,
          "This story has as many guest links as it can. Please end one that is no longer needed."};
    const auto link = guest_link_store::insert(tx, row, now);
    items_.add_grant(tx, item, {Key::link(link), wanted.past_gate});
    return created;
  });
}

Result<ItemId> GuestLinks::revoke(PersonId author, const PublicId& link) {
  return database_.write([&](db::Tx& tx) -> Result<ItemId> {
    const auto revoked = guest_link_store::revoke(tx, author, link, clock_.now());
    if (!revoked) return Refusal{Refused::not_found, "There is no such guest link."};
    items_.remove_grant(tx, revoked->second, Key::link(revoked->first));
    epoch_.raise(tx);
    return revoked->second;
  });
}

std::vector<GuestLink> GuestLinks::of_item(PersonId author, ItemId item) {
  const auto now = clock_.now();
  return database_.read(
      [&](db::Reader& reader) { return guest_link_store::of_item(reader, author, item, now); });
}

std::vector<AuthorsLink> GuestLinks::of_author(PersonId author, int limit) {
  const auto now = clock_.now();
  return database_.read(
      [&](db::Reader& reader) { return guest_link_store::of_author(reader, author, limit, now); });
}

Result<GuestLinkPage> GuestLinks::look(const Viewer& viewer, std::string_view secret) {
  const auto now = clock_.now();
  auto link = database_.read([&](db::Reader& reader) { return live_for(reader, viewer, secret, now); });
  if (!link) return link_rules::ended();
  const bool asked = link->passphrase && !viewer.holds(Key::link(link->link));
  return GuestLinkPage{asked ? std::string() : std::move(link->name), std::move(link->author), asked};
}

Result<LetIn> GuestLinks::open(const Viewer& viewer, std::string_view secret, std::string_view passphrase,
                               std::string_view pass, std::string_view address) {
  const auto now = clock_.now();
  const auto link = database_.read([&](db::Reader& reader) { return live_for(reader, viewer, secret, now); });
  if (!link) return link_rules::ended();
  const bool inside = viewer.holds(Key::link(link->link));
  if (!inside && link->passphrase) {
    if (auto fault = fault_of_passphrase(*link, passphrase, address)) return std::move(*fault);
  }
  return database_.write([&](db::Tx& tx) -> Result<LetIn> {
    // Once more: the link may have been revoked while the passphrase was checked.
    if (!live_for(tx, viewer, secret, now)) return link_rules::ended();
    return let_in(tx, *link, pass, inside, now);
  });
}

std::optional<Refusal> GuestLinks::fault_of_passphrase(const guest_link_store::Live& link,
                                                       std::string_view typed, std::string_view address) {
  return link_rules::fault_of_passphrase(passwords_, attempts_, *link.passphrase, typed,
                                         "guest link " + std::to_string(link.link.value), address);
}

std::int64_t GuestLinks::sweep() {
  const auto now = clock_.now();
  return database_.write([&](db::Tx& tx) {
    return guest_link_store::sweep(tx, now, now - kept_after_revoking, most_swept_at_once);
  });
}

}  // namespace keepsake
