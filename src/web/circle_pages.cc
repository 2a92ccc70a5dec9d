#include "web/circle_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/text.h"
#include "person/person.h"
#include "web/bodies.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 256 * 1024;

json::object json_of(const Circle& circle) {
  json::array people;
  for (const CircleMember& member : circle.members) people.emplace_back(member.name);
  return {{"id", circle.id.text()}, {"name", circle.name}, {"people", std::move(people)}};
}

// A form has one field for all names, with commas or spaces between them.
std::vector<std::string> names_in(const std::vector<std::string>& typed) {
  std::vector<std::string> names;
  for (const std::string& text : typed) {
    std::string spaced = text;
    for (char& c : spaced) c = c == ',' || c == '\n' ? ' ' : c;
    for (const std::string_view part : split(spaced, ' ')) {
      if (!trim(part).empty()) names.push_back(typed_name(part));
    }
  }
  return names;
}

}  // namespace

http::Response CirclePages::page(const Member& member, const Input& typed, const Refusal* problem,
                                 const std::optional<PublicId>& into) const {
  html::Values values;
  auto circles = circles_.of_owner(member.person());
  respond_.sort_by_name(circles, &Circle::name);
  for (Circle& circle : circles) {
    respond_.sort_by_name(circle.members, &CircleMember::display_name);
    html::Values& section = values.add("CIRCLE");
    section.set("CIRCLE_ID", circle.id.text()).set("CIRCLE_NAME", circle.name);
    section.set("FORM_PERSON", into == circle.id ? typed.text_or_empty("name") : "");
    section.show_if(circle.members.empty(), "NOBODY");
    for (const CircleMember& each : circle.members) {
      section.add("MEMBER").set("MEMBER_NAME", each.name).set("MEMBER_DISPLAY_NAME", each.display_name);
    }
  }
  std::string people;
  for (const std::string& each : typed.texts("people").value_or(std::vector<std::string>()))
    people += each + " ";
  values.set("FORM_NAME", into ? "" : typed.text_or_empty("name")).set("FORM_PEOPLE", trim(people));
  if (into) {
    show_problem(values, problem);
  } else {
    show_problem(values, problem, {{"name"}, {"people"}});
  }
  return respond_.page("circles", values, {.title = respond_.say("circles"), .signed_in = member.signed_in()},
                       status_of(problem));
}

Result<http::Response> CirclePages::done(Ask& ask, const Member& member, const Result<Done>& outcome,
                                         const Input& typed) const {
  if (!outcome.refused()) return ask.wants_json ? respond_.nothing() : respond_.see_other("/circles");
  if (ask.wants_json || outcome.refusal().kind == Refused::not_found) return outcome.refusal();
  return page(member, typed, &outcome.refusal(), ask.id());
}

http::Response CirclePages::list(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return page(member, {}, nullptr);
  json::array list;
  for (const Circle& circle : circles_.of_owner(member.person())) list.push_back(json_of(circle));
  return respond_.json({{"circles", std::move(list)}});
}

Result<http::Response> CirclePages::create(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, circle_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto names = names_in(typed->texts("people").value_or(std::vector<std::string>()));
  const auto id = circles_.create(member.person(), typed->text_or_empty("name"), names);
  if (id.refused()) {
    if (ask.wants_json) return id.refusal();
    return page(member, *typed, &id.refusal());
  }
  return ask.wants_json ? respond_.json({{"id", id->text()}}, 201) : respond_.see_other("/circles");
}

std::optional<Circle> CirclePages::find(const Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  return database_.read([&](db::Reader& reader) { return Circles::find(reader, member.person(), id); });
}

Result<http::Response> CirclePages::show(Ask& ask, const Member& member) const {
  const auto circle = find(ask, member);
  if (!circle) return respond_.not_here();
  return ask.wants_json ? respond_.json(json_of(*circle)) : page(member, {}, nullptr);
}

Result<http::Response> CirclePages::rename(Ask& ask, const Member& member) const {
  const auto circle = find(ask, member);
  if (!circle) return respond_.not_here();
  const auto typed = read_input(ask.request, rename_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  return done(ask, member, circles_.rename(member.person(), circle->id, typed->text_or_empty("name")));
}

Result<http::Response> CirclePages::end(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  if (!id) return respond_.not_here();
  return done(ask, member, circles_.end(member.person(), *id));
}

Result<http::Response> CirclePages::add(Ask& ask, const Member& member) const {
  const auto circle = find(ask, member);
  if (!circle) return respond_.not_here();
  const auto typed = read_input(ask.request, circle_person_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  return done(ask, member,
              circles_.add(member.person(), circle->id, typed_name(typed->text_or_empty("name"))), *typed);
}

Result<http::Response> CirclePages::add_named(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  if (!id) return respond_.not_here();
  return done(ask, member, circles_.add(member.person(), *id, ask.parameters[1]));
}

Result<http::Response> CirclePages::remove_named(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  if (!id) return respond_.not_here();
  return done(ask, member, circles_.remove(member.person(), *id, ask.parameters[1]));
}

}  // namespace keepsake::web
