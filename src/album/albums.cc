#include "album/albums.h"

#include <algorithm>
#include <limits>

#include "album/album_store.h"
#include "album/drop_store.h"
#include "audience/label.h"
#include "photo/photo_store.h"

namespace keepsake {
namespace {

constexpr int most_in_page = 100;

Refusal not_found() {
  return {Refused::not_found, "There is no such album."};
}

Refusal sealed() {
  return {Refused::conflict, "This album is sealed. Please open it first."};
}

Refusal full() {
  return {Refused::conflict, "An album can hold up to 10,000 photos."};
}

Refusal not_yours() {
  return {Refused::invalid, "This photo is not among yours.", "photos"};
}

}  // namespace

Result<PublicId> Albums::create(PersonId owner, std::string_view typed, bool is_sealed) {
  const auto name = new_label(typed, "An album");
  if (name.refused()) return name.refusal();
  const auto now = clock_.now();
  const auto id = PublicId::random();
  return database_.write([&](db::Tx& tx) -> Result<PublicId> {
    if (album_store::count(tx, owner) >= most_of_person)
      return Refusal{Refused::conflict, "You have as many albums as one person can keep."};
    const ItemId item = items_.create(tx, ItemKind::album, owner, now);
    album_store::insert(tx, item, id, owner, *name, now);
    if (is_sealed) items_.set_sealed(tx, item, true);
    return id;
  });
}

std::vector<Album> Albums::of_owner(PersonId owner) {
  return database_.read(
      [&](db::Reader& reader) { return album_store::of_owner(reader, owner, most_of_person); });
}

std::optional<Album> Albums::find(PersonId owner, const PublicId& album) {
  return database_.read([&](db::Reader& reader) { return album_store::find(reader, owner, album); });
}

PhotoPage Albums::photos(PersonId owner, const Album& album, const std::optional<PublicId>& after,
                         int limit) {
  limit = std::clamp(limit, 1, most_in_page);
  PhotoPage page;
  page.photos = database_.read([&](db::Reader& reader) {
    const auto last = after ? photo_store::find(reader, owner, *after) : std::nullopt;
    const PhotoId before = last.value_or(PhotoId{std::numeric_limits<std::int64_t>::max()});
    return photo_store::page_of_album(reader, owner, album.item, before, limit + 1);
  });
  if (page.photos.size() <= static_cast<std::size_t>(limit)) return page;
  page.photos.pop_back();
  page.next = page.photos.back().id;
  return page;
}

Result<Done> Albums::rename(PersonId owner, const PublicId& album, std::string_view typed) {
  const auto name = new_label(typed, "An album");
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (name.refused()) return name.refusal();
    album_store::rename(tx, found->item, *name);
    return Done{};
  });
}

Result<Done> Albums::remove(PersonId owner, const PublicId& album) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (found->sealed) return sealed();
    items_.remove(tx, found->item);
    return Done{};
  });
}

Result<Done> Albums::add(PersonId owner, const PublicId& album, std::span<const PublicId> photos) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (photos.empty() || photos.size() > most_at_once)
      return Refusal{Refused::invalid, "Please choose 1 to 100 photos at once.", "photos"};
    std::vector<PhotoId> rows;
    for (const PublicId& id : photos) {
      const auto row = photo_store::find(tx, owner, id);
      if (!row) return not_yours();
      rows.push_back(*row);
    }
    const int room = most_photos - static_cast<int>(rows.size());
    if (album_store::is_full(tx, found->item, room + 1)) return full();
    for (std::size_t i = 0; i < rows.size(); ++i) put(tx, found->item, rows[i], photos[i], false);
    return Done{};
  });
}

Result<AddedPhoto> Albums::receive(PersonId owner, const PublicId& album, const PhotoSource& source) {
  const auto found = find(owner, album);
  if (!found) return not_found();
  return photos_.ingest().add(
      owner, source, [&](db::Tx& tx, const AddedPhoto& photo) { arrive(tx, owner, found->item, photo); });
}

Result<Done> Albums::take_out(PersonId owner, const PublicId& album, const PublicId& photo) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (found->sealed) return sealed();
    if (const auto row = photo_store::find(tx, owner, photo)) items_.let_go(tx, found->item, *row);
    return Done{};
  });
}

Result<Done> Albums::seal(PersonId owner, const PublicId& album) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (!found->sealed) items_.set_sealed(tx, found->item, true);
    return Done{};
  });
}

Result<Done> Albums::open(PersonId owner, const PublicId& album) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto found = album_store::find(tx, owner, album);
    if (!found) return not_found();
    if (!found->sealed) return Done{};
    items_.set_sealed(tx, found->item, false);
    drop_store::revoke_all(tx, found->item, clock_.now());
    return Done{};
  });
}

void Albums::arrive(db::Tx& tx, PersonId owner, const std::optional<ItemId>& album, const AddedPhoto& photo) {
  if (photo.already) items_.let_out(tx, photo.row);
  if (!album || !album_store::is_of(tx, owner, *album)) return;
  if (album_store::is_full(tx, *album, most_photos)) throw NotTaken{full()};
  put(tx, *album, photo.row, photo.id, !photo.already);
}

// What its owner puts anywhere themself is no longer another's to take back.
void Albums::put(db::Tx& tx, ItemId album, PhotoId photo, const PublicId& id, bool fresh) {
  items_.hold(tx, album, photo, fresh);
  if (!fresh) drop_store::keep_for_good(tx, id);
}

}  // namespace keepsake
