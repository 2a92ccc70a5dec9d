#include "audience/items.h"

#include <algorithm>
#include <stdexcept>

#include "audience/item_store.h"

namespace keepsake {
namespace {

// Only named people, circles and links may be exempt from the gate.
Grant cleaned(Grant grant) {
  const auto kind = grant.key.kind();
  grant.past_gate =
      grant.past_gate && (kind == KeyKind::circle || kind == KeyKind::person || kind == KeyKind::link);
  return grant;
}

// Sorted, each key once: the exemption wins.
std::vector<Grant> cleaned(std::vector<Grant> grants) {
  for (auto& grant : grants) grant = cleaned(grant);
  std::sort(grants.begin(), grants.end(), std::greater());
  const auto same_key = [](const Grant& a, const Grant& b) { return a.key == b.key; };
  grants.erase(std::unique(grants.begin(), grants.end(), same_key), grants.end());
  std::reverse(grants.begin(), grants.end());
  return grants;
}

bool has_door(const std::vector<Grant>& grants) {
  return std::any_of(grants.begin(), grants.end(), [](const Grant& g) { return g.key == Key::door(); });
}

void refuse_album(db::Reader& reader, ItemId item) {
  if (item_store::kind(reader, item) == ItemKind::album) throw std::logic_error("an album takes no grants");
}

}  // namespace

ItemId Items::create(db::Tx& tx, ItemKind kind, PersonId author, Time) {
  return item_store::insert(tx, kind, author);
}

void Items::set_state(db::Tx& tx, ItemId item, ItemState state, Time now) {
  item_store::set_state(tx, item, state, now);
  epoch_.raise(tx);
}

void Items::set_grants(db::Tx& tx, ItemId item, std::vector<Grant> wanted) {
  const auto grants = cleaned(std::move(wanted));
  if (!grants.empty()) refuse_album(tx, item);
  const auto before = item_store::grants(tx, item);
  if (before == grants) return;
  item_store::remove_grants(tx, item);
  for (const auto& grant : grants) item_store::put_grant(tx, item, grant);
  item_store::settle_gate(tx, item, has_door(before) != has_door(grants));
  epoch_.raise(tx);
}

void Items::add_grant(db::Tx& tx, ItemId item, Grant grant) {
  auto grants = item_store::grants(tx, item);
  std::erase_if(grants, [&](const Grant& g) { return g.key == grant.key; });
  grants.push_back(grant);
  set_grants(tx, item, std::move(grants));
}

void Items::remove_grant(db::Tx& tx, ItemId item, Key key) {
  auto grants = item_store::grants(tx, item);
  std::erase_if(grants, [&](const Grant& g) { return g.key == key; });
  set_grants(tx, item, std::move(grants));
}

void Items::set_gate(db::Tx& tx, ItemId item, bool has_notes, bool changed) {
  const bool differs = item_store::has_notes(tx, item) != has_notes;
  if (!differs && !changed) return;
  item_store::set_has_notes(tx, item, has_notes);
  item_store::settle_gate(tx, item, true);
  epoch_.raise(tx);
}

void Items::set_photos(db::Tx& tx, ItemId item, const std::vector<PhotoId>& photos) {
  std::vector<std::int64_t> wanted;
  wanted.reserve(photos.size());
  for (const auto photo : photos) wanted.push_back(photo.value);
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  const auto before = item_store::photos(tx, item);
  if (before == wanted) return;
  for (const auto photo : before)
    if (!std::binary_search(wanted.begin(), wanted.end(), photo)) item_store::let_go(tx, item, photo);
  for (const auto photo : wanted)
    if (!std::binary_search(before.begin(), before.end(), photo)) item_store::hold(tx, item, photo);
  epoch_.raise(tx);
}

void Items::hold(db::Tx& tx, ItemId album, PhotoId photo, bool fresh) {
  if (item_store::hold(tx, album, photo.value) && !fresh) epoch_.raise(tx);
}

void Items::let_go(db::Tx& tx, ItemId album, PhotoId photo) {
  item_store::let_go(tx, album, photo.value);
  epoch_.raise(tx);
}

void Items::let_out(db::Tx& tx, PhotoId photo) {
  if (item_store::let_out(tx, photo)) epoch_.raise(tx);
}

void Items::forget_photos(db::Tx& tx, std::span<const PhotoId> photos) {
  item_store::forget_photos(tx, photos);
  epoch_.raise(tx);
}

void Items::photo_changed(db::Tx& tx) {
  epoch_.raise(tx);
}

void Items::set_sealed(db::Tx& tx, ItemId album, bool sealed) {
  item_store::set_sealed(tx, album, sealed);
  epoch_.raise(tx);
}

void Items::remove(db::Tx& tx, ItemId item) {
  item_store::remove(tx, item);
  epoch_.raise(tx);
}

void Items::accept_gate(db::Tx& tx, ItemId item, PersonId person, Accepted accepted) {
  const auto before = item_store::accepted(tx, item, person);
  if (before == accepted) return;
  item_store::put_acceptance(tx, item, person, accepted);
  // More than before takes effect without: what an acceptance could widen is never kept (Decisions).
  if (accepted < before) epoch_.raise(tx);
}

std::optional<ItemFacts> Items::facts(db::Reader& reader, ItemId item) {
  return item_store::facts(reader, item);
}

}  // namespace keepsake
