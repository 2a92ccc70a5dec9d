#include "web/host_people_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "http/url.h"
#include "web/bodies.h"
#include "web/size_text.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 16 * 1024;
constexpr int page_size = 50;

std::string after_of(const Ask& ask) {
  const auto query = http::parse_form(ask.request.query);
  return std::string(query ? http::find_field(*query, "after").value_or("") : "");
}

std::string_view state_of(const Person& person) {
  return person.removed ? "removed" : person.suspended ? "suspended" : "here";
}

std::string address_of(const Person& person) {
  return "/host/people/" + person.name;
}

}  // namespace

json::object HostPeoplePages::json_of(const Resident& resident) {
  const Person& person = resident.person;
  json::object object{
      {"name", person.name},         {"display_name", person.display_name}, {"host", person.host},
      {"state", state_of(person)},   {"since", day_text(person.created)},   {"photos", resident.kept.photos},
      {"bytes", resident.kept.bytes}};
  if (person.signed_in) object["last_sign_in"] = day_text(*person.signed_in);
  if (person.suspended) object["suspended"] = day_text(*person.suspended);
  if (person.removed) object["gone_for_good"] = day_text(*person.removed + People::removal_takes);
  if (resident.quota) object["quota"] = *resident.quota;
  if (resident.own_quota) object["own_quota"] = *resident.own_quota;
  return object;
}

HostPeoplePages::Resident HostPeoplePages::resident(db::Reader& reader, Person person) {
  const PersonId id = person.id;
  return {std::move(person), Quotas::kept(reader, id), Quotas::own(reader, id), Quotas::of(reader, id)};
}

std::optional<HostPeoplePages::Resident> HostPeoplePages::find(const Ask& ask) const {
  return uses_.database.read([&](db::Reader& reader) -> std::optional<Resident> {
    auto person = People::find(reader, ask.parameters[0]);
    if (!person) return std::nullopt;
    return resident(reader, *std::move(person));
  });
}

std::string HostPeoplePages::state_said(const Person& person) const {
  if (person.removed)
    return respond_.say("person_removed", {{"day", respond_.day(*person.removed + People::removal_takes)}});
  if (person.suspended) return respond_.say("person_suspended", {{"day", respond_.day(*person.suspended)}});
  return person.host ? respond_.say("person_is_host") : std::string();
}

std::string HostPeoplePages::signed_in_said(const Person& person) const {
  if (!person.signed_in) return respond_.say("person_never_signed_in");
  return respond_.say("person_signed_in", {{"day", respond_.day(*person.signed_in)}});
}

std::string HostPeoplePages::room_said(const Resident& resident) const {
  const html::Customs& customs = respond_.words().customs();
  const std::string bytes = customs.size(resident.kept.bytes);
  if (!resident.quota)
    return respond_.say("person_room", {{"number", resident.kept.photos}, {"size", bytes}});
  return respond_.say(
      "person_room_of",
      {{"number", resident.kept.photos}, {"size", bytes}, {"quota", customs.size(*resident.quota)}});
}

http::Response HostPeoplePages::list(Ask& ask, const Host& host) const {
  auto residents = uses_.database.read([&](db::Reader& reader) {
    std::vector<Resident> found;
    for (Person& person : People::list(reader, after_of(ask), page_size + 1))
      found.push_back(resident(reader, std::move(person)));
    return found;
  });
  const bool more = residents.size() > static_cast<std::size_t>(page_size);
  if (more) residents.pop_back();
  if (ask.wants_json) {
    json::array people;
    for (const Resident& each : residents) people.push_back(json_of(each));
    json::object body{{"people", std::move(people)}};
    if (more) body["next"] = residents.back().person.name;
    return respond_.json(body);
  }
  html::Values values;
  for (const Resident& each : residents) {
    html::Values& row = values.add("RESIDENT");
    row.set("PERSON_NAME", each.person.name).set("PERSON_DISPLAY_NAME", each.person.display_name);
    row.set("PERSON_SINCE", respond_.say("person_since", {{"day", respond_.day(each.person.created)}}));
    row.set("PERSON_SIGNED_IN", signed_in_said(each.person)).set("PERSON_ROOM", room_said(each));
    row.set_in("HAS_STATE", "PERSON_STATE", state_said(each.person));
  }
  if (more) values.add("HAS_MORE").set("MORE", residents.back().person.name);
  return respond_.page("host_people", values,
                       {.title = respond_.say("host_people"), .signed_in = host.signed_in()});
}

http::Response HostPeoplePages::page(const Host& host, const Resident& resident, const Input& typed,
                                     const Refusal* problem) const {
  const Person& person = resident.person;
  html::Values values;
  show_problem(values, problem, {{"name"}, {"gigabytes"}});
  values.set("PERSON_NAME", person.name).set("PERSON_DISPLAY_NAME", person.display_name);
  values.set("PERSON_SINCE", respond_.say("person_since", {{"day", respond_.day(person.created)}}));
  values.set("PERSON_SIGNED_IN", signed_in_said(person)).set("PERSON_ROOM", room_said(resident));
  values.set_in("HAS_STATE", "PERSON_STATE", state_said(person));
  values.set("QUOTA_TYPED", typed.text("gigabytes").value_or(gigabytes_text(resident.own_quota)));
  if (person.suspended) {
    values.add("SHUT_OUT")
        .set("HELD_HEADING", state_said(person))
        .set("BACK_AS", respond_.say(person.removed ? "removal_undo" : "suspend_undo"));
  } else {
    values.show("MAY_SUSPEND");
  }
  if (!person.removed) {
    values.add("MAY_REMOVE")
        .set("REMOVE_TYPE_NAME", respond_.say("remove_type_name", {{"name", person.name}}))
        .set("NAME_TYPED", typed.text_or_empty("name"));
  }
  return respond_.page("host_person", values, {.title = person.display_name, .signed_in = host.signed_in()},
                       status_of(problem));
}

Result<http::Response> HostPeoplePages::show(Ask& ask, const Host& host) const {
  const auto found = find(ask);
  if (!found) return respond_.not_here();
  return ask.wants_json ? respond_.json(json_of(*found)) : page(host, *found, {}, nullptr);
}

Result<http::Response> HostPeoplePages::done(Ask& ask, const Host& host, const Result<Done>& outcome,
                                             const Input& typed) const {
  const auto found = find(ask);
  if (!found) return respond_.not_here();
  if (!outcome.refused())
    return ask.wants_json ? respond_.nothing() : respond_.see_other(address_of(found->person));
  if (ask.wants_json) return outcome.refusal();
  return page(host, *found, typed, &outcome.refusal());
}

Result<http::Response> HostPeoplePages::change(Ask& ask, const Host& host,
                                               Result<Done> (People::*act)(PersonId)) const {
  const auto found = find(ask);
  if (!found) return respond_.not_here();
  const auto typed = read_input(ask.request, {}, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  return done(ask, host, (uses_.people.*act)(found->person.id));
}

Result<http::Response> HostPeoplePages::suspend(Ask& ask, const Host& host) const {
  return change(ask, host, &People::suspend);
}

Result<http::Response> HostPeoplePages::restore(Ask& ask, const Host& host) const {
  return change(ask, host, &People::unsuspend);
}

Result<http::Response> HostPeoplePages::remove(Ask& ask, const Host& host) const {
  const auto found = find(ask);
  if (!found) return respond_.not_here();
  const auto typed = read_input(ask.request, name_again_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  if (typed_name(typed->text_or_empty("name")) != found->person.name)
    return done(
        ask, host,
        Refusal{Refused::invalid, "This is not the name of this person. Nothing was removed.", "name"},
        *typed);
  return done(ask, host, uses_.people.set_aside(found->person.id), *typed);
}

Result<http::Response> HostPeoplePages::set_quota(Ask& ask, const Host& host) const {
  const auto found = find(ask);
  if (!found) return respond_.not_here();
  const auto typed = read_input(ask.request, quota_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto bytes = typed_quota(*typed);
  if (bytes.refused()) return done(ask, host, bytes.refusal(), *typed);
  return done(ask, host, uses_.quotas.set_own(found->person.id, *bytes), *typed);
}

}  // namespace keepsake::web
