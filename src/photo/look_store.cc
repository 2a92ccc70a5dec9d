#include "photo/look_store.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "photo/blob_row_store.h"
#include "photo/quota_store.h"

namespace keepsake::look_store {
namespace {

constexpr double degrees = 100, sides = 10'000;  // of what is kept, in one degree and in one side

std::int64_t units(double value, double of_one) {
  return std::llround(value * of_one);
}

// Where `begin` ends up, and how much of the side is left from there.
void round_side(double& begin, double& length) {
  const auto from = units(begin, sides);
  const auto to = std::min(static_cast<std::int64_t>(sides), from + units(length, sides));
  begin = static_cast<double>(from) / sides;
  length = static_cast<double>(to - from) / sides;
}

Look read_look(const db::Row& row) {
  const auto part = [&](int column, double of_one) {
    return static_cast<double>(row.integer(column)) / of_one;
  };
  return {static_cast<int>(row.integer(0)),
          part(1, degrees),
          {part(2, sides), part(3, sides), part(4, sides), part(5, sides)},
          row.boolean(6)};
}

#define DRAWN                                                                                               \
  "SELECT p.id, p.public_id, p.owner, b.name, b.wrapped_key, b.size, p.width, p.height, p.avif FROM photo " \
  "p "                                                                                                      \
  "JOIN blob b ON b.id = p.original "

Drawn read_drawn(const db::Row& row) {
  return {row.id<PhotoId>(0),
          row.public_id(1),
          row.id<PersonId>(2),
          {row.public_id(3), row.bytes(4), row.integer(5)},
          {static_cast<int>(row.integer(6)), static_cast<int>(row.integer(7))},
          row.integer(8) != 0,
          {}};
}

std::optional<Drawn> with_look(db::Reader& reader, std::optional<Drawn> photo) {
  if (photo) photo->look = look_of(reader, photo->row);
  return photo;
}

void write_look(db::Tx& tx, PhotoId photo, const Look& look) {
  tx.execute("DELETE FROM look WHERE photo = $1", photo);
  if (look == Look()) return;
  tx.execute(
      "INSERT INTO look (photo, quarter_turns, straighten, crop_left, crop_top, crop_width, crop_height, "
      "black_and_white) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      photo, std::int64_t{look.quarter_turns}, units(look.straighten, degrees), units(look.crop.left, sides),
      units(look.crop.top, sides), units(look.crop.width, sides), units(look.crop.height, sides),
      look.black_and_white);
}

std::int64_t rendition_bytes(db::Reader& reader, PhotoId photo) {
  return reader.one(
      "SELECT CAST(COALESCE(sum(b.size), 0) AS bigint) FROM rendition r JOIN blob b ON b.id = r.blob "
      "WHERE r.photo = $1",
      [](const db::Row& row) { return row.integer(0); }, photo);
}

std::int64_t bytes_of(std::span<const photo_store::NewRendition> renditions) {
  std::int64_t bytes = 0;
  for (const auto& rendition : renditions) bytes += rendition.blob.size;
  return bytes;
}

std::vector<PublicId> forget_renditions(db::Tx& tx, PhotoId photo) {
  const auto blobs = tx.all(
      "SELECT blob FROM rendition WHERE photo = $1", [](const db::Row& row) { return row.integer(0); },
      photo);
  tx.execute("DELETE FROM rendition WHERE photo = $1", photo);
  return blob_row_store::forget(tx, blobs);
}

std::optional<Bytes> or_null(const Bytes& placeholder) {
  return placeholder.empty() ? std::nullopt : std::optional(placeholder);
}

}  // namespace

Look as_kept(Look look) {
  look.straighten = static_cast<double>(units(look.straighten, degrees)) / degrees;
  round_side(look.crop.left, look.crop.width);
  round_side(look.crop.top, look.crop.height);
  return look;
}

Look look_of(db::Reader& reader, PhotoId photo) {
  return reader
      .maybe(
          "SELECT quarter_turns, straighten, crop_left, crop_top, crop_width, crop_height, black_and_white "
          "FROM look WHERE photo = $1",
          read_look, photo)
      .value_or(Look());
}

std::optional<Drawn> find(db::Reader& reader, PhotoId photo) {
  return with_look(reader, reader.maybe(DRAWN "WHERE p.id = $1", read_drawn, photo));
}

std::optional<Drawn> next_without_avif(db::Reader& reader) {
  return with_look(reader,
                   reader.maybe(DRAWN "WHERE p.avif = 0 AND p.width > 0 ORDER BY p.id LIMIT 1", read_drawn));
}

std::vector<PublicId> replace(db::Tx& tx, const Drawn& photo, const Redrawn& redrawn) {
  const auto more = bytes_of(redrawn.renditions) - rendition_bytes(tx, photo.row);
  auto forgotten = forget_renditions(tx, photo.row);
  for (const auto& rendition : redrawn.renditions) photo_store::insert_rendition(tx, photo.row, rendition);
  write_look(tx, photo.row, redrawn.look);
  tx.execute("UPDATE photo SET width = $1, height = $2, placeholder = $3, avif = 0 WHERE id = $4",
             redrawn.extent.width, redrawn.extent.height, or_null(redrawn.placeholder), photo.row);
  quota_store::add_kept(tx, photo.owner, {0, more});
  return forgotten;
}

void settle_avif(db::Tx& tx, const Drawn& photo, std::span<const photo_store::NewRendition> renditions,
                 const Bytes& placeholder) {
  for (const auto& rendition : renditions) photo_store::insert_rendition(tx, photo.row, rendition);
  tx.execute("UPDATE photo SET avif = 1, placeholder = COALESCE(placeholder, $1) WHERE id = $2",
             or_null(placeholder), photo.row);
  if (!renditions.empty()) quota_store::add_kept(tx, photo.owner, {0, bytes_of(renditions)});
}

}  // namespace keepsake::look_store
