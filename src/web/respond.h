#pragma once
// How answers look on the wire: pages in their frame, JSON, redirections, problems; each with the headers
// that keep it from going further than it should.
#include <algorithm>
#include <boost/json/fwd.hpp>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "html/languages.h"
#include "html/pages.h"
#include "html/values.h"
#include "http/message.h"
#include "web/ask.h"
#include "web/guard.h"

namespace keepsake::web {

// What stands around a page.
struct Frame {
  std::string title;
  std::optional<SignedIn> signed_in = {};
  bool for_search_engines = false;  // public, and may be found
  bool secret_address = false;  // the address itself is a secret: it is sent nowhere, not even to this house
};

// A field of a form, and the id of its element where that is another.
struct FormField {
  std::string_view name;
  std::string_view element = {};
};

class Respond {
 public:
  // Both outlive this. Everything is said in the language that the thread speaks (web/speaking.h).
  Respond(const html::Pages& pages, const html::Languages& languages)
      : pages_(pages), languages_(languages) {}

  // A page for this viewer alone (no-store).
  http::Response page(std::string_view name, const html::Values& values, const Frame& frame,
                      int status = 200) const;
  // Its text alone.
  std::string text(std::string_view name, const html::Values& values, const Frame& frame) const;
  http::Response json(const boost::json::value& value, int status = 200) const;
  // 303: the browser gets what it finds there.
  http::Response see_other(std::string_view location) const;
  // 204 for programs.
  http::Response nothing() const;
  // Why not: a problem (RFC 9457) or a page with the sentence. The same for hidden and absent, to the byte.
  http::Response refusal(bool wants_json, const Refusal& refusal,
                         const std::optional<SignedIn>& signed_in = {}) const;
  // An error found before or beside any route, by its status.
  http::Response failure(bool wants_json, int status, std::string_view reference) const;

  // What hidden and absent have in common.
  Refusal not_here() const { return {Refused::not_found, languages_.english().say("error_404_sentence")}; }

  std::string say(std::string_view id, std::initializer_list<html::Filled> filled = {}) const {
    return words().say(id, filled);
  }
  // The day (UTC) as a reader of this language writes it: "22 November 2026".
  std::string day(Time time) const { return words().customs().day(time); }
  // "Mere, Tane and whoever has the link".
  std::string list(const std::vector<std::string>& parts) const { return words().customs().list(parts); }
  // By what `name_of` gives of each, in the order of this language.
  template <class T, class Name>
  void sort_by_name(std::vector<T>& things, const Name& name_of) const {
    const html::Customs& customs = words().customs();
    std::ranges::stable_sort(
        things, [&](std::string_view a, std::string_view b) { return customs.before(a, b); }, name_of);
  }
  const html::Words& words() const;
  const html::Languages& languages() const { return languages_; }

 private:
  void fill_foot(html::Values& values, const Frame& frame) const;
  http::Response error_page(int status, std::string_view sentence, std::string_view reference,
                            const std::optional<SignedIn>& signed_in) const;

  const html::Pages& pages_;
  const html::Languages& languages_;
};

int status_of(Refused kind);
// A form shown for the first time (no problem) is a 200; one that comes back carries the sentence.
int status_of(const Refusal* problem);
// Says the refusal at the top of the page (part PROBLEM) and, where it names one of these fields, at that one
// too: section BAD_ELEMENT ("BAD_CODES_PASSWORD") with BAD_SENTENCE.
void show_problem(html::Values& values, const Refusal* problem, std::span<const FormField> fields = {});
inline void show_problem(html::Values& values, const Refusal* problem,
                         std::initializer_list<FormField> fields) {
  show_problem(values, problem, std::span(fields.begin(), fields.size()));
}
// The two halves of it, for forms with rows: the sentence at the top, leading to an element, if any; and the
// mark at a field, whose section is named without the row's number.
void say_problem(html::Values& values, const Refusal& problem, std::string_view element);
void show_bad_field(html::Values& row, const Refusal& problem, std::string_view element);
// The headers that every answer of ours carries (content sniffing, framing, referrer, what a page may load).
void add_shield_headers(http::Headers& headers);
// The same and more for a file that is not everybody's: whoever has it asks again each time, and takes it up
// again in the middle.
void add_private_file_headers(http::Headers& headers);
// After those of the shield: pages of any origin may use this answer, and read it without credentials.
void open_to_all_origins(http::Headers& headers);

}  // namespace keepsake::web
