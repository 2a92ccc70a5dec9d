#include "web/drop_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "audience/link_rules.h"
#include "http/url.h"
#include "web/bodies.h"
#include "web/photo_pages.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::uint64_t unbounded = std::uint64_t{1} << 40;  // each photo has a bound of its own in Photos

std::string pass_of(const Ask& ask) {
  return cookie_of(ask.request, drop_cookie);
}

std::string address_of(const Ask& ask) {
  return "/drop/" + http::percent_encode(ask.parameters[0]);
}

json::array json_of(const std::vector<Dropped>& dropped) {
  json::array list;
  for (const Dropped& each : dropped)
    list.push_back({{"id", each.id.text()}, {"name", each.name}, {"arrived", true}});
  return list;
}

http::Response paced(http::Response response) {
  response.pace = drop_pace;
  return response;
}

}  // namespace

http::Response DropPages::arrival_page(const DropLinkPage& link, const Refusal* problem) const {
  html::Values values;
  const std::string heading =
      link.name.empty() ? respond_.say("drop_heading", {{"author", link.author}})
                        : respond_.say("drop_heading_named", {{"name", link.name}, {"author", link.author}});
  values.set("DROP_HEADING", heading);
  values.set("DROP_ABOUT", respond_.say("drop_about", {{"author", link.author}}));
  values.show_if(link.passphrase, "NEEDS_PASSPHRASE");
  show_problem(values, problem, {{"passphrase"}});
  return respond_.page("drop_link", values, {.title = heading, .secret_address = true}, status_of(problem));
}

http::Response DropPages::sending_page(const Ask& ask, const DropVisit& visit, const Refusal* problem) const {
  html::Values values;
  const std::string heading = respond_.say("drop_for", {{"author", visit.author}});
  const std::string& secret = ask.parameters[0];
  values.set("DROP_HEADING", heading).set("SECRET", secret);
  values.set("DROP_ABOUT", respond_.say("drop_about", {{"author", visit.author}}));
  const auto sent = drops_.sent(visit);
  values.show_if(!sent.empty(), "SENT");
  for (const Dropped& each : sent) {
    values.add("DROPPED")
        .set("SECRET", secret)
        .set("DROPPED_ID", each.id.text())
        .set("FILE_NAME", each.name.empty() ? respond_.say("drop_unnamed") : each.name);
  }
  show_upload_words(values, respond_);
  show_problem(values, problem, {{"files"}});
  return respond_.page("drop", values, {.title = heading, .secret_address = true}, status_of(problem));
}

Result<http::Response> DropPages::arrive(Ask& ask, const Anyone&) const {
  const std::string pass = pass_of(ask);
  const auto link = drops_.look(ask.parameters[0], pass);
  if (link.refused()) return link.refusal();
  const auto visit = drops_.visit(ask.parameters[0], pass);
  if (!ask.wants_json) return visit ? sending_page(ask, *visit, nullptr) : arrival_page(*link, nullptr);
  json::object body{{"author", link->author}, {"passphrase", link->passphrase}, {"open", visit.has_value()}};
  if (!link->name.empty()) body["name"] = link->name;
  if (visit) body["photos"] = json_of(drops_.sent(*visit));
  return respond_.json(body);
}

Result<http::Response> DropPages::open(Ask& ask, const Anyone&) const {
  const std::string pass = pass_of(ask);
  const auto link = drops_.look(ask.parameters[0], pass);
  if (link.refused()) return link.refusal();
  const auto typed = read_input(ask.request, open_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto let_in =
      drops_.open(ask.parameters[0], typed->text_or_empty("passphrase"), pass, ask.request.peer);
  if (let_in.refused()) {
    if (ask.wants_json || let_in.refusal().kind == Refused::gone) return let_in.refusal();
    return arrival_page(*link, &let_in.refusal());
  }
  http::Response response =
      ask.wants_json ? respond_.json({{"open", true}}) : respond_.see_other(address_of(ask));
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(let_in->expires - ask.now);
  give_cookie(response, drop_cookie, let_in->pass, life);
  return response;
}

Result<http::Response> DropPages::add(Ask& ask, const Anyone&) const {
  const auto visit = drops_.visit(ask.parameters[0], pass_of(ask));
  if (!visit) return link_rules::ended();
  ask.request.body->limit(unbounded);
  std::vector<Dropped> dropped;
  const auto take = [&](std::string_view field, std::string_view name,
                        const auto& read) -> std::optional<Refusal> {
    if (field != "files") return Refusal{Refused::invalid, "This field takes no file.", std::string(field)};
    auto one = drops_.add(*visit, {read, {}, std::string(name)}, ask.request.peer);
    if (one.refused())
      return Refusal{one.refusal().kind, one.refusal().sentence, "files", one.refusal().phrase};
    dropped.push_back(*std::move(one));
    return std::nullopt;
  };
  auto form = read_input(ask.request, {}, most_form_bytes, take);
  if (!form.refused() && dropped.empty()) form = Refusal{Refused::invalid, respond_.say("no_file"), "files"};
  if (!form.refused())
    return paced(ask.wants_json ? respond_.json({{"photos", json_of(dropped)}}, 201)
                                : respond_.see_other(address_of(ask)));
  if (ask.wants_json || form.refusal().kind == Refused::gone) return form.refusal();
  return paced(sending_page(ask, *visit, &form.refusal()));
}

Result<http::Response> DropPages::take_back(Ask& ask, const Anyone&) const {
  const auto visit = drops_.visit(ask.parameters[0], pass_of(ask));
  if (!visit) return link_rules::ended();
  const auto taken = drops_.take_back(*visit, ask.id(1).value_or(PublicId()));
  if (taken.refused()) return taken.refusal();
  return paced(ask.wants_json ? respond_.nothing() : respond_.see_other(address_of(ask)));
}

}  // namespace keepsake::web
