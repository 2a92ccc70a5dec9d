#pragma once
// The second step: what one may do, wired to the storage. Commands use it beside a running server; the server
// adds the ways in.
#include <memory>

#include "album/albums.h"
#include "album/drop_links.h"
#include "app/lazy_workers.h"
#include "app/storage.h"
#include "audience/blocks.h"
#include "audience/circles.h"
#include "audience/decisions.h"
#include "audience/epoch.h"
#include "audience/gate_cookie.h"
#include "audience/guest_links.h"
#include "audience/items.h"
#include "audience/list_cursor.h"
#include "audience/viewers.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/uptime.h"
#include "blobs/plain_copies.h"
#include "person/device_keys.h"
#include "person/invitations.h"
#include "person/passkeys.h"
#include "person/passwords.h"
#include "person/people.h"
#include "person/rate_limit.h"
#include "person/recovery.h"
#include "person/second_step.h"
#include "person/sessions.h"
#include "person/setup.h"
#include "person/sign_in.h"
#include "person/tokens.h"
#include "photo/photos.h"
#include "photo/quotas.h"
#include "photo/uploads.h"
#include "story/stories.h"
#include "story/working_copies.h"
#include "upkeep/daily_figures.h"
#include "upkeep/helplines.h"
#include "upkeep/house_texts.h"
#include "upkeep/mirror.h"
#include "upkeep/verification.h"

namespace keepsake::app {

// Members stand in the order in which they need each other. Not movable: they refer to one another.
struct Services {
  // All outlive this.
  Services(Storage& storage, const Settings& settings, const Clock& clock);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  Passwords passwords;
  People people;
  Sessions sessions;
  Tokens tokens;
  Recovery recovery;
  SecondStep second_step;
  Passkeys passkeys;
  SignIn sign_in;
  Setup setup;
  Invitations invitations;

  SystemUptime uptime;
  Epoch epoch;
  Items items;
  Viewers viewers;
  Decisions decisions;
  Circles circles;
  Blocks blocks;
  Attempts passphrase_attempts;
  GuestLinks guest_links;
  GateCookie gate_cookie;
  CursorSeal cursors;

  LazyWorkers workers;
  blobs::PlainCopies copies;
  Photos photos;
  Uploads uploads;
  Albums albums;
  DropLinks drop_links;
  Quotas quotas;
  Stories stories;
  WorkingCopies working_copies;
  DeviceKeys device_keys;
  HouseTexts house_texts;
  Helplines helplines;
  DailyFigures figures;
  Mirror mirror;
  Verification verification;
};

}  // namespace keepsake::app
