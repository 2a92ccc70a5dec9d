#include "web/passkey_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "web/bodies.h"
#include "web/passkey_json.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::uint64_t most_form_bytes = 64 * 1024;

}  // namespace

void PasskeyPages::fill_list(html::Values& values, const std::vector<ListedPasskey>& passkeys) const {
  for (const ListedPasskey& passkey : passkeys) {
    const std::string used = passkey.last_used
                                 ? respond_.say("token_used", {{"day", respond_.day(*passkey.last_used)}})
                                 : respond_.say("token_unused");
    values.add("PASSKEY")
        .set("PASSKEY_ID", passkey.id.text())
        .set("PASSKEY_LABEL", passkey.label)
        .set("PASSKEY_USED", used);
  }
}

http::Response PasskeyPages::page(const Member& member, const Refusal* problem,
                                  std::string_view element) const {
  html::Values values;
  values.show(uses_.passkeys.offered() ? "OFFERED" : "NOT_OFFERED");
  uses_.database.read([&](db::Reader& reader) {
    const auto passkeys = uses_.passkeys.list(reader, member.person());
    fill_list(values, passkeys);
    if (passkeys.empty()) return;
    values.add("AFTER_PASSWORD").show(Passkeys::is_asked(reader, member.person()) ? "ASKED" : "NOT_ASKED");
  });
  if (problem) show_problem(values, problem, {{problem->field, element}});
  return respond_.page("passkeys", values,
                       {.title = respond_.say("passkeys"), .signed_in = member.signed_in()},
                       status_of(problem));
}

Result<http::Response> PasskeyPages::refused(const Ask& ask, const Member& member, const Refusal& refusal,
                                             std::string_view element) const {
  if (ask.wants_json) return refusal;
  Refusal shown = refusal;
  if (element.empty()) shown.field.clear();
  return page(member, &shown, element);
}

http::Response PasskeyPages::done(const Ask& ask) const {
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/account/passkeys");
}

http::Response PasskeyPages::show(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return page(member);
  return uses_.database.read([&](db::Reader& reader) {
    json::array list;
    for (const ListedPasskey& passkey : uses_.passkeys.list(reader, member.person())) {
      json::object object{
          {"id", passkey.id.text()}, {"label", passkey.label}, {"created", time_text(passkey.created)}};
      if (passkey.last_used) object["last_used"] = time_text(*passkey.last_used);
      list.push_back(std::move(object));
    }
    return respond_.json({{"offered", uses_.passkeys.offered()},
                          {"after_password", Passkeys::is_asked(reader, member.person())},
                          {"passkeys", std::move(list)}});
  });
}

Result<http::Response> PasskeyPages::begin(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, present_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  if (!uses_.passkeys.offered()) return respond_.not_here();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) return fits.refusal();
  const auto request = uses_.passkeys.begin(member.person());
  if (request.refused()) return request.refusal();
  return respond_.json(creation_options(*request, uses_.passkeys.house(), member.self()));
}

Result<http::Response> PasskeyPages::add(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, passkey_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto added = uses_.passkeys.add(member.person(), typed->text_or_empty("label"),
                                        bytes_in(*typed, "client_data"), bytes_in(*typed, "attestation"));
  if (added.refused())
    return refused(ask, member, added.refusal(), added.refusal().field.empty() ? "" : "passkey-label");
  if (!ask.wants_json) return done(ask);
  return respond_.json({{"id", added->text()}}, 201);
}

// Whether there is such a passkey is said before anything of the body is.
Result<http::Response> PasskeyPages::remove(Ask& ask, const Member& member) const {
  const auto id = ask.id();
  const bool there = uses_.database.read([&](db::Reader& reader) {
    const auto own = uses_.passkeys.list(reader, member.person());
    return id && std::any_of(own.begin(), own.end(), [&](const auto& one) { return one.id == *id; });
  });
  if (!there) return respond_.not_here();
  const auto typed = read_input(ask.request, present_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) return refused(ask, member, fits.refusal());
  uses_.database.write([&](db::Tx& tx) { return uses_.passkeys.remove(tx, member.person(), *id); });
  return done(ask);
}

Result<http::Response> PasskeyPages::ask_after_password(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, after_password_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) return refused(ask, member, fits.refusal(), "present");
  const auto outcome = uses_.database.write([&](db::Tx& tx) {
    return uses_.passkeys.ask_after_password(tx, member.person(), typed->boolean("asked").value_or(false));
  });
  if (outcome.refused()) return refused(ask, member, outcome.refusal());
  return done(ask);
}

}  // namespace keepsake::web
