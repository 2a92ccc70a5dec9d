#include "web/host_room_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "web/bodies.h"
#include "web/chart.h"
#include "web/size_text.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 16 * 1024;

std::optional<std::int64_t> taken(const DayFigures& day) {
  return day.sizes ? std::optional(day.sizes->photos + day.sizes->database) : std::nullopt;
}
std::optional<std::int64_t> free_room(const DayFigures& day) {
  return day.sizes ? std::optional(day.sizes->free) : std::nullopt;
}
std::optional<std::int64_t> requests(const DayFigures& day) {
  return day.requests;
}
std::optional<std::int64_t> failures(const DayFigures& day) {
  return day.failures;
}

// By how much more is taken now than on the first of these days that was measured; none without such a day.
std::optional<std::int64_t> growth(const std::vector<DayFigures>& days, const Sizes& now) {
  const auto first = std::ranges::find_if(days, [](const DayFigures& day) { return day.sizes.has_value(); });
  if (first == days.end()) return std::nullopt;
  return now.photos + now.database - *taken(*first);
}

json::object json_of(const Sizes& sizes) {
  return {{"photos", sizes.photos}, {"database", sizes.database}, {"free", sizes.free}};
}

}  // namespace

void HostRoomPages::add_chart(html::Values& values, std::string_view heading,
                              const std::vector<DayFigures>& days, Figure figure, Say say) const {
  const html::Customs& customs = respond_.words().customs();
  std::vector<Bar> bars;
  for (const DayFigures& day : days) bars.push_back({day.day, figure(day)});
  const std::string title = respond_.say(heading);
  html::Values& chart = values.add("CHART");
  chart.set("CHART_HEADING", title);
  const Bar* most = highest(bars);
  if (!most) {
    chart.set_html("BARS", {}).show("NO_FIGURES");
    return;
  }
  const std::string top = (customs.*say)(*most->value);
  chart.set_html(
      "BARS",
      bar_chart(bars, respond_.say("chart_about",
                                   {{"what", title}, {"most", top}, {"day", customs.day(most->day)}})));
  chart.add("AXES")
      .set("CHART_MOST", respond_.say("chart_top", {{"most", top}}))
      .set("CHART_FIRST", customs.short_day(days.front().day))
      .set("CHART_LAST", customs.short_day(days.back().day));
}

http::Response HostRoomPages::room_page(const Host& host, const Input& typed, const Refusal* problem) const {
  const html::Customs& customs = respond_.words().customs();
  const RoomNow now = uses_.measure();
  const auto days = uses_.figures.last(days_shown);
  const auto quota = uses_.database.read([](db::Reader& reader) { return Quotas::standard(reader); });
  html::Values values;
  show_problem(values, problem, {{"gigabytes"}});
  values.set("FREE_SENTENCE", respond_.say("room_free", {{"free", customs.size(now.sizes.free)},
                                                         {"disk", customs.size(now.disk)}}));
  values.set("TAKEN_SENTENCE", respond_.say("room_taken", {{"photos", customs.size(now.sizes.photos)},
                                                           {"database", customs.size(now.sizes.database)}}));
  if (const auto more = growth(days, now.sizes); more && *more > 0)
    values.add("GROWTH").set("GROWTH_SENTENCE", respond_.say("room_growth", {{"size", customs.size(*more)}}));
  values.set("FLOOR_SENTENCE", respond_.say("room_floor", {{"size", customs.size(now.floor)}}));
  values.show_if(now.sizes.free < now.floor, "FULL");
  values.set("QUOTA_TYPED", typed.text("gigabytes").value_or(gigabytes_text(quota)));
  add_chart(values, "chart_taken", days, taken, &html::Customs::size);
  add_chart(values, "chart_free", days, free_room, &html::Customs::size);
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    if (!day->sizes) continue;
    values.add("DAY_ROW")
        .set("DAY", customs.short_day(day->day))
        .set("PHOTO_BYTES", customs.size(day->sizes->photos))
        .set("DATABASE_BYTES", customs.size(day->sizes->database))
        .set("FREE_BYTES", customs.size(day->sizes->free));
  }
  return respond_.page("host_room", values,
                       {.title = respond_.say("host_room"), .signed_in = host.signed_in()},
                       status_of(problem));
}

http::Response HostRoomPages::room(Ask& ask, const Host& host) const {
  if (!ask.wants_json) return room_page(host, {}, nullptr);
  const RoomNow now = uses_.measure();
  json::object body{{"now", json_of(now.sizes)}, {"disk", now.disk}, {"floor", now.floor}};
  if (const auto quota = uses_.database.read([](db::Reader& reader) { return Quotas::standard(reader); }))
    body["quota"] = *quota;
  json::array days;
  for (const DayFigures& day : uses_.figures.last(days_shown)) {
    if (!day.sizes) continue;
    json::object row = json_of(*day.sizes);
    row["day"] = day_text(day.day);
    days.push_back(std::move(row));
  }
  body["days"] = std::move(days);
  return respond_.json(body);
}

Result<http::Response> HostRoomPages::set_quota(Ask& ask, const Host& host) const {
  const auto typed = read_input(ask.request, quota_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto bytes = typed_quota(*typed);
  const Result<Done> outcome = bytes.refused() ? bytes.refusal() : uses_.quotas.set_standard(*bytes);
  if (!outcome.refused()) return ask.wants_json ? respond_.nothing() : respond_.see_other("/host/room");
  if (ask.wants_json) return outcome.refusal();
  return room_page(host, *typed, &outcome.refusal());
}

http::Response HostRoomPages::traffic(Ask& ask, const Host& host) const {
  const auto days = uses_.figures.last(days_shown);
  if (ask.wants_json) {
    json::array rows;
    for (const DayFigures& day : days)
      rows.push_back({{"day", day_text(day.day)}, {"requests", day.requests}, {"failures", day.failures}});
    return respond_.json({{"days", std::move(rows)}});
  }
  const html::Customs& customs = respond_.words().customs();
  html::Values values;
  add_chart(values, "chart_requests", days, requests, &html::Customs::number);
  add_chart(values, "chart_failures", days, failures, &html::Customs::number);
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    values.add("DAY_ROW")
        .set("DAY", customs.short_day(day->day))
        .set("REQUESTS", customs.number(day->requests))
        .set("FAILURES", customs.number(day->failures));
  }
  return respond_.page("host_traffic", values,
                       {.title = respond_.say("host_traffic"), .signed_in = host.signed_in()});
}

}  // namespace keepsake::web
