#include "web/host_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "person/people.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::pair<std::string_view, std::string_view> pages_and_addresses[] = {
    {"people", "/host/people"},       {"invitations", "/invitations"},
    {"room", "/host/room"},           {"safety", "/host/safety"},
    {"traffic", "/host/traffic"},     {"texts", "/host/texts"},
    {"helplines", "/host/helplines"}, {"recovery_phrase", "/host/recovery-phrase"},
};

json::object json_of(const UpkeepRun& run) {
  return {{"at", time_text(run.at)}, {"sound", run.sound}};
}

json::value json_of(const std::optional<UpkeepRun>& run) {
  if (!run) return nullptr;
  return json_of(*run);
}

json::value json_of(const std::optional<UpkeepRun>& run, const std::optional<VerifyResult>& result) {
  if (!run || !result) return json_of(run);
  const VerifyCounts& counts = result->counts;
  json::object said = json_of(*run);
  for (const auto& [name, count] : std::initializer_list<std::pair<std::string_view, std::int64_t>>{
           {"files", counts.files},
           {"bytes", counts.bytes},
           {"missing", counts.missing},
           {"damaged", counts.damaged},
           {"repaired", counts.repaired},
           {"orphans", counts.orphans - counts.removed},
           {"mirror_copied", counts.copied + counts.mended},
           {"mirror_missing", counts.unmirrored}})
    said[name] = count;
  return said;
}

json::value json_of(MirrorState mirror) {
  if (mirror == MirrorState::none) return nullptr;
  return json::string(name_of(mirror));
}

}  // namespace

std::optional<UpkeepRun> HostPages::last(Upkeep kind) const {
  return uses_.database.read([&](db::Reader& reader) { return upkeep::last(reader, kind); });
}

void HostPages::add_findings(html::Values& values, const VerifyResult& result) const {
  const VerifyCounts& counts = result.counts;
  values.add("FINDING").set(
      "FINDING_SAID",
      respond_.say("verification_read",
                   {{"number", counts.files}, {"size", respond_.words().customs().size(counts.bytes)}}));
  for (const auto& [id, number] : std::initializer_list<std::pair<std::string_view, std::int64_t>>{
           {"verification_lost", counts.missing + counts.damaged},
           {"verification_repaired", counts.repaired},
           {"verification_orphans", counts.orphans - counts.removed},
           {"verification_mirrored", counts.copied + counts.mended},
           {"verification_unmirrored", counts.unmirrored}})
    if (number > 0) values.add("FINDING").set("FINDING_SAID", respond_.say(id, {{"number", number}}));
}

std::string HostPages::mirror_said(MirrorState state) const {
  return respond_.say("mirror_" + std::string(name_of(state)));
}

// "backup_" -> backup_unknown, backup_sound or backup_unsound
std::string HostPages::run_said(const std::optional<UpkeepRun>& run, std::string_view beginning) const {
  const std::string id(beginning);
  if (!run) return respond_.say(id + "unknown");
  return respond_.say(id + (run->sound ? "sound" : "unsound"), {{"day", respond_.day(run->at)}});
}

http::Response HostPages::overview(Ask& ask, const Host& host) const {
  const PeopleCount people = uses_.database.read([](db::Reader& reader) { return People::count(reader); });
  if (ask.wants_json) {
    json::object pages;
    for (const auto& [name, address] : pages_and_addresses) pages[name] = address;
    return respond_.json(
        {{"people", people.all}, {"suspended", people.suspended}, {"pages", std::move(pages)}});
  }
  const html::Customs& customs = respond_.words().customs();
  const RoomNow room = uses_.measure();
  html::Values values;
  values.set("PEOPLE_COUNT", respond_.say("people_count", {{"number", people.all}}));
  if (people.suspended > 0)
    values.add("SOME_SUSPENDED")
        .set("SUSPENDED_COUNT", respond_.say("suspended_count", {{"number", people.suspended}}));
  values.set("ROOM_SENTENCE", respond_.say("room_free", {{"free", customs.size(room.sizes.free)},
                                                         {"disk", customs.size(room.disk)}}));
  values.set("SAFETY_SENTENCE", run_said(last(Upkeep::backup), "backup_"));
  if (const MirrorState mirror = uses_.mirror(); mirror != MirrorState::none && mirror != MirrorState::ready)
    values.set_in("MIRROR_AMISS", "MIRROR_SENTENCE", mirror_said(mirror));
  return respond_.page("host", values, {.title = respond_.say("host_pages"), .signed_in = host.signed_in()});
}

http::Response HostPages::safety(Ask& ask, const Host& host) const {
  const auto backup = last(Upkeep::backup), verification = last(Upkeep::verification);
  const auto result = uses_.database.read([](db::Reader& reader) { return Verification::last(reader); });
  const auto snapshots = uses_.snapshots();
  const MirrorState mirror = uses_.mirror();
  if (ask.wants_json) {
    json::array times;
    for (const Time time : snapshots) times.emplace_back(time_text(time));
    return respond_.json({{"backup", json_of(backup)},
                          {"verification", json_of(verification, result)},
                          {"mirror", json_of(mirror)},
                          {"snapshots", std::move(times)}});
  }
  html::Values values;
  values.set("BACKUP_SENTENCE", run_said(backup, "backup_"));
  values.set("VERIFICATION_SENTENCE", run_said(verification, "verification_"));
  if (result) add_findings(values, *result);
  values.show_if(result && !result->sound(), "WHICH");
  values.set("MIRROR_SENTENCE", mirror_said(mirror));
  values.show(uses_.postgres ? "WITH_POSTGRES" : "WITH_SQLITE");
  values.show_if(snapshots.empty(), "NO_SNAPSHOTS");
  for (const Time time : snapshots)
    values.add("SNAPSHOT").set("SNAPSHOT_SAID", respond_.say("snapshot_of", {{"day", respond_.day(time)}}));
  return respond_.page("host_safety", values,
                       {.title = respond_.say("host_safety"), .signed_in = host.signed_in()});
}

}  // namespace keepsake::web
