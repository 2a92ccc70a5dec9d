#include "web/host_helpline_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <map>
#include <numeric>

#include "base/text.h"
#include "helpline/country.h"
#include "helpline/line_text.h"
#include "http/url.h"
#include "person/people.h"
#include "web/help_words.h"
#include "web/helpline_bodies.h"
#include "web/helpline_form.h"
#include "web/oddity_words.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 64 * 1024;
constexpr std::string_view home = "/host/helplines";
constexpr std::chrono::months any_age{1200};

std::string address_of(std::string_view id) {
  return std::string(home) + "/" + std::string(id);
}

std::string list_of(const std::string& country) {
  return std::string(home) + "?country=" + country;
}

// A country of the query, or "".
std::string asked_country(const Ask& ask) {
  const auto query = http::parse_form(ask.request.query);
  if (!query) return {};
  for (const auto& [name, value] : *query)
    if (name == "country" && (is_country(value) || value == anywhere)) return value;
  return {};
}

std::int64_t sum_of(const TroubleCounts& reports) {
  return std::accumulate(reports.begin(), reports.end(), std::int64_t{0});
}

std::string underlined(std::string_view word) {
  std::string id(word);
  std::ranges::replace(id, '-', '_');
  return id;
}

json::value record_json(const std::string& record) {
  return record.empty() ? json::value() : json::parse(record);
}

json::object json_of(const KnownLine& line) {
  json::object reports;
  for (std::size_t i = 0; i < troubles; ++i) reports[word_of(static_cast<Trouble>(i))] = line.reports.at(i);
  json::array oddities;
  for (const Oddity& each : line.oddities)
    oddities.push_back({{"grave", each.weight == Oddity::Weight::grave}, {"sentence", each.sentence}});
  return {{"id", line.line.id},
          {"state", word_of(line.standing)},
          {"hidden", line.hidden},
          {"checked", line.line.checked()},
          {"reports", std::move(reports)},
          {"oddities", std::move(oddities)},
          {"record", record_json(line_text(line.line))}};
}

// Names of those who are still here.
std::map<PersonId, Person> hosts_of(db::Database& database, const std::vector<HelplineChange>& trail) {
  return database.read([&](db::Reader& reader) {
    std::map<PersonId, Person> found;
    for (const HelplineChange& change : trail) {
      if (!change.host || found.contains(*change.host)) continue;
      if (auto person = People::find(reader, *change.host)) found.emplace(*change.host, *std::move(person));
    }
    return found;
  });
}

json::array json_of(db::Database& database, const std::vector<HelplineChange>& trail) {
  const auto hosts = hosts_of(database, trail);
  json::array all;
  for (const HelplineChange& change : trail) {
    const auto host = change.host ? hosts.find(*change.host) : hosts.end();
    all.push_back({{"at", time_text(change.at)},
                   {"host", host == hosts.end() ? json::value() : json::value(host->second.name)},
                   {"line", change.line},
                   {"act", word_of(change.act)},
                   {"before", record_json(change.before)},
                   {"after", record_json(change.after)}});
  }
  return all;
}

}  // namespace

std::string HostHelplinePages::said(const Oddity& oddity) const {
  return oddity_said(respond_.languages(), respond_.words(), oddity.sentence);
}

Refusal HostHelplinePages::spoken_of(Refusal refusal) const {
  refusal.sentence = oddity_said(respond_.languages(), respond_.words(), refusal.sentence);
  return refusal;
}

// Pages say how old a record is beside its date, programs are told among what is odd.
std::chrono::months HostHelplinePages::limit_for(const Ask& ask) const {
  return ask.wants_json ? uses_.limit : any_age;
}

std::string HostHelplinePages::called(const std::string& country) const {
  return country == anywhere ? respond_.say("host_lines_everywhere") : uses_.view.country_said(country);
}

std::string HostHelplinePages::standing_said(const KnownLine& line) const {
  const std::string standing = respond_.say("host_line_" + std::string(word_of(line.standing)));
  return line.hidden ? respond_.say("host_line_hidden") + " " + standing : standing;
}

void HostHelplinePages::fill_findings(html::Values& row, const KnownLine& line, Time now) const {
  const bool stale = is_stale(line.line, std::chrono::floor<std::chrono::days>(now), uses_.limit);
  row.set("LINE_STANDING", standing_said(line));
  row.set("LINE_CHECKED", respond_.say(stale ? "host_line_stale" : "host_line_checked",
                                       {{"date", date_said(respond_.words(), line.line.checked())}}));
  for (const Oddity& each : line.oddities) row.add("ODDITY").set("ODDITY_SAID", said(each));
  if (const std::int64_t reports = sum_of(line.reports); reports > 0)
    row.add("REPORTED").set("REPORTS_SAID", respond_.say("host_line_reports", {{"number", reports}}));
}

void HostHelplinePages::fill_trail(html::Values& values, const std::vector<HelplineChange>& trail) const {
  const auto hosts = hosts_of(uses_.database, trail);
  values.show_if(trail.empty(), "NO_CHANGES");
  for (const HelplineChange& change : trail) {
    const auto host = change.host ? hosts.find(*change.host) : hosts.end();
    const std::string who =
        host == hosts.end() ? respond_.say("helpline_somebody_gone") : host->second.display_name;
    html::Values& row = values.add("CHANGE");
    row.set("CHANGE_LINE", change.line)
        .set("CHANGE_SAID", respond_.say("helpline_act_" + underlined(word_of(change.act)),
                                         {{"who", who}, {"day", respond_.day(change.at)}}));
    if (change.before == change.after) continue;
    row.add("RECORDS").set("RECORD_BEFORE", change.before).set("RECORD_AFTER", change.after);
  }
}

http::Response HostHelplinePages::list(Ask& ask, const Host& host) const {
  const std::string country = asked_country(ask);
  return country.empty() ? countries(ask, host) : of_country(ask, host, country);
}

http::Response HostHelplinePages::countries(Ask& ask, const Host& host) const {
  std::map<std::string, std::int64_t> counts, reports;
  for (const KnownLine& each : uses_.lines.all("", limit_for(ask))) {
    ++counts[each.line.country];
    reports[each.line.country] += sum_of(each.reports);
  }
  const auto trail = uses_.lines.trail("");
  std::vector<std::string> all;
  for (const auto& [country, count] : counts) all.push_back(country);
  respond_.sort_by_name(all, [&](const std::string& each) { return called(each); });
  if (ask.wants_json) {
    json::array rows;
    for (const std::string& each : all)
      rows.push_back({{"country", each}, {"lines", counts[each]}, {"reports", reports[each]}});
    return respond_.json({{"countries", std::move(rows)}, {"trail", json_of(uses_.database, trail)}});
  }
  html::Values values;
  for (const std::string& each : all) {
    html::Values& row = values.add("LINE_COUNTRY_ROW");
    row.set("COUNTRY", each).set("COUNTRY_CALLED", called(each));
    row.set("COUNT_SAID", respond_.say("host_lines_count", {{"number", counts[each]}}));
    if (reports[each] > 0)
      row.add("REPORTED").set("REPORTS_SAID", respond_.say("host_line_reports", {{"number", reports[each]}}));
  }
  fill_trail(values, trail);
  return respond_.page("host_helplines", values,
                       {.title = respond_.say("host_lines"), .signed_in = host.signed_in()});
}

http::Response HostHelplinePages::of_country(Ask& ask, const Host& host, const std::string& country) const {
  const auto lines = uses_.lines.all(country, limit_for(ask));
  if (ask.wants_json) {
    json::array rows;
    for (const KnownLine& each : lines) rows.push_back(json_of(each));
    return respond_.json({{"country", country}, {"lines", std::move(rows)}});
  }
  const std::string title = respond_.say("host_lines_of", {{"country", called(country)}});
  html::Values values;
  values.set("HEADING", title).set("COUNTRY", country).show_if(lines.empty(), "NO_LINES");
  for (const KnownLine& each : lines) {
    html::Values& row = values.add("LINE_ROW");
    row.set("LINE_ID", each.line.id).set("LINE_NAME", each.line.name);
    fill_findings(row, each, ask.now);
  }
  return respond_.page("host_helplines_country", values, {.title = title, .signed_in = host.signed_in()});
}

http::Response HostHelplinePages::new_page(const Host& host, const Input& typed,
                                           const Refusal* problem) const {
  const std::string title = respond_.say("host_line_new");
  html::Values values;
  values.set("HEADING", title).set("FORM_ACTION", home).show("NEW_LINE");
  const std::string country = typed.text_or_empty("country");
  const bool known = is_country(country) || country == anywhere;
  values.set("WAY_BACK", known ? list_of(country) : std::string(home));
  show_line_form(values, respond_, uses_.view, typed, problem);
  return respond_.page("host_helpline", values, {.title = title, .signed_in = host.signed_in()},
                       status_of(problem));
}

http::Response HostHelplinePages::new_form(Ask& ask, const Host& host) const {
  Input typed;
  const std::string country = asked_country(ask);
  typed.set("country", country);
  // Most lines of a country have one zone.
  for (const KnownLine& each : uses_.lines.all(country, limit_for(ask))) {
    if (country.empty() || !each.line.hours || each.line.hours->always) continue;
    typed.set("zone", each.line.hours->zone);
    break;
  }
  return new_page(host, typed, nullptr);
}

Result<http::Response> HostHelplinePages::add(Ask& ask, const Host& host) const {
  std::optional<Input> broken;
  const auto typed = read_input(ask.request, helpline_fields, most_form_bytes, {}, &broken);
  if (typed.refused())
    return broken ? new_page(host, *broken, &typed.refusal()) : Result<http::Response>(typed.refusal());
  Line empty;
  empty.country = std::string(trim(typed->text_or_empty("country")));
  const auto line = typed_line(*typed, empty, std::chrono::floor<std::chrono::days>(ask.now));
  const Result<std::string> kept = line.refused() ? line.refusal() : uses_.lines.keep(host.person(), *line);
  if (!kept.refused()) {
    const std::string address = address_of(*kept);
    return ask.wants_json ? respond_.json({{"id", *kept}, {"url", address}}, 201)
                          : respond_.see_other(address);
  }
  const Refusal problem = spoken_of(kept.refusal());
  if (ask.wants_json) return problem;
  return new_page(host, *typed, &problem);
}

http::Response HostHelplinePages::page(const Host& host, const KnownLine& line, Time now, const Input& typed,
                                       const Refusal* problem) const {
  const std::string& id = line.line.id;
  html::Values values;
  values.set("HEADING", line.line.name).set("FORM_ACTION", address_of(id)).set("LINE_ID", id);
  values.set("WAY_BACK", list_of(line.line.country));
  html::Values& standing = values.add("STANDING");
  fill_findings(standing, line, now);
  for (std::size_t i = 0; i < troubles; ++i) {
    if (line.reports.at(i) == 0) continue;
    const std::string what = respond_.say("trouble_" + underlined(word_of(static_cast<Trouble>(i))));
    standing.add("REPORT").set(
        "REPORT_SAID", respond_.say("host_line_report", {{"what", what}, {"number", line.reports.at(i)}}));
  }
  show_line_form(values, respond_, uses_.view, typed, problem);
  html::Values& acts = values.add("ACTS");
  acts.show(line.hidden ? "MAY_SHOW" : "MAY_HIDE");
  if (line.standing != KnownLine::Standing::ours) {
    const bool added = line.standing == KnownLine::Standing::added;
    acts.add("MAY_TAKE_BACK")
        .set("TAKE_BACK_ABOUT", respond_.say(added ? "host_line_remove_about" : "host_line_take_back_about"))
        .set("TAKE_BACK", respond_.say(added ? "host_line_remove" : "host_line_take_back"));
  }
  fill_trail(acts, uses_.lines.trail(id));
  return respond_.page("host_helpline", values, {.title = line.line.name, .signed_in = host.signed_in()},
                       status_of(problem));
}

Result<http::Response> HostHelplinePages::show(Ask& ask, const Host& host) const {
  const auto line = uses_.lines.find(ask.parameters[0], limit_for(ask));
  if (!line) return respond_.not_here();
  if (!ask.wants_json) return page(host, *line, ask.now, input_of(line->line), nullptr);
  json::object body = json_of(*line);
  body["trail"] = json_of(uses_.database, uses_.lines.trail(line->line.id));
  return respond_.json(body);
}

Result<http::Response> HostHelplinePages::keep(Ask& ask, const Host& host) const {
  const auto before = uses_.lines.find(ask.parameters[0], limit_for(ask));
  if (!before) return respond_.not_here();
  std::optional<Input> broken;
  const auto typed = read_input(ask.request, helpline_fields, most_form_bytes, {}, &broken);
  if (typed.refused())
    return broken ? page(host, *before, ask.now, *broken, &typed.refusal())
                  : Result<http::Response>(typed.refusal());
  const auto line = typed_line(*typed, before->line, std::chrono::floor<std::chrono::days>(ask.now));
  const Result<std::string> kept = line.refused() ? line.refusal() : uses_.lines.keep(host.person(), *line);
  if (!kept.refused()) return ask.wants_json ? respond_.nothing() : respond_.see_other(address_of(*kept));
  const Refusal problem = spoken_of(kept.refusal());
  if (ask.wants_json) return problem;
  return page(host, *before, ask.now, *typed, &problem);
}

Result<http::Response> HostHelplinePages::change(Ask& ask, const Host& host, Act act) const {
  const auto line = uses_.lines.find(ask.parameters[0], limit_for(ask));
  if (!line) return respond_.not_here();
  const auto typed = read_input(ask.request, {}, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto outcome = (uses_.lines.*act)(host.person(), line->line.id);
  if (outcome.refused()) return outcome.refusal();
  if (ask.wants_json) return respond_.nothing();
  const bool gone = !uses_.lines.find(line->line.id, limit_for(ask));
  return respond_.see_other(gone ? list_of(line->line.country) : address_of(line->line.id));
}

Result<http::Response> HostHelplinePages::hide(Ask& ask, const Host& host) const {
  return change(ask, host, &Helplines::hide);
}

Result<http::Response> HostHelplinePages::show_again(Ask& ask, const Host& host) const {
  return change(ask, host, &Helplines::show);
}

Result<http::Response> HostHelplinePages::take_back(Ask& ask, const Host& host) const {
  return change(ask, host, &Helplines::take_back);
}

}  // namespace keepsake::web
