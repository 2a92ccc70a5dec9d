#pragma once
// "Looking after this place": the page that leads a host to all that is theirs to do, and what is known of
// copies of this place.
#include <functional>
#include <vector>

#include "db/database.h"
#include "upkeep/mirror.h"
#include "upkeep/run_store.h"
#include "upkeep/verification.h"
#include "web/host_room_pages.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HostPages {
 public:
  struct Uses {
    db::Database& database;
    std::function<RoomNow()> measure;
    std::function<std::vector<Time>()> snapshots;  // before upgrades, the newest first
    std::function<MirrorState()> mirror;
    bool postgres;  // the database is not in the data directory
  };
  HostPages(Uses uses, const Respond& respond) : uses_(std::move(uses)), respond_(respond) {}

  http::Response overview(Ask& ask, const Host& host) const;
  http::Response safety(Ask& ask, const Host& host) const;

 private:
  std::optional<UpkeepRun> last(Upkeep kind) const;
  void add_findings(html::Values& values, const VerifyResult& result) const;
  std::string mirror_said(MirrorState state) const;
  std::string run_said(const std::optional<UpkeepRun>& run, std::string_view beginning) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web
