#include "web/entrance_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/text.h"
#include "web/bodies.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

constexpr std::uint64_t most_form_bytes = 64 * 1024;

}  // namespace

http::Response EntrancePages::setup_page(const Input& typed, const Refusal* problem) const {
  html::Values values;
  values.set("FORM_NAME", typed.text_or_empty("name"))
      .set("FORM_DISPLAY_NAME", typed.text_or_empty("display_name"));
  show_problem(values, problem, {{"name"}, {"display_name"}, {"password"}});
  return respond_.page("setup", values, {.title = respond_.say("setup"), .secret_address = true},
                       status_of(problem));
}

Result<http::Response> EntrancePages::setup_form(Ask& ask, const Anyone&) const {
  const bool works =
      uses_.database.read([&](db::Reader& reader) { return Setup::link_works(reader, ask.parameters[0]); });
  if (!works) return Refusal{Refused::gone, respond_.say("setup_ended")};
  return setup_page({}, nullptr);
}

Result<http::Response> EntrancePages::setup(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, person_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const NewPerson host{typed->text_or_empty("name"), typed->text_or_empty("display_name"),
                       typed->text_or_empty("password"), true};
  const auto person = uses_.setup.complete(ask.parameters[0], host, ask.request.peer);
  if (person.refused()) {
    if (ask.wants_json || person.refusal().kind == Refused::gone) return person.refusal();
    return setup_page(*typed, &person.refusal());
  }
  const auto session =
      uses_.database.write([&](db::Tx& tx) { return uses_.sessions.start(tx, *person, client_of(ask)); });
  return with_session(respond_, ask, session, "/host/recovery-phrase");
}

// Three words, the same for every showing of one key, so that a page loaded again asks for the same ones.
std::vector<std::size_t> EntrancePages::asked_places() const {
  const Digest digest = uses_.key.derive("asked words");
  std::vector<std::size_t> places;
  for (const std::byte byte : digest) {
    const std::size_t place = std::to_integer<std::size_t>(byte) % 24;
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
    if (places.size() == 3) break;
  }
  std::sort(places.begin(), places.end());
  return places;
}

http::Response EntrancePages::phrase_page(const Host& host, const Refusal* problem) const {
  html::Values values;
  if (uses_.database.read([](db::Reader& reader) { return Setup::phrase_confirmed(reader); })) {
    values.show("CONFIRMED");
  } else {
    html::Values& shown = values.add("SHOWN");
    for (const std::string& word : uses_.key.phrase()) shown.add("WORD").set("WORD_TEXT", word);
    for (const std::size_t place : asked_places()) {
      const auto number = static_cast<std::int64_t>(place + 1);
      shown.add("ASKED")
          .set("ASKED_PLACE", number)
          .set("ASKED_LABEL", respond_.say("phrase_word", {{"number", number}}));
    }
    show_problem(shown, problem);
  }
  return respond_.page("phrase", values, {.title = respond_.say("phrase"), .signed_in = host.signed_in()},
                       status_of(problem));
}

http::Response EntrancePages::phrase(Ask&, const Host& host) const {
  return phrase_page(host, nullptr);
}

Result<http::Response> EntrancePages::confirm_phrase(Ask& ask, const Host& host) const {
  const auto typed = read_input(ask.request, phrase_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto words = uses_.key.phrase();
  std::vector<std::string> wanted;
  for (const std::size_t place : asked_places()) wanted.push_back(words[place]);
  std::vector<std::string> given = typed->texts("words").value_or(std::vector<std::string>());
  for (std::string& word : given) word = ascii_lower(trim(word));
  if (given != wanted) {
    const Refusal refusal{Refused::invalid, respond_.say("phrase_wrong"), "words"};
    if (ask.wants_json) return refusal;
    return phrase_page(host, &refusal);
  }
  uses_.database.write([&](db::Tx& tx) { uses_.setup.confirm_phrase(tx); });
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/host/recovery-phrase");
}

http::Response EntrancePages::invitations_page(const Member& member, const std::string& new_url,
                                               const Refusal* problem) const {
  html::Values values;
  show_problem(values, problem, {{"circle"}});
  values.set_in("NEW_INVITATION", "INVITATION_URL", new_url);
  const auto person =
      uses_.database.read([&](db::Reader& reader) { return People::find(reader, member.person()); });
  const auto listed = uses_.database.read(
      [&](db::Reader& reader) { return uses_.invitations.list(reader, member.person()); });
  for (const ListedInvitation& invitation : listed) {
    html::Values& row = values.add("INVITATION");
    const std::string until = respond_.day(invitation.expires);
    row.set("INVITATION_STANDING",
            invitation.used ? respond_.say("invitation_used", {{"name", invitation.used_by.value_or("")}})
                            : respond_.say("invitation_open", {{"until", until}}));
    if (!invitation.used) row.add("OPEN_INVITATION").set("INVITATION_ID", invitation.id.text());
  }
  if (person && uses_.invitations.may_invite(*person)) {
    html::Values& form = values.add("MAY_INVITE");
    auto circles = uses_.circles.of_owner(member.person());
    respond_.sort_by_name(circles, &Circle::name);
    for (const Circle& circle : circles) {
      form.add("CIRCLE_CHOICE").set("CIRCLE_ID", circle.id.text()).set("CIRCLE_NAME", circle.name);
    }
  }
  return respond_.page("invitations", values,
                       {.title = respond_.say("invitations"), .signed_in = member.signed_in()},
                       status_of(problem));
}

http::Response EntrancePages::invitations(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return invitations_page(member, "", nullptr);
  boost::json::array list;
  const auto listed = uses_.database.read(
      [&](db::Reader& reader) { return uses_.invitations.list(reader, member.person()); });
  for (const ListedInvitation& invitation : listed) {
    list.push_back({{"id", invitation.id.text()},
                    {"created", time_text(invitation.created)},
                    {"expires", time_text(invitation.expires)},
                    {"used", invitation.used}});
  }
  return respond_.json({{"invitations", std::move(list)}});
}

Result<std::optional<CircleId>> EntrancePages::circle_of(db::Reader& reader, PersonId owner,
                                                         const std::string& text) const {
  if (text.empty()) return std::optional<CircleId>();
  const auto id = PublicId::parse(text);
  const auto circle = id ? Circles::find(reader, owner, *id) : std::nullopt;
  if (!circle) return Refusal{Refused::invalid, respond_.say("no_such_circle"), "circle"};
  return std::optional(circle->row);
}

Result<http::Response> EntrancePages::invite(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, invite_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto made = uses_.database.write([&](db::Tx& tx) -> Result<CreatedInvitation> {
    const auto circle = circle_of(tx, member.person(), typed->text_or_empty("circle"));
    if (circle.refused()) return circle.refusal();
    return uses_.invitations.create(tx, {.by = member.person(), .circle = *circle});
  });
  if (made.refused()) {
    if (ask.wants_json) return made.refusal();
    return invitations_page(member, "", &made.refusal());
  }
  const std::string url = uses_.origin + "/invitation/" + made->secret;
  if (!ask.wants_json) return invitations_page(member, url, nullptr);
  return respond_.json({{"id", made->id.text()}, {"url", url}, {"expires", time_text(made->expires)}}, 201);
}

Result<http::Response> EntrancePages::revoke(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  const bool revoked = id && uses_.database.write([&](db::Tx& tx) {
    return uses_.invitations.revoke(tx, member.person(), *id);
  });
  if (!revoked) return respond_.not_here();
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/invitations");
}

http::Response EntrancePages::invitation_page(const OpenInvitation& invitation, const Input& typed,
                                              const Refusal* problem) const {
  html::Values values;
  values.set("INVITATION_HEADING", invitation.by ? respond_.say("invitation_by", {{"name", *invitation.by}})
                                                 : respond_.say("invitation_here"));
  values.set("FORM_NAME", typed.text_or_empty("name"))
      .set("FORM_DISPLAY_NAME", typed.text_or_empty("display_name"));
  show_problem(values, problem, {{"name"}, {"display_name"}, {"password"}});
  return respond_.page("invitation", values,
                       {.title = respond_.say("invitation_here"), .secret_address = true},
                       status_of(problem));
}

Result<http::Response> EntrancePages::invitation_form(Ask& ask, const Anyone&) const {
  const auto invitation = uses_.database.read(
      [&](db::Reader& reader) { return uses_.invitations.find(reader, ask.parameters[0]); });
  if (!invitation) return Refusal{Refused::gone, respond_.say("link_ended")};
  return invitation_page(*invitation, {}, nullptr);
}

// One transaction: the person, the invitation used up, the circle joined, the session.
Result<StartedSession> EntrancePages::join(Ask& ask, const Input& typed) const {
  const auto hash = uses_.passwords.hash(typed.text_or_empty("password"), typed.text_or_empty("name"));
  if (hash.refused()) return hash.refusal();
  return uses_.database.write([&](db::Tx& tx) -> Result<StartedSession> {
    const auto accepted = uses_.invitations.accept(tx, ask.parameters[0], typed.text_or_empty("name"),
                                                   typed.text_or_empty("display_name"), *hash);
    if (accepted.refused()) return accepted.refusal();
    if (accepted->circle) uses_.circles.admit(tx, *accepted->circle, accepted->person);
    return uses_.sessions.start(tx, accepted->person, client_of(ask));
  });
}

Result<http::Response> EntrancePages::accept(Ask& ask, const Anyone&) const {
  const auto invitation = uses_.database.read(
      [&](db::Reader& reader) { return uses_.invitations.find(reader, ask.parameters[0]); });
  if (!invitation) return Refusal{Refused::gone, respond_.say("link_ended")};
  const auto typed = read_input(ask.request, person_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto session = join(ask, *typed);
  if (session.refused()) {
    if (ask.wants_json || session.refusal().kind == Refused::gone) return session.refusal();
    return invitation_page(*invitation, *typed, &session.refusal());
  }
  return with_session(respond_, ask, *session, "/");
}

}  // namespace keepsake::web
