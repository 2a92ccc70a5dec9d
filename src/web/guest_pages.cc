#include "web/guest_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/text.h"
#include "web/bodies.h"
#include "web/story_view.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr int most_of_all = 500;

json::object json_of(const GuestLink& link) {
  json::object object{{"id", link.id.text()},
                      {"name", link.name},
                      {"passphrase", link.passphrase},
                      {"created", time_text(link.created)},
                      {"ended", link.ended}};
  if (link.expires) object["expires"] = time_text(*link.expires);
  return object;
}

}  // namespace

// A day that was given ends with it: the last second still belongs to it.
std::string GuestPages::standing_of(const GuestLink& link) const {
  std::string standing = respond_.say("link_open");
  if (link.ended) {
    standing = respond_.say("link_over");
  } else if (link.expires) {
    standing = respond_.say("link_until", {{"day", respond_.day(*link.expires - std::chrono::seconds(1))}});
  }
  return link.passphrase ? standing + ", " + respond_.say("link_with_passphrase") : standing;
}

html::Values& GuestPages::add_row(html::Values& values, const GuestLink& link) const {
  return values.add("LINK")
      .set("LINK_ID", link.id.text())
      .set("LINK_NAME", link.name)
      .set("LINK_STANDING", standing_of(link));
}

http::Response GuestPages::mine(Ask& ask, const Member& member) const {
  const auto links = links_.of_author(member.person(), most_of_all);
  std::vector<ItemId> items;
  for (const AuthorsLink& each : links) {
    if (std::find(items.begin(), items.end(), each.item) == items.end()) items.push_back(each.item);
  }
  const auto stories = stories_.own_of(member.viewer(), items);
  html::Values values;
  json::array list;
  for (const AuthorsLink& each : links) {
    const auto story = std::find_if(stories.begin(), stories.end(),
                                    [&](const StoryHead& head) { return head.item == each.item; });
    if (story == stories.end()) continue;
    add_row(values, each.link)
        .set("STORY_ID", story->id.text())
        .set("STORY_LANG", story->lang)
        .set("STORY_TITLE", title_of(respond_, *story));
    json::object object = json_of(each.link);
    object["story"] = story->id.text();
    object["title"] = story->title;
    list.push_back(std::move(object));
  }
  if (ask.wants_json) return respond_.json({{"links", std::move(list)}});
  values.show_if(list.empty(), "EMPTY");
  return respond_.page("all_links", values,
                       {.title = respond_.say("guest_links"), .signed_in = member.signed_in()});
}

http::Response GuestPages::links_page(const Member& member, const Story& story, const Input& typed,
                                      const std::string& new_url, const Refusal* problem) const {
  html::Values values;
  values.set("STORY_ID", story.id.text());
  values.set("STORY_TITLE", title_of(respond_, story));
  values.set_in("NEW_LINK", "LINK_URL", new_url);
  for (const GuestLink& link : links_.of_item(member.person(), story.item)) add_row(values, link);
  values.set("FORM_NAME", typed.text_or_empty("name")).set("FORM_EXPIRES", typed.text_or_empty("expires"));
  values.set("FORM_PASSPHRASE", typed.text_or_empty("passphrase"));
  show_problem(values, problem, {{"name"}, {"passphrase"}, {"expires"}});
  return respond_.page("links", values,
                       {.title = respond_.say("guest_links"), .signed_in = member.signed_in()},
                       status_of(problem));
}

Result<http::Response> GuestPages::list(Ask& ask, const Member& member) const {
  const auto story = stories_.find_own(member.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  if (!ask.wants_json) return links_page(member, *story, {}, "", nullptr);
  json::array list;
  for (const GuestLink& link : links_.of_item(member.person(), story->item)) list.push_back(json_of(link));
  return respond_.json({{"links", std::move(list)}});
}

Result<http::Response> GuestPages::create(Ask& ask, const Member& member) const {
  const auto story = stories_.find_own(member.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  const auto typed = read_input(ask.request, link_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto refuse = [&](const Refusal& refusal) -> Result<http::Response> {
    if (ask.wants_json) return refusal;
    return links_page(member, *story, *typed, "", &refusal);
  };
  NewGuestLink link{.name = typed->text_or_empty("name"),
                    .past_gate = typed->boolean("past_gate").value_or(false)};
  if (const auto passphrase = typed->text_or_empty("passphrase"); !passphrase.empty())
    link.passphrase = passphrase;
  if (const auto expires = typed->text_or_empty("expires"); !expires.empty()) {
    link.expires = parse_end(expires);
    if (!link.expires) return refuse({Refused::invalid, respond_.say("bad_date"), "expires"});
  }
  const auto made = links_.create(member.person(), story->item, link);
  if (made.refused()) return refuse(made.refusal());
  const std::string url = origin_ + "/guest/" + made->secret;
  if (!ask.wants_json) return links_page(member, *story, {}, url, nullptr);
  return respond_.json({{"id", made->id.text()}, {"url", url}}, 201);
}

Result<http::Response> GuestPages::revoke(Ask& ask, const Member& member) const {
  const auto item = links_.revoke(member.person(), ask.id().value_or(PublicId()));
  if (item.refused()) return item.refusal();
  if (ask.wants_json) return respond_.nothing();
  const auto story = stories_.public_id(*item);
  return respond_.see_other(story ? "/stories/" + story->text() + "/links" : "/");
}

http::Response GuestPages::arrival_page(const GuestLinkPage& link, const Refusal* problem) const {
  html::Values values;
  const std::string heading =
      link.name.empty() ? respond_.say("guest_heading", {{"author", link.author}})
                        : respond_.say("guest_heading_named", {{"name", link.name}, {"author", link.author}});
  values.set("GUEST_HEADING", heading);
  values.show_if(link.passphrase, "NEEDS_PASSPHRASE");
  show_problem(values, problem, {{"passphrase"}});
  return respond_.page("guest", values, {.title = heading, .secret_address = true}, status_of(problem));
}

Result<http::Response> GuestPages::arrive(Ask& ask, const Reading& who) const {
  const auto link = links_.look(who.viewer(), ask.parameters[0]);
  if (link.refused()) return link.refusal();
  if (!ask.wants_json) return arrival_page(*link, nullptr);
  json::object body{{"author", link->author}, {"passphrase", link->passphrase}};
  if (!link->name.empty()) body["name"] = link->name;
  return respond_.json(body);
}

Result<http::Response> GuestPages::open(Ask& ask, const Reading& who) const {
  const auto link = links_.look(who.viewer(), ask.parameters[0]);
  if (link.refused()) return link.refusal();
  const auto typed = read_input(ask.request, open_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const std::string pass = cookie_of(ask.request, pass_cookie);
  const auto let_in = links_.open(who.viewer(), ask.parameters[0], typed->text_or_empty("passphrase"), pass,
                                  ask.request.peer);
  if (let_in.refused()) {
    if (ask.wants_json || let_in.refusal().kind == Refused::gone) return let_in.refusal();
    return arrival_page(*link, &let_in.refusal());
  }
  const auto story = stories_.public_id(let_in->item);
  if (!story) return respond_.not_here();
  const std::string address = "/stories/" + story->text();
  http::Response response = ask.wants_json
                                ? respond_.json({{"id", story->text()}, {"url", origin_ + address}})
                                : respond_.see_other(address);
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(let_in->pass_expires - ask.now);
  give_cookie(response, pass_cookie, let_in->pass, life);
  return response;
}

}  // namespace keepsake::web
