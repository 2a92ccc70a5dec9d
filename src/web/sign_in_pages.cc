#include "web/sign_in_pages.h"

#include <boost/json/object.hpp>

#include "http/url.h"
#include "web/bodies.h"
#include "web/passkey_json.h"
#include "web/way_back.h"

namespace keepsake::web {
namespace {

constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::uint64_t most_sign_in_bytes = most_form_bytes + CarriedForm::most_text;

bool is_shut_out(const Refusal& refusal) {
  return refusal.phrase.id == "refused_suspended" || refusal.phrase.id == "refused_removed";
}

// Days are written here, where the language is known.
Refusal with_day_said(const Respond& respond, Refusal refusal) {
  if (!is_shut_out(refusal)) return refusal;
  const Time day = std::chrono::sys_days(std::chrono::days(refusal.phrase.number));
  refusal.sentence = respond.say(refusal.phrase.id, {{"day", respond.day(day)}});
  refusal.phrase = {};
  return refusal;
}

}  // namespace

Client client_of(const Ask& ask) {
  return {ask.request.peer, std::string(ask.request.headers.find("User-Agent").value_or("")),
          cookie_of(ask.request, session_cookie), cookie_of(ask.request, device_cookie)};
}

http::Response with_session(const Respond& respond, Ask& ask, const StartedSession& session,
                            std::string_view location) {
  http::Response response =
      ask.wants_json ? respond.json({{"session", session.id.text()}}, 201) : respond.see_other(location);
  give_cookie(response, session_cookie, session.token, Sessions::in_all);
  give_cookie(response, device_cookie, session.device, Sessions::device_unused_for);
  return response;
}

http::Response SignInPages::sign_in_page(const Input& typed, const Refusal* problem, bool shut_out) const {
  html::Values values;
  values.set("FORM_NAME", typed.text_or_empty("name"))
      .set("THEN", place_of_ours(typed.text_or_empty("then")));
  const std::string carried = typed.text_or_empty("carried");
  if (const auto form = CarriedForm::parse(carried))
    values.add("CARRIED").set("CARRIED_TEXT", carried).show_if(form->had_files, "HAD_FILES");
  values.show_if(uses_.passkeys.offered(), "PASSKEYS");
  show_problem(values, problem);
  values.show_if(shut_out, "SHUT_OUT");
  return respond_.page("sign_in", values, {.title = respond_.say("sign_in")}, status_of(problem));
}

http::Response SignInPages::form(Ask& ask, const Reading& who) const {
  const auto query = http::parse_form(ask.request.query);
  Input typed;
  if (query) typed.set("then", std::string(http::find_field(*query, "then").value_or("/")));
  if (who.signed_in()) return respond_.see_other(place_of_ours(typed.text_or_empty("then")));
  return sign_in_page(typed, nullptr);
}

http::Response SignInPages::carrying(const CarriedForm& form) const {
  Input typed;
  typed.set("then", form.action);
  typed.set("carried", form.text());
  http::Response response = sign_in_page(typed, nullptr);
  response.status = 401;
  response.headers.add("WWW-Authenticate", "Bearer realm=\"Keepsake\"");
  return response;
}

http::Response SignInPages::code_page(const Input& typed, std::string_view ticket,
                                      const Refusal* problem) const {
  html::Values values;
  values.set("TICKET", ticket).set("THEN", place_of_ours(typed.text_or_empty("then")));
  const std::string carried = typed.text_or_empty("carried");
  if (CarriedForm::parse(carried)) values.add("CARRIED").set("CARRIED_TEXT", carried);
  const Steps steps = uses_.sign_in.steps(ticket).value_or(Steps{});
  values.show(steps.by_app ? "BY_APP" : "BY_PASSKEY");
  if (steps.by_passkey && uses_.passkeys.offered())
    values.show("PASSKEYS").show(steps.by_app ? "PASSKEY_BESIDE" : "PASSKEY_FIRST");
  show_problem(values, problem, {{"code"}});
  return respond_.page("sign_in_code", values, {.title = respond_.say("sign_in_code")}, status_of(problem));
}

// What was typed, to be sent once more by whoever has signed in.
http::Response SignInPages::give_back(const CarriedForm& form) const {
  html::Values values;
  values.set("CARRIED_ACTION", form.action);
  values.show_if(form.had_files, "HAD_FILES").show_if(form.look, "LOOK_FIRST");
  for (const auto& [name, value] : form.fields)
    values.add("CARRIED_FIELD").set("FIELD_NAME", name).set("FIELD_VALUE", value);
  return respond_.page("carried", values, {.title = respond_.say("carried_heading")});
}

Result<http::Response> SignInPages::sign_in(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, sign_in_fields, most_sign_in_bytes);
  if (typed.refused()) return typed.refusal();
  const auto entry = uses_.sign_in.with_password(typed->text_or_empty("name"),
                                                 typed->text_or_empty("password"), client_of(ask));
  if (!entry.refused()) return entered(ask, *entry, *typed);
  const Refusal refusal = with_day_said(respond_, entry.refusal());
  if (ask.wants_json) return refusal;
  return sign_in_page(*typed, &refusal, is_shut_out(entry.refusal()));
}

http::Response SignInPages::entered(Ask& ask, const Entry& entry, const Input& typed) const {
  if (entry.session) return with_session_and_form(ask, *entry.session, typed);
  if (ask.wants_json) return respond_.json({{"ticket", entry.ticket}}, 202);
  return code_page(typed, entry.ticket, nullptr);
}

Result<http::Response> SignInPages::second_step(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, sign_in_code_fields, most_sign_in_bytes);
  if (typed.refused()) return typed.refusal();
  const std::string ticket = typed->text_or_empty("ticket");
  const auto session = uses_.sign_in.with_code(ticket, typed->text_or_empty("code"), client_of(ask));
  if (!session.refused()) return with_session_and_form(ask, *session, *typed);
  if (ask.wants_json) return session.refusal();
  return back_to_step(*typed, session.refusal());
}

http::Response SignInPages::back_to_step(const Input& typed, const Refusal& problem) const {
  const std::string ticket = typed.text_or_empty("ticket");
  return uses_.sign_in.steps(ticket) ? code_page(typed, ticket, &problem) : sign_in_page(typed, &problem);
}

Result<http::Response> SignInPages::passkey_request(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, passkey_request_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  if (!uses_.passkeys.offered()) return respond_.not_here();
  const auto ticket = typed->text("ticket");
  const auto request = ticket ? uses_.sign_in.passkey_request(*ticket) : uses_.passkeys.request();
  if (!request) return Refusal{Refused::sign_in, "This took too long. Please sign in once more."};
  return respond_.json(request_options(*request, uses_.passkeys.house()));
}

Result<http::Response> SignInPages::passkey(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, passkey_sign_in_fields, most_sign_in_bytes);
  if (typed.refused()) return typed.refusal();
  const auto ticket = typed->text("ticket");
  const ShownPasskey shown = shown_passkey(*typed);
  const auto session = ticket ? uses_.sign_in.with_passkey(*ticket, shown, client_of(ask))
                              : uses_.sign_in.with_passkey(shown, client_of(ask));
  if (!session.refused()) return with_session_and_form(ask, *session, *typed);
  if (ask.wants_json) return session.refusal();
  return back_to_step(*typed, session.refusal());
}

http::Response SignInPages::with_session_and_form(Ask& ask, const StartedSession& session,
                                                  const Input& typed) const {
  http::Response response = with_session(respond_, ask, session, place_of_ours(typed.text_or_empty("then")));
  const auto form = ask.wants_json ? std::nullopt : CarriedForm::parse(typed.text_or_empty("carried"));
  if (!form) return response;
  http::Response back = give_back(*form);
  for (const http::Header& header : response.headers.all())
    if (header.name == "Set-Cookie") back.headers.add(header.name, header.value);
  return back;
}

http::Response SignInPages::sign_out(Ask& ask, const Anyone&) const {
  uses_.sessions.end(cookie_of(ask.request, session_cookie));
  http::Response response = ask.wants_json ? respond_.nothing() : respond_.see_other("/");
  take_cookie(response, session_cookie);
  // What pages kept on this device goes with the session (Clear Site Data, 2.1).
  response.headers.add("Clear-Site-Data", "\"storage\"");
  return response;
}

http::Response SignInPages::recover_page(const Input& typed, const Refusal* problem) const {
  html::Values values;
  values.set("FORM_NAME", typed.text_or_empty("name"));
  show_problem(values, problem, {{"password"}});
  return respond_.page("recover", values, {.title = respond_.say("recover")}, status_of(problem));
}

http::Response SignInPages::recover_form(Ask&, const Anyone&) const {
  return recover_page({}, nullptr);
}

Result<http::Response> SignInPages::recover(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, recover_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto person = uses_.recovery.use_code(typed->text_or_empty("name"), typed->text_or_empty("code"),
                                              typed->text_or_empty("password"), ask.request.peer);
  if (person.refused()) {
    if (ask.wants_json) return person.refusal();
    return recover_page(*typed, &person.refusal());
  }
  return signed_in_again(ask, *person);
}

http::Response SignInPages::reset_page(const Person& person, const Refusal* problem) const {
  html::Values values;
  values.set("RESET_FOR", respond_.say("reset_for", {{"name", person.display_name}}));
  show_problem(values, problem, {{"password"}});
  return respond_.page("reset", values, {.title = respond_.say("recover"), .secret_address = true},
                       status_of(problem));
}

Result<http::Response> SignInPages::reset_form(Ask& ask, const Anyone&) const {
  const auto person = uses_.database.read(
      [&](db::Reader& reader) { return uses_.recovery.find_link(reader, ask.parameters[0]); });
  if (!person) return Refusal{Refused::gone, respond_.say("reset_ended")};
  return reset_page(*person, nullptr);
}

Result<http::Response> SignInPages::reset(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, reset_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto person =
      uses_.recovery.use_link(ask.parameters[0], typed->text_or_empty("password"), ask.request.peer);
  if (!person.refused()) {
    return entered(ask, uses_.sign_in.after_link(*person, client_of(ask)), {});
  }
  const auto whose = uses_.database.read(
      [&](db::Reader& reader) { return uses_.recovery.find_link(reader, ask.parameters[0]); });
  if (ask.wants_json || !whose) return person.refusal();
  return reset_page(*whose, &person.refusal());
}

http::Response SignInPages::signed_in_again(Ask& ask, PersonId person) const {
  const auto session =
      uses_.database.write([&](db::Tx& tx) { return uses_.sessions.start(tx, person, client_of(ask)); });
  return with_session(respond_, ask, session, "/");
}

}  // namespace keepsake::web
