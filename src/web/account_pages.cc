#include "web/account_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include "web/bodies.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 64 * 1024;

constexpr std::pair<std::string_view, std::string_view> things_and_addresses[] = {
    {"stories", "/"},
    {"photos", "/photos"},
    {"albums", "/albums"},
    {"circles", "/circles"},
    {"links", "/links"},
    {"invitations", "/invitations"},
    {"trash", "/trash"},
    {"account", "/account"},
    {"sessions", "/account/sessions"},
    {"second_step", "/account/second-step"},
    {"passkeys", "/account/passkeys"},
    {"recovery_codes", "/account/recovery-codes"},
    {"tokens", "/account/tokens"},
    {"blocks", "/blocks"},
};

constexpr std::string_view event_prefix = "event_";

std::string_view word_of(AccountEvent event) {
  switch (event) {
    case AccountEvent::created:
      return "event_created";
    case AccountEvent::password_changed:
      return "event_password_changed";
    case AccountEvent::recovery_codes_made:
      return "event_codes_made";
    case AccountEvent::recovery_code_used:
      return "event_code_used";
    case AccountEvent::recovery_link_made:
      return "event_link_made";
    case AccountEvent::recovery_link_used:
      return "event_link_used";
    case AccountEvent::token_made:
      return "event_token_made";
    case AccountEvent::token_revoked:
      return "event_token_revoked";
    case AccountEvent::second_step_on:
      return "event_second_step_on";
    case AccountEvent::second_step_off:
      return "event_second_step_off";
    case AccountEvent::second_step_taken:
      return "event_second_step_taken";
    case AccountEvent::code_instead:
      return "event_code_instead";
    case AccountEvent::passkey_added:
      return "event_passkey_added";
    case AccountEvent::passkey_removed:
      return "event_passkey_removed";
    case AccountEvent::passkey_copied:
      return "event_passkey_copied";
    case AccountEvent::new_device:
      return "event_new_device";
    case AccountEvent::suspended:
      return "event_suspended";
    case AccountEvent::restored:
      return "event_restored";
  }
  return "event_created";
}

}  // namespace

const AccountPages::Place AccountPages::account{&AccountPages::account_page, "/account"};
const AccountPages::Place AccountPages::sessions_place{&AccountPages::sessions_page, "/account/sessions"};
const AccountPages::Place AccountPages::codes_place{&AccountPages::codes_page, "/account/recovery-codes"};
const AccountPages::Place AccountPages::tokens_place{&AccountPages::tokens_page, "/account/tokens"};
const AccountPages::Place AccountPages::blocks_place{&AccountPages::blocks_page, "/blocks"};

http::Response AccountPages::respond(std::string_view name, std::string_view title, html::Values& values,
                                     const Member& member, const Shown& shown) const {
  values.set_in("SAID", "SAID_SENTENCE", shown.said);
  if (shown.problem) show_problem(values, shown.problem, {{shown.problem->field, shown.element}});
  return respond_.page(name, values, {.title = respond_.say(title), .signed_in = member.signed_in()},
                       status_of(shown.problem));
}

void AccountPages::fill_languages(html::Values& values, const Member& member) const {
  for (const std::string_view tag : respond_.languages().tags()) {
    values.add("LANGUAGE_OPTION")
        .set("OPTION_TAG", tag)
        .set("OPTION_CALLED", respond_.languages().called(tag))
        .show_if(tag == member.self().language, "OPTION_CHOSEN");
  }
}

http::Response AccountPages::account_page(const Member& member, const Shown& shown) const {
  html::Values values;
  fill_languages(values, member);
  uses_.database.read([&](db::Reader& reader) {
    const auto person = People::find(reader, member.person());
    values.set("FORM_DISPLAY_NAME", shown.display_name.value_or(person ? person->display_name : ""));
    for (const RecordedEvent& event : People::events(reader, member.person())) {
      values.add("EVENT").set("EVENT_TEXT",
                              respond_.say(word_of(event.event), {{"day", respond_.day(event.at)}}));
    }
  });
  return respond("account", "account", values, member, shown);
}

// "Firefox on Android", as sessions keep it (device_label).
std::string AccountPages::device_said(const std::string& label) const {
  const std::size_t on = label.find(" on ");
  std::string browser = label.substr(0, on);
  if (browser == "a browser") browser = respond_.say("device_browser");
  if (on == label.npos) return browser;
  return respond_.say("device_on", {{"browser", browser}, {"system", label.substr(on + 4)}});
}

http::Response AccountPages::sessions_page(const Member& member, const Shown& shown) const {
  html::Values values;
  const auto sessions =
      uses_.database.read([&](db::Reader& reader) { return uses_.sessions.list(reader, member.person()); });
  for (const SessionListed& session : sessions) {
    html::Values& row = values.add("SESSION");
    row.set("SESSION_LABEL", device_said(session.label));
    row.set("SESSION_SEEN", respond_.say("session_seen", {{"day", respond_.day(session.last_seen)}}));
    const std::string_view since = session.on_new_device ? "session_first" : "session_since";
    row.set("SESSION_SINCE", respond_.say(since, {{"day", respond_.day(session.created)}}));
    if (member.self().session == session.id) {
      row.show("THIS_SESSION");
    } else {
      row.add("OTHER_SESSION").set("SESSION_ID", session.id.text());
    }
  }
  return respond("sessions", "sessions", values, member, shown);
}

http::Response AccountPages::codes_page(const Member& member, const Shown& shown) const {
  html::Values values;
  const std::int64_t left =
      uses_.database.read([&](db::Reader& reader) { return Recovery::codes_left(reader, member.person()); });
  values.set("CODES_LEFT", respond_.say("codes_left", {{"number", left}}));
  if (!shown.codes.empty()) {
    html::Values& codes = values.add("NEW_CODES");
    for (const std::string& code : shown.codes) codes.add("CODE").set("CODE_TEXT", code);
  }
  return respond("codes", "recovery_codes", values, member, shown);
}

http::Response AccountPages::tokens_page(const Member& member, const Shown& shown) const {
  html::Values values;
  values.set_in("NEW_TOKEN", "TOKEN_TEXT", shown.token);
  const auto tokens =
      uses_.database.read([&](db::Reader& reader) { return uses_.tokens.list(reader, member.person()); });
  for (const TokenListed& token : tokens) {
    const std::string used = token.last_used
                                 ? respond_.say("token_used", {{"day", respond_.day(*token.last_used)}})
                                 : respond_.say("token_unused");
    values.add("TOKEN")
        .set("TOKEN_ID", token.id.text())
        .set("TOKEN_LABEL", token.label)
        .set("TOKEN_USED", used);
  }
  return respond("tokens", "tokens", values, member, shown);
}

http::Response AccountPages::blocks_page(const Member& member, const Shown& shown) const {
  html::Values values;
  auto people = uses_.blocks.of(member.person());
  respond_.sort_by_name(people, &BlockedPerson::display_name);
  for (const BlockedPerson& blocked : people) {
    values.add("BLOCKED").set("BLOCKED_NAME", blocked.name).set("BLOCKED_DISPLAY_NAME", blocked.display_name);
  }
  return respond("blocks", "blocks", values, member, shown);
}

Result<http::Response> AccountPages::done(Ask& ask, const Member& member, const Place& place,
                                          const Refusal* problem, std::string_view element) const {
  if (problem && ask.wants_json) return *problem;
  if (problem) return (this->*place.page)(member, {.problem = problem, .element = element});
  return ask.wants_json ? respond_.nothing() : respond_.see_other(place.address);
}

http::Response AccountPages::things(Ask& ask, const Member& member) const {
  if (ask.wants_json) {
    json::object pages;
    for (const auto& [name, address] : things_and_addresses) pages[name] = address;
    return respond_.json({{"name", member.self().name}, {"pages", std::move(pages)}});
  }
  html::Values values;
  values.set("SIGNED_IN_AS", respond_.say("signed_in_as", {{"name", member.self().display_name}}));
  values.show_if(member.self().host, "IS_HOST");
  return respond_.page("things", values, {.title = respond_.say("things"), .signed_in = member.signed_in()});
}

http::Response AccountPages::show(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return account_page(member, {});
  json::array events;
  const auto recorded =
      uses_.database.read([&](db::Reader& reader) { return People::events(reader, member.person()); });
  for (const RecordedEvent& event : recorded)
    events.push_back(
        {{"event", word_of(event.event).substr(event_prefix.size())}, {"at", time_text(event.at)}});
  return respond_.json({{"name", member.self().name},
                        {"display_name", member.self().display_name},
                        {"host", member.self().host},
                        {"language", member.self().language},
                        {"events", std::move(events)}});
}

Result<http::Response> AccountPages::set_profile(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, profile_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto outcome = uses_.people.set_display_name(member.person(), typed->text_or_empty("display_name"));
  if (outcome.refused() && !ask.wants_json) {
    return account_page(member, {.problem = &outcome.refusal(),
                                 .element = "display_name",
                                 .display_name = typed->text("display_name")});
  }
  return done(ask, member, account, outcome.refused() ? &outcome.refusal() : nullptr);
}

Result<http::Response> AccountPages::set_password(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, password_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto outcome = uses_.people.change_password(member.person(), typed->text_or_empty("present"),
                                                    typed->text_or_empty("new"), member.self().session);
  if (outcome.refused()) {
    const bool present = outcome.refusal().field == "present";
    return done(ask, member, account, &outcome.refusal(), present ? "present" : "new");
  }
  if (ask.wants_json) return respond_.nothing();
  return account_page(member, {.said = respond_.say("password_changed")});
}

http::Response AccountPages::sessions(Ask& ask, const Member& member) const {
  // Whoever sees this list has been shown what the line above other pages was about.
  if (member.self().news) {
    uses_.database.write(
        [&](db::Tx& tx) { uses_.sessions.notice(tx, member.person(), *member.self().session); });
  }
  if (!ask.wants_json) return sessions_page(member, {});
  json::array list;
  const auto sessions =
      uses_.database.read([&](db::Reader& reader) { return uses_.sessions.list(reader, member.person()); });
  for (const SessionListed& session : sessions) {
    list.push_back({{"id", session.id.text()},
                    {"label", session.label},
                    {"created", time_text(session.created)},
                    {"last_seen", time_text(session.last_seen)},
                    {"new_device", session.on_new_device},
                    {"this", member.self().session == session.id}});
  }
  return respond_.json({{"sessions", std::move(list)}});
}

Result<http::Response> AccountPages::revoke_session(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  const bool revoked =
      id && uses_.database.write([&](db::Tx& tx) { return uses_.sessions.revoke(tx, member.person(), *id); });
  if (!revoked) return respond_.not_here();
  return done(ask, member, sessions_place, nullptr);
}

http::Response AccountPages::revoke_other_sessions(Ask& ask, const Member& member) const {
  uses_.database.write(
      [&](db::Tx& tx) { return uses_.sessions.revoke_all(tx, member.person(), member.self().session); });
  if (ask.wants_json) return respond_.nothing();
  return sessions_page(member, {.said = respond_.say("signed_out_elsewhere")});
}

http::Response AccountPages::codes(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return codes_page(member, {});
  const int left =
      uses_.database.read([&](db::Reader& reader) { return Recovery::codes_left(reader, member.person()); });
  return respond_.json({{"left", left}});
}

Result<http::Response> AccountPages::make_codes(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, present_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) return done(ask, member, codes_place, &fits.refusal(), "codes-password");
  const auto codes =
      uses_.database.write([&](db::Tx& tx) { return uses_.recovery.make_codes(tx, member.person()); });
  if (!ask.wants_json) return codes_page(member, {.codes = codes});
  return respond_.json({{"codes", json::array(codes.begin(), codes.end())}}, 201);
}

http::Response AccountPages::tokens(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return tokens_page(member, {});
  json::array list;
  const auto tokens =
      uses_.database.read([&](db::Reader& reader) { return uses_.tokens.list(reader, member.person()); });
  for (const TokenListed& token : tokens) {
    json::object object{
        {"id", token.id.text()}, {"label", token.label}, {"created", time_text(token.created)}};
    if (token.last_used) object["last_used"] = time_text(*token.last_used);
    list.push_back(std::move(object));
  }
  return respond_.json({{"tokens", std::move(list)}});
}

Result<http::Response> AccountPages::make_token(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, token_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto token = uses_.database.write(
      [&](db::Tx& tx) { return uses_.tokens.create(tx, member.person(), typed->text_or_empty("label")); });
  if (token.refused()) return done(ask, member, tokens_place, &token.refusal(), "label");
  if (!ask.wants_json) return tokens_page(member, {.token = token->text});
  return respond_.json({{"id", token->id.text()}, {"token", token->text}}, 201);
}

Result<http::Response> AccountPages::revoke_token(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  const bool revoked =
      id && uses_.database.write([&](db::Tx& tx) { return uses_.tokens.revoke(tx, member.person(), *id); });
  if (!revoked) return respond_.not_here();
  return done(ask, member, tokens_place, nullptr);
}

http::Response AccountPages::blocks(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return blocks_page(member, {});
  json::array list;
  for (const BlockedPerson& blocked : uses_.blocks.of(member.person())) {
    list.push_back({{"name", blocked.name},
                    {"display_name", blocked.display_name},
                    {"since", time_text(blocked.since)}});
  }
  return respond_.json({{"blocks", std::move(list)}});
}

Result<http::Response> AccountPages::block(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, block_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto outcome = uses_.blocks.block(member.person(), typed_name(typed->text_or_empty("name")));
  return done(ask, member, blocks_place, outcome.refused() ? &outcome.refusal() : nullptr, "block");
}

Result<http::Response> AccountPages::block_named(Ask& ask, const Member& member) const {
  const auto outcome = uses_.blocks.block(member.person(), ask.parameters[0]);
  return done(ask, member, blocks_place, outcome.refused() ? &outcome.refusal() : nullptr);
}

Result<http::Response> AccountPages::unblock(Ask& ask, const Member& member) const {
  const auto outcome = uses_.blocks.unblock(member.person(), ask.parameters[0]);
  return done(ask, member, blocks_place, outcome.refused() ? &outcome.refusal() : nullptr);
}

}  // namespace keepsake::web
