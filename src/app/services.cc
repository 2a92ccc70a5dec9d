#include "app/services.h"

namespace keepsake::app {

Services::Services(Storage& storage, const Settings& settings, const Clock& clock)
    : people(storage.database(), passwords, clock),
      sessions(storage.database(), clock),
      tokens(storage.database(), clock),
      recovery(storage.database(), passwords, clock),
      second_step(storage.database(), storage.key(), clock),
      passkeys(storage.database(), storage.key(), clock, webauthn::house_at(settings.origin())),
      sign_in(
          {storage.database(), passwords, sessions, second_step, passkeys, recovery, storage.key(), clock}),
      setup(storage.database(), people, passwords, clock),
      invitations(people, clock, settings.everyone_invites ? WhoInvites::everyone : WhoInvites::hosts),
      epoch(storage.database(), uptime),
      items(epoch),
      viewers(storage.database(), epoch, clock),
      decisions(storage.database(), epoch, clock),
      circles(storage.database(), epoch, clock),
      blocks(storage.database(), epoch, clock),
      passphrase_attempts(clock),
      guest_links(storage.database(), items, epoch, passwords, passphrase_attempts, clock),
      gate_cookie(storage.key()),
      cursors(storage.key()),
      workers({.workers = settings.photo_workers}),
      copies(storage.blobs(), clock, static_cast<std::size_t>(settings.hot_photos)),
      photos(storage.database(), items, decisions, storage.blobs(), copies, workers, storage.key(), clock,
             {.temporary = storage.temporary(),
              .most_bytes = settings.most_photo_bytes,
              .spare_bytes = settings.disk_floor,
              .mirrored = !settings.mirror.empty()}),
      uploads(storage.database(), storage.blobs(), photos.ingest(), clock),
      albums(storage.database(), items, photos, clock),
      drop_links(storage.database(), items, photos, passwords, passphrase_attempts, clock),
      quotas(storage.database()),
      stories(storage.database(), items, epoch, clock),
      working_copies(storage.database(), clock),
      device_keys(storage.key()),
      house_texts(storage.database(), epoch, clock),
      helplines(storage.database(), epoch, clock),
      figures(storage.database(), clock),
      mirror(storage.database(), storage.key(), settings.mirror),
      verification({storage.database(), storage.blobs(), storage.key(), mirror, clock}) {
  uploads.on_arriving([this](db::Tx& tx, const upload_store::Stored& upload, const AddedPhoto& photo) {
    if (upload.sender.visit)
      drop_links.arrive(tx, *upload.sender.visit, upload.name, upload.size, photo);
    else
      albums.arrive(tx, upload.sender.person, upload.album, photo);
  });
  people.on_remove([this](db::Tx& tx, PersonId person) { photos.forget_all_of(tx, person); });
  people.on_remove([this](db::Tx& tx, PersonId person) { uploads.forget_all_of(tx, person); });
  people.on_remove([this](db::Tx& tx, PersonId) { epoch.raise(tx); });
  people.on_change([this](db::Tx& tx, PersonId person) { blocks.follow_suspension(tx, person); });
  people.on_change([this](db::Tx& tx, PersonId) { epoch.raise(tx); });
  const auto look_again = [this](db::Tx& tx) { epoch.raise(tx); };
  sessions.on_end(look_again);
  tokens.on_end(look_again);
  recovery.on_end(look_again);
}

}  // namespace keepsake::app
