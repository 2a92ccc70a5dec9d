#include "web/respond.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "web/speaking.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::string_view varies = "Accept, Cookie, Authorization";
constexpr std::string_view varies_in_language = "Accept, Accept-Language, Cookie, Authorization";
// What is hidden takes a little longer to refuse than what never was: rows are found and read. Beside this it
// cannot be seen.
constexpr std::chrono::milliseconds pace_of_absence(5);
constexpr std::string_view content_policy =
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

// `language` of the words in it, or empty where it has none of ours.
http::Response made(int status, std::string_view type, std::string body, std::string_view language = {}) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Vary", language.empty() ? varies : varies_in_language);
  if (!language.empty()) response.headers.add("Content-Language", language);
  add_shield_headers(response.headers);
  response.body = std::move(body);
  return response;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 460:
      return "Checksum Mismatch";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return status < 500 ? "Bad Request" : "Internal Server Error";
  }
}

// The word that names a status: error_404, or the general one of its class.
std::string word_of(const html::Words& words, int status) {
  const std::string own = "error_" + std::to_string(status);
  if (words.has(own)) return own;
  return status < 500 ? "error_400" : "error_500";
}

// The title is the status's own phrase, which may be localized (RFC 9457 section 4.2.1).
http::Response problem(const html::Words& words, int status, std::string_view detail, std::string_view field,
                       std::string_view reference) {
  const std::string title =
      words.language() == "en" ? std::string(title_of(status)) : words.say(word_of(words, status));
  json::object body{{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  if (!field.empty()) body["field"] = field;
  if (!reference.empty()) body["reference"] = reference;
  return made(status, "application/problem+json", json::serialize(body), words.language());
}

// "codes-password" -> "BAD_CODES_PASSWORD"
std::string bad_section(std::string_view element) {
  std::string section = "BAD_";
  for (const char c : element) section += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : '_';
  return section;
}

}  // namespace

int status_of(Refused kind) {
  switch (kind) {
    case Refused::invalid:
      return 422;
    case Refused::malformed:
      return 400;
    case Refused::sign_in:
      return 401;
    case Refused::forbidden:
      return 403;
    case Refused::not_found:
      return 404;
    case Refused::conflict:
      return 409;
    case Refused::gone:
      return 410;
    case Refused::too_large:
      return 413;
    case Refused::unsupported:
      return 415;
    case Refused::too_many:
      return 429;
    case Refused::unavailable:
      return 503;
    case Refused::no_room:
      return 507;
    case Refused::corrupted:
      return 460;
  }
  return 500;
}

int status_of(const Refusal* problem) {
  return problem ? status_of(problem->kind) : 200;
}

void show_bad_field(html::Values& row, const Refusal& problem, std::string_view element) {
  row.add(bad_section(element)).set("BAD_SENTENCE", spoken(problem));
}

void say_problem(html::Values& values, const Refusal& problem, std::string_view element) {
  html::Values& said = values.add("PROBLEM").add(element.empty() ? "AT_NO_FIELD" : "AT_FIELD");
  said.set("PROBLEM_SENTENCE", spoken(problem));
  if (!element.empty()) said.set("FIELD_ELEMENT", element);
}

void show_problem(html::Values& values, const Refusal* problem, std::span<const FormField> fields) {
  if (!problem) return;
  const auto named = std::find_if(fields.begin(), fields.end(), [&](const FormField& field) {
    return !problem->field.empty() && field.name == problem->field;
  });
  if (named == fields.end()) return say_problem(values, *problem, {});
  const std::string_view element = named->element.empty() ? named->name : named->element;
  say_problem(values, *problem, element);
  show_bad_field(values, *problem, element);
}

void add_private_file_headers(http::Headers& headers) {
  headers.add("Accept-Ranges", "bytes");
  headers.add("Cache-Control", "private, no-cache");
  headers.add("Vary", "Accept, Cookie, Authorization");
  headers.add("X-Robots-Tag", "noindex");
  headers.add("Referrer-Policy", "same-origin");
  add_shield_headers(headers);
}

void add_shield_headers(http::Headers& headers) {
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Content-Security-Policy", content_policy);
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
  headers.add("Cross-Origin-Resource-Policy", "same-origin");
  headers.add("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

void open_to_all_origins(http::Headers& headers) {
  headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  headers.add("Access-Control-Allow-Origin", "*");
}

const html::Words& Respond::words() const {
  const Speaking* speaking = Speaking::now();
  return speaking ? speaking->words() : languages_.english();
}

// What every page ends with: the list of languages, and how these words were made. A page that answers a form
// has no list: going on from it would lose what was typed.
void Respond::fill_foot(html::Values& values, const Frame& frame) const {
  values.show_if(words().head().machine_made, "MACHINE_MADE");
  const Speaking* speaking = Speaking::now();
  const bool read = speaking && (speaking->request().method == http::Method::get ||
                                 speaking->request().method == http::Method::head);
  if (!read) return;
  html::Values& list = values.add("LANGUAGE_LIST");
  // Browsers tell where a form stood, but not for addresses that are secrets.
  if (frame.secret_address) list.add("WAY_BACK").set("WAY_BACK_ADDRESS", speaking->request().path);
  for (const std::string_view tag : languages_.tags()) {
    list.add("LANGUAGE_CHOICE")
        .set("LANGUAGE_TAG", tag)
        .set("LANGUAGE_DIR", html::direction_of(tag))
        .set("LANGUAGE_CALLED", languages_.called(tag))
        .show_if(tag == words().language(), "LANGUAGE_NOW");
  }
}

std::string Respond::text(std::string_view name, const html::Values& values, const Frame& frame) const {
  html::Values all = values;
  all.set("TITLE", frame.title);
  all.show_if(!frame.for_search_engines, "NOINDEX");
  all.show(frame.signed_in ? "SIGNED_IN" : "SIGNED_OUT");
  all.show_if(frame.signed_in && frame.signed_in->news, "NEWS");
  fill_foot(all, frame);
  return pages_.render(name, all, words());
}

http::Response Respond::page(std::string_view name, const html::Values& values, const Frame& frame,
                             int status) const {
  http::Response response =
      made(status, "text/html; charset=utf-8", text(name, values, frame), words().language());
  response.headers.add("Referrer-Policy", frame.secret_address ? "no-referrer" : "same-origin");
  if (!frame.for_search_engines) response.headers.add("X-Robots-Tag", "noindex");
  return response;
}

http::Response Respond::json(const json::value& value, int status) const {
  http::Response response = made(status, "application/json", json::serialize(value));
  response.headers.add("Referrer-Policy", "same-origin");
  response.headers.add("X-Robots-Tag", "noindex");
  return response;
}

http::Response Respond::see_other(std::string_view location) const {
  http::Response response = made(303, "text/plain; charset=utf-8", std::string());
  response.headers.add("Location", location);
  response.headers.add("Referrer-Policy", "same-origin");
  return response;
}

http::Response Respond::nothing() const {
  http::Response response;
  response.status = 204;
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Vary", varies);
  return response;
}

http::Response Respond::error_page(int status, std::string_view sentence, std::string_view reference,
                                   const std::optional<SignedIn>& signed_in) const {
  html::Values values;
  const std::string heading = say(word_of(words(), status));
  values.set("HEADING", heading);
  values.set_in("HAS_SENTENCE", "SENTENCE", sentence);
  values.set_in("HAS_REFERENCE", "REFERENCE", reference);
  values.show_if(status == 401, "MAY_SIGN_IN");
  return page("error", values, {.title = heading, .signed_in = signed_in}, status);
}

http::Response Respond::refusal(bool wants_json, const Refusal& refusal,
                                const std::optional<SignedIn>& signed_in) const {
  const int status = status_of(refusal.kind);
  const std::string sentence = spoken(refusal);
  http::Response response = wants_json ? problem(words(), status, sentence, refusal.field, {})
                                       : error_page(status, sentence, {}, signed_in);
  if (status == 404 || status == 410) response.pace = pace_of_absence;
  if (status == 401) response.headers.add("WWW-Authenticate", "Bearer realm=\"Keepsake\"");
  if (status == 429 || status == 503) response.headers.add("Retry-After", "30");
  return response;
}

http::Response Respond::failure(bool wants_json, int status, std::string_view reference) const {
  const std::string sentence = say(word_of(words(), status) + "_sentence");
  return wants_json ? problem(words(), status, sentence, {}, reference)
                    : error_page(status, sentence, reference, {});
}

}  // namespace keepsake::web
