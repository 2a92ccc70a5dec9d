#include "web/help_report_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "web/helpline_bodies.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 4 * 1024;
constexpr std::string_view thanks_query = "thanks";

std::string address_of(const Line& line) {
  return "/help/lines/" + line.id + "/did-not-work";
}

}  // namespace

http::Response HelpReportPages::page(const Reading& who, const Line& line, bool thanks, const Input& typed,
                                     const Refusal* problem) const {
  const std::string title = respond_.say(thanks ? "did_not_work_thanks" : "did_not_work");
  html::Values values;
  values.set("HEADING", title).set("LINE_NAME", line.name).set("COUNTRY", line.country);
  if (thanks) {
    values.show("THANKS");
  } else {
    html::Values& form = values.add("ASKING");
    form.set("FORM_ACTION", address_of(line));
    show_problem(form, problem, {{"kind"}});
    for (std::size_t i = 0; i < troubles; ++i) {
      const std::string word(word_of(static_cast<Trouble>(i)));
      std::string id = "trouble_" + word;
      std::ranges::replace(id, '-', '_');
      form.add("TROUBLE")
          .set("TROUBLE_WORD", word)
          .set("TROUBLE_SAID", respond_.say(id))
          .show_if(typed.text_or_empty("kind") == word, "CHOSEN");
    }
  }
  return respond_.page("did_not_work", values, {.title = title, .signed_in = who.signed_in()},
                       status_of(problem));
}

Result<http::Response> HelpReportPages::form(Ask& ask, const Reading& who) const {
  const auto directory = lines_.directory();
  const Line* const line = directory->find_id(ask.parameters[0]);
  if (!line) return respond_.not_here();
  if (!ask.wants_json) return page(who, *line, ask.request.query == thanks_query, {}, nullptr);
  json::array kinds;
  for (std::size_t i = 0; i < troubles; ++i)
    kinds.emplace_back(json::string(word_of(static_cast<Trouble>(i))));
  return respond_.json({{"id", line->id}, {"name", line->name}, {"kinds", std::move(kinds)}});
}

Result<http::Response> HelpReportPages::report(Ask& ask, const Reading& who) const {
  const auto directory = lines_.directory();
  const Line* const line = directory->find_id(ask.parameters[0]);
  if (!line) return respond_.not_here();
  const auto typed = read_input(ask.request, did_not_work_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto trouble = parse_trouble(typed->text_or_empty("kind"));
  const Result<Done> outcome = trouble ? lines_.did_not_work(line->id, *trouble, ask.request.peer)
                                       : Refusal{Refused::invalid, "Please choose what happened.", "kind"};
  if (!outcome.refused())
    return ask.wants_json ? respond_.nothing()
                          : respond_.see_other(address_of(*line) + "?" + std::string(thanks_query));
  if (ask.wants_json) return outcome.refusal();
  return page(who, *line, false, *typed, &outcome.refusal());
}

}  // namespace keepsake::web
