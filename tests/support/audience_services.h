#pragma once
// Everything that changes who sees what, over one database.
#include "audience/blocks.h"
#include "audience/circles.h"
#include "audience/epoch.h"
#include "audience/guest_links.h"
#include "audience/items.h"
#include "base/clock.h"
#include "base/uptime.h"
#include "db/database.h"
#include "person/passwords.h"
#include "person/rate_limit.h"

namespace keepsake::support {

// As one process has them; a second set stands for a command beside the server.
struct AudienceServices {
  ManualUptime uptime;  // stands still, so that no lease ends
  Epoch epoch;
  Items items;
  Circles circles;
  Blocks blocks;
  Attempts attempts;
  GuestLinks links;

  AudienceServices(db::Database& database, Passwords& passwords, const Clock& clock)
      : epoch(database, uptime),
        items(epoch),
        circles(database, epoch, clock),
        blocks(database, epoch, clock),
        attempts(clock),
        links(database, items, epoch, passwords, attempts, clock) {}
};

}  // namespace keepsake::support
