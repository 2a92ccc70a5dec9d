#include "web/second_step_pages.h"

#include <boost/json/object.hpp>

#include "http/url.h"
#include "person/totp.h"
#include "web/bodies.h"
#include "web/qr_code.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::string_view address = "/account/second-step";

// For the eye: groups of four.
std::string in_groups(const std::string& letters) {
  std::string text;
  for (std::size_t at = 0; at < letters.size(); at += 4)
    text.append(at == 0 ? "" : " ").append(letters, at, 4);
  return text;
}

}  // namespace

std::string SecondStepPages::key_uri(const Member& member, const Bytes& secret) const {
  const std::string house = http::percent_encode(uses_.origin.substr(uses_.origin.find("//") + 2));
  return "otpauth://totp/" + house + ":" + member.self().name + "?secret=" + totp::secret_text(secret) +
         "&issuer=" + house;
}

void SecondStepPages::fill_secret(html::Values& values, const Member& member, const Bytes& secret) const {
  const QrCode code = qr_code(key_uri(member, secret));
  values.add("NEW_SECRET")
      .set("SECRET_LETTERS", in_groups(totp::secret_text(secret)))
      .set("QR_SIDE", code.side)
      .set("QR_PATH", code.path);
}

http::Response SecondStepPages::page(const Member& member, const Shown& shown) const {
  html::Values values;
  if (!shown.secret.empty()) fill_secret(values, member, shown.secret);
  const auto standing = uses_.database.read(
      [&](db::Reader& reader) { return uses_.second_step.standing(reader, member.person()); });
  if (standing.since) {
    values.add("ON").set("ON_SINCE",
                         respond_.say("second_step_on", {{"day", respond_.day(*standing.since)}}));
  } else {
    values.show("OFF");
    if (standing.begun) values.show("BEGUN");
    values.show_if(standing.begun && shown.secret.empty(), "BEGUN_BEFORE");
    values.show(standing.begun ? "AGAIN" : "FIRST");
  }
  if (shown.problem) show_problem(values, shown.problem, {{shown.problem->field, shown.element}});
  return respond_.page("second_step", values,
                       {.title = respond_.say("second_step"), .signed_in = member.signed_in()},
                       status_of(shown.problem));
}

http::Response SecondStepPages::done(const Ask& ask) const {
  return ask.wants_json ? respond_.nothing() : respond_.see_other(address);
}

http::Response SecondStepPages::show(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return page(member, {});
  const auto standing = uses_.database.read(
      [&](db::Reader& reader) { return uses_.second_step.standing(reader, member.person()); });
  json::object said{{"on", standing.since.has_value()}};
  if (standing.since) said["since"] = time_text(*standing.since);
  return respond_.json(std::move(said));
}

Result<http::Response> SecondStepPages::begin(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, present_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) {
    if (ask.wants_json) return fits.refusal();
    return page(member, {.problem = &fits.refusal(), .element = "present"});
  }
  const auto secret =
      uses_.database.write([&](db::Tx& tx) { return uses_.second_step.begin(tx, member.person()); });
  if (secret.refused()) {
    if (ask.wants_json) return secret.refusal();
    return page(member, {.problem = &secret.refusal()});
  }
  if (!ask.wants_json) return page(member, {.secret = *secret});
  return respond_.json({{"secret", totp::secret_text(*secret)}, {"uri", key_uri(member, *secret)}}, 201);
}

Result<http::Response> SecondStepPages::confirm(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, confirm_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto outcome = uses_.second_step.confirm(member.person(), typed->text_or_empty("code"));
  if (!outcome.refused()) return done(ask);
  if (ask.wants_json) return outcome.refusal();
  return page(member, {.problem = &outcome.refusal(), .element = "code"});
}

Result<http::Response> SecondStepPages::remove(Ask& ask, const Member& member) const {
  const auto typed = read_input(ask.request, present_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto fits = uses_.people.check_password(member.person(), typed->text_or_empty("present"));
  if (fits.refused()) {
    if (ask.wants_json) return fits.refusal();
    return page(member, {.problem = &fits.refusal(), .element = "present"});
  }
  uses_.database.write(
      [&](db::Tx& tx) { uses_.second_step.remove(tx, member.person(), AccountEvent::second_step_off); });
  return done(ask);
}

}  // namespace keepsake::web
