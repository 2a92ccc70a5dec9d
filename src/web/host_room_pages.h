#pragma once
// How this place fares: the room it takes and has, what was asked of it by day, and what is known of copies
// of it.
#include <functional>
#include <string>
#include <vector>

#include "db/database.h"
#include "photo/quotas.h"
#include "upkeep/daily_figures.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

// What the place itself measures now.
struct RoomNow {
  Sizes sizes;
  std::int64_t disk = 0;   // bytes of the whole file system
  std::int64_t floor = 0;  // below so much free room no photo is taken
};

class HostRoomPages {
 public:
  static constexpr int days_shown = 30;

  struct Uses {
    db::Database& database;
    Quotas& quotas;
    DailyFigures& figures;
    std::function<RoomNow()> measure;
  };
  HostRoomPages(Uses uses, const Respond& respond) : uses_(std::move(uses)), respond_(respond) {}

  http::Response room(Ask& ask, const Host& host) const;
  Result<http::Response> set_quota(Ask& ask, const Host& host) const;
  http::Response traffic(Ask& ask, const Host& host) const;

 private:
  http::Response room_page(const Host& host, const Input& typed, const Refusal* problem) const;
  using Figure = std::optional<std::int64_t> (*)(const DayFigures& day);
  using Say = std::string (html::Customs::*)(std::int64_t) const;
  void add_chart(html::Values& values, std::string_view heading, const std::vector<DayFigures>& days,
                 Figure figure, Say say) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web
