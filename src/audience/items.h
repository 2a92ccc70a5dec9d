#pragma once
// Audience's own tables, written by stories and albums in their own transactions. Everything here that can
// change who sees what raises the epoch in the same transaction.
#include <optional>
#include <span>
#include <vector>

#include "audience/epoch.h"
#include "audience/grant.h"
#include "audience/visibility.h"
#include "db/database.h"

namespace keepsake {

class Items {
 public:
  explicit Items(Epoch& epoch) : epoch_(epoch) {}

  // A new item with no grants: its author's alone.
  ItemId create(db::Tx& tx, ItemKind kind, PersonId author, Time now);
  // `published_at` is set the first time an item is published and stays.
  void set_state(db::Tx& tx, ItemId item, ItemState state, Time now);
  // All of them, links' too. Only circles, persons and links may be `past_gate`; it is dropped for others. An
  // album takes no grants (std::logic_error).
  void set_grants(db::Tx& tx, ItemId item, std::vector<Grant> grants);
  void add_grant(db::Tx& tx, ItemId item, Grant grant);
  void remove_grant(db::Tx& tx, ItemId item, Key key);
  // `has_notes`: content notes or an author's note make a gate, and so does the grant `door`. `changed`: what
  // the gate says differs from before, so earlier acceptances end.
  void set_gate(db::Tx& tx, ItemId item, bool has_notes, bool changed);
  void set_photos(db::Tx& tx, ItemId item, const std::vector<PhotoId>& photos);
  // The album holds the photo from now on, or no longer. `fresh`: the photo was made in this very
  // transaction, so that nothing was decided about it yet.
  void hold(db::Tx& tx, ItemId album, PhotoId photo, bool fresh = false);
  void let_go(db::Tx& tx, ItemId album, PhotoId photo);
  // No sealed album holds the photo any more.
  void let_out(db::Tx& tx, PhotoId photo);
  // The photos are gone: no item holds them any more, and what was decided about them ends.
  void forget_photos(db::Tx& tx, std::span<const PhotoId> photos);
  // What a photo shows is another picture now: what was decided and found of it ends.
  void photo_changed(db::Tx& tx);
  // A sealed album stays shut, for its owner too.
  void set_sealed(db::Tx& tx, ItemId album, bool sealed);
  // Forgets the item with its grants, photos and acceptances.
  void remove(db::Tx& tx, ItemId item);
  // A signed-in viewer's acceptance of the gate as it stands, in place of an earlier one. That they may see
  // the item is for the caller to have asked.
  void accept_gate(db::Tx& tx, ItemId item, PersonId person, Accepted accepted);

  static std::optional<ItemFacts> facts(db::Reader& reader, ItemId item);

 private:
  Epoch& epoch_;
};

}  // namespace keepsake
