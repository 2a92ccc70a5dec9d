#include "album/drop_links.h"

#include "album/album_store.h"
#include "album/drop_store.h"
#include "audience/label.h"
#include "audience/link_rules.h"
#include "base/hash.h"
#include "base/random.h"
#include "photo/media.h"
#include "photo/photo_store.h"

namespace keepsake {
namespace {

constexpr std::int64_t most_photos = Albums::most_photos;
constexpr std::int64_t most_bytes = 1'000'000'000'000;
constexpr auto kept_after_visit = std::chrono::days(7);
constexpr auto kept_after_link = std::chrono::days(30);
constexpr int most_swept_at_once = 500;
// What one link, and one address, may ask for: a phone full of photos, but no flood.
constexpr Allowance for_link{600, std::chrono::seconds(1)};
constexpr Allowance for_address{600, std::chrono::seconds(1)};

Refusal no_album() {
  return {Refused::not_found, "There is no such album."};
}

Refusal link_full() {
  return {Refused::no_room, "There is no room for more photos here. Everything that arrived is safe.",
          "photo"};
}

Refusal not_within(std::string field) {
  return {Refused::invalid, "This is more than a link can take, or less than nothing.", std::move(field)};
}

std::optional<Refusal> fault_of_limits(const NewDropLink& link) {
  if (link.most_photos < 1 || link.most_photos > most_photos) return not_within("most_photos");
  if (link.most_bytes < 1 || link.most_bytes > most_bytes) return not_within("most_bytes");
  return std::nullopt;
}

std::string subject_of(std::int64_t link) {
  return "drop link " + std::to_string(link);
}

// The visit this pass is of, if it is one by this link.
std::optional<drop_store::Visit> visit_at(db::Reader& reader, std::int64_t link, std::string_view pass,
                                          Time now) {
  if (pass.empty()) return std::nullopt;
  auto found = drop_store::visit(reader, sha256(pass), now);
  if (found && found->visit.link != link) return std::nullopt;
  return found;
}

}  // namespace

DropLinks::DropLinks(db::Database& database, Items& items, Photos& photos, Passwords& passwords,
                     Attempts& passphrases, const Clock& clock)
    : database_(database),
      items_(items),
      photos_(photos),
      passwords_(passwords),
      passphrases_(passphrases),
      comings_(clock, for_link, for_address),
      clock_(clock) {}

Result<CreatedDropLink> DropLinks::create(PersonId owner, const PublicId& album, const NewDropLink& wanted) {
  const auto now = clock_.now();
  const auto name = new_label(wanted.name, "A drop link");
  if (name.refused()) return name.refusal();
  if (auto fault = link_rules::fault_of_expiry(wanted.expires, now)) return std::move(*fault);
  if (auto fault = fault_of_limits(wanted)) return std::move(*fault);
  const auto passphrase = link_rules::hash_of(passwords_, wanted.passphrase);
  if (passphrase.refused()) return passphrase.refusal();
  CreatedDropLink created{PublicId::random(), random_secret()};
  return database_.write([&](db::Tx& tx) -> Result<CreatedDropLink> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return no_album();
    if (drop_store::count(tx, found->item) >= most_of_album)
      return Refusal{Refused::conflict,
                     "This album has as many drop links as it can. Please end one that is no longer needed."};
    drop_store::insert(tx,
                       {created.id, found->item, *name, sha256(created.secret), *passphrase, wanted.expires,
                        wanted.most_photos, wanted.most_bytes},
                       now);
    if (!found->sealed) items_.set_sealed(tx, found->item, true);
    return created;
  });
}

Result<PublicId> DropLinks::revoke(PersonId owner, const PublicId& link) {
  return database_.write([&](db::Tx& tx) -> Result<PublicId> {
    const auto album = drop_store::revoke(tx, owner, link, clock_.now());
    if (!album) return Refusal{Refused::not_found, "There is no such drop link."};
    return *album;
  });
}

std::vector<DropLink> DropLinks::of_album(const Album& album) {
  const auto now = clock_.now();
  return database_.read([&](db::Reader& reader) { return drop_store::of_album(reader, album.item, now); });
}

Result<DropLinkPage> DropLinks::look(std::string_view secret, std::string_view pass) {
  const auto now = clock_.now();
  return database_.read([&](db::Reader& reader) -> Result<DropLinkPage> {
    auto link = drop_store::live(reader, sha256(secret), now);
    if (!link) return link_rules::ended();
    const bool asked = link->passphrase && !visit_at(reader, link->link, pass, now);
    return DropLinkPage{asked ? std::string() : std::move(link->name), std::move(link->author), asked};
  });
}

Result<LetInToDrop> DropLinks::open(std::string_view secret, std::string_view passphrase,
                                    std::string_view pass, std::string_view address) {
  const auto now = clock_.now();
  const auto [link, inside] = database_.read([&](db::Reader& reader) {
    const auto found = drop_store::live(reader, sha256(secret), now);
    return std::pair(found, found ? visit_at(reader, found->link, pass, now) : std::nullopt);
  });
  if (!link) return link_rules::ended();
  if (inside) return LetInToDrop{std::string(pass), inside->expires};
  if (auto refusal = comings_.refusal(subject_of(link->link), address)) return std::move(*refusal);
  if (link->passphrase) {
    if (auto fault = link_rules::fault_of_passphrase(passwords_, passphrases_, *link->passphrase, passphrase,
                                                     subject_of(link->link), address))
      return std::move(*fault);
  }
  return database_.write([&](db::Tx& tx) -> Result<LetInToDrop> {
    // Once more: the link may have been revoked while the passphrase was checked.
    if (!drop_store::live(tx, sha256(secret), now)) return link_rules::ended();
    LetInToDrop in{random_secret(), now + visit_lifetime};
    drop_store::insert_visit(tx, link->link, sha256(in.pass), in.expires);
    return in;
  });
}

std::optional<DropVisit> DropLinks::visit(std::string_view pass) {
  if (pass.empty()) return std::nullopt;
  const auto found = database_.read(
      [&](db::Reader& reader) { return drop_store::visit(reader, sha256(pass), clock_.now()); });
  return found ? std::optional(found->visit) : std::nullopt;
}

std::optional<DropVisit> DropLinks::visit(std::string_view secret, std::string_view pass) {
  const auto now = clock_.now();
  const auto found = database_.read([&](db::Reader& reader) {
    const auto link = drop_store::live(reader, sha256(secret), now);
    return link ? visit_at(reader, link->link, pass, now) : std::nullopt;
  });
  return found ? std::optional(found->visit) : std::nullopt;
}

Result<Done> DropLinks::room_for(const DropVisit& visit, std::int64_t size, std::string_view address) {
  if (auto refusal = comings_.refusal(subject_of(visit.link), address)) return std::move(*refusal);
  const auto [room, coming] = database_.read([&](db::Reader& reader) {
    return std::pair(drop_store::room(reader, visit.link), drop_store::under_way(reader, visit.link));
  });
  if (room.photos <= coming.photos || room.bytes - coming.bytes < size) return link_full();
  return Done{};
}

Result<Dropped> DropLinks::add(const DropVisit& visit, const PhotoSource& source, std::string_view address) {
  const auto room = room_for(visit, static_cast<std::int64_t>(source.announced.value_or(1)), address);
  if (room.refused()) return room.refusal();
  std::int64_t size = 0;
  PhotoSource counted = source;
  counted.read = [&](std::span<std::byte> into) {
    const std::size_t got = source.read(into);
    size += static_cast<std::int64_t>(got);
    return got;
  };
  Dropped dropped;
  const auto also = [&](db::Tx& tx, const AddedPhoto& photo) {
    dropped = arrive(tx, visit.row, source.name, size, photo);
  };
  const auto added = photos_.ingest().add(visit.owner, counted, also, Ingest::Asked::by_others);
  if (added.refused()) return told(added.refusal());
  return dropped;
}

Dropped DropLinks::arrive(db::Tx& tx, std::int64_t visit, std::string_view name, std::int64_t size,
                          const AddedPhoto& photo) {
  const auto found = drop_store::visit_row(tx, visit, clock_.now());
  if (!found) throw NotTaken{link_rules::ended()};
  const auto room = drop_store::room(tx, found->link);
  if (room.photos < 1 || room.bytes < size) throw NotTaken{link_full()};
  if (album_store::is_full(tx, found->album, Albums::most_photos)) throw NotTaken{link_full()};
  // The owner's own stays where it is; what others have dropped here too is theirs together.
  const bool droppers = !photo.already || drop_store::is_droppers(tx, found->album, photo);
  if (!photo.already) items_.hold(tx, found->album, photo.row, true);
  drop_store::count_in(tx, found->link, size);
  Dropped dropped{PublicId::random(), media::clean_name(name)};
  drop_store::insert_dropped(tx, visit, dropped, droppers ? std::optional(photo.id) : std::nullopt);
  return dropped;
}

std::vector<Dropped> DropLinks::sent(const DropVisit& visit) {
  return database_.read(
      [&](db::Reader& reader) { return drop_store::of_visit(reader, visit.row, most_shown); });
}

Result<Done> DropLinks::take_back(const DropVisit& visit, const PublicId& dropped) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto live = drop_store::visit_row(tx, visit.row, clock_.now());
    if (!live) return link_rules::ended();
    const auto removed = drop_store::remove_dropped(tx, visit.row, dropped);
    if (!removed) return Refusal{Refused::not_found, "There is no such photo."};
    if (!removed->photo || drop_store::is_dropped(tx, *removed->photo)) return Done{};
    const auto photo = photo_store::find(tx, live->owner, *removed->photo);
    if (!photo || !drop_store::holds(tx, live->album, *photo)) return Done{};
    if (!photo_store::held_by_story(tx, *photo)) photos_.forget(tx, {&*photo, 1});
    return Done{};
  });
}

Refusal DropLinks::told(const Refusal& refusal) {
  return refusal.kind == Refused::no_room ? link_full() : refusal;
}

std::int64_t DropLinks::sweep() {
  const auto now = clock_.now();
  return database_.write([&](db::Tx& tx) {
    return drop_store::sweep(tx, now - kept_after_visit, now - kept_after_link, most_swept_at_once);
  });
}

}  // namespace keepsake
