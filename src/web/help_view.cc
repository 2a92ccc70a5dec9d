#include "web/help_view.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "base/text.h"
#include "helpline/hours_text.h"
#include "helpline/oddities.h"
#include "helpline/search.h"
#include "web/help_words.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

// Today, tomorrow, on another day.
constexpr std::array<std::string_view, 3> open_ids = {"help_open_until", "help_open_until_tomorrow",
                                                      "help_open_until_weekday"};
constexpr std::array<std::string_view, 3> shut_ids = {"help_opens", "help_opens_tomorrow",
                                                      "help_opens_weekday"};

std::string host_of(std::string_view address) {
  if (const std::size_t scheme = address.find("://"); scheme != address.npos)
    address.remove_prefix(scheme + 3);
  if (address.starts_with("www.")) address.remove_prefix(4);
  return std::string(address.substr(0, address.find('/')));
}

// What "tel:" and "sms:" are followed by, so that the plus stays one.
void fill_dial(html::Values& way, std::string_view dial) {
  if (dial.starts_with('+')) {
    way.show("PLUS");
    dial.remove_prefix(1);
  }
  way.set("DIAL", dial);
}

void fill_address(html::Values& way, const Channel& channel) {
  switch (channel.means) {
    case Means::call:
      return fill_dial(way.add("BY_CALL"), channel.dial);
    case Means::text: {
      html::Values& text = way.add("BY_TEXT");
      fill_dial(text, channel.dial);
      text.set_in("HAS_KEYWORD", "KEYWORD", channel.keyword);
      return;
    }
    case Means::mail: {
      // The "@" stays as it is (RFC 6068 section 2).
      const std::string_view address = channel.dial;
      const std::size_t at = address.rfind('@');
      way.add("BY_MAIL").set("MAILBOX", address.substr(0, at)).set("DOMAIN", address.substr(at + 1));
      return;
    }
    case Means::chat:
    case Means::web:
      way.add("BY_WEB").set("DIAL", channel.dial);
  }
}

}  // namespace

std::string HelpView::topic_said(Topic topic) const {
  return web::topic_said(respond_.words(), topic);
}

std::string HelpView::country_said(std::string_view country) const {
  if (country == anywhere) return respond_.say("help_other_country");
  return respond_.words().customs().country(country);
}

std::string HelpView::heading(std::string_view kind, Topics topics) const {
  if (kind != "topic") return respond_.say("help_group_" + std::string(kind));
  std::vector<std::string> names;
  topics.each([&](Topic topic) { names.push_back(topic_said(topic)); });
  return names.size() == 1 ? names.front() : respond_.say("help_group_topic");
}

HelpShown HelpView::find(const HelpAsked& asked, Time now) const {
  HelpShown shown{.directory = helplines_.directory(), .country = asked.country};
  const FoundLines found = shown.directory->find(asked.country, asked.topics);
  shown.known = found.known;
  const auto unwanted = [&](const Line* line) {
    std::string topics;
    line->topics.each([&](Topic topic) { topics += topic_said(topic) + " "; });
    return !mentions(*line, asked.search, topics);
  };
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const auto fresh = [&](const Line* line) { return !is_stale(*line, today, limit_); };
  const auto add = [&](std::string_view kind, std::vector<const Line*> lines) {
    if (!asked.search.empty()) std::erase_if(lines, unwanted);
    if (kind != "crisis") std::ranges::stable_partition(lines, fresh);
    if (!lines.empty()) shown.groups.push_back({kind, heading(kind, asked.topics), std::move(lines)});
  };
  add("topic", found.for_topics);
  add("general", found.general);
  add("crisis", found.crisis);
  if (asked.others) add("other", found.others);
  add("everywhere", found.everywhere);
  return shown;
}

HelpView::Status HelpView::status(const Hours* hours, Time now) const {
  if (!hours) return {respond_.say("help_hours_unknown")};
  if (hours->always) return {respond_.say("help_always"), true};
  const auto opening = opening_at(*hours, now);
  if (!opening) return {respond_.say("help_hours_unsure")};
  const html::Customs& customs = respond_.words().customs();
  Status status{.said = {}, .open = opening->open, .until = opening->until, .now = true};
  if (!opening->turn) {
    status.said = respond_.say(opening->open ? "help_always" : "help_shut");
    return status;
  }
  const Turn& turn = *opening->turn;
  const std::string time = customs.clock(turn.minutes);
  // "until 2 am" says it when that is the coming night.
  const bool soon =
      turn.days_ahead == 0 || (turn.days_ahead == 1 && opening->open && turn.minutes <= 12 * 60);
  const std::size_t when = soon ? 0 : turn.days_ahead == 1 ? 1 : 2;
  const std::string_view id = (opening->open ? open_ids : shut_ids).at(when);
  status.said = when == 2 ? respond_.say(id, {{"time", time}, {"weekday", customs.weekday(turn.weekday)}})
                          : respond_.say(id, {{"time", time}});
  return status;
}

std::optional<HelpView::Status> HelpView::status_of(const Line& line, Time now) const {
  // Where only an address stands there is nothing to be open.
  const bool answers = std::ranges::any_of(line.channels, [](const Channel& channel) {
    return channel.means == Means::call || channel.means == Means::text || channel.means == Means::chat;
  });
  if (!answers || line.emergency) return std::nullopt;
  return status(line.hours ? &*line.hours : nullptr, now);
}

std::string HelpView::way_said(const Channel& channel) const {
  const std::string id = "help_by_" + std::string(word_of(channel.means));
  return channel.means == Means::text && !channel.keyword.empty()
             ? respond_.say(id + "_keyword", {{"keyword", channel.keyword}})
             : respond_.say(id);
}

std::string HelpView::more_said(const Line& line) const {
  std::vector<std::string> more = line.regions;
  if (!line.cost.empty()) more.push_back(line.cost == "free" ? respond_.say("help_free") : line.cost);
  std::string said;
  for (const std::string& part : more) said += (said.empty() ? "" : " · ") + part;
  return said;
}

HelpView::SourceSaid HelpView::source_said(const Line& line, Time now) const {
  const Source& source = line.main_source();
  const auto dated = [&](std::string_view id, std::string_view date) {
    return respond_.say(id, {{"date", date_said(respond_.words(), date)}});
  };
  SourceSaid said{.sure = respond_.say("help_sure_" + std::string(word_of(line.sure))),
                  .name = host_of(source.address),
                  .dated = !source.says.empty()
                               ? dated("help_dated", source.says)
                               : dated(source.copy ? "help_read_copy" : "help_read", source.read),
                  .check = {}};
  if (is_stale(line, std::chrono::floor<std::chrono::days>(now), limit_))
    said.check = dated("help_please_check", line.checked());
  return said;
}

std::string HelpView::unknown_said(const HelpShown& shown) const {
  if (shown.known) return {};
  return shown.country == anywhere
             ? respond_.say("help_no_country")
             : respond_.say("help_no_lines", {{"country", country_said(shown.country)}});
}

std::string HelpView::in_country_said(std::string_view country) const {
  return country == anywhere ? respond_.say("help_in_any_country")
                             : respond_.say("help_in_country", {{"country", country_said(country)}});
}

std::vector<std::pair<std::string, std::string>> HelpView::named(
    const std::vector<std::string>& countries) const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& code : countries) all.emplace_back(country_said(code), code);
  respond_.sort_by_name(all, [](const auto& country) -> std::string_view { return country.first; });
  all.emplace_back(country_said(anywhere), anywhere);
  return all;
}

Time HelpView::fill_ways(html::Values& row, const Line& line, Time now) const {
  Time until = Time::max();
  for (const Channel& channel : line.channels) {
    html::Values& way = row.add("WAY");
    fill_address(way, channel);
    way.set("WAY_SAID", way_said(channel)).set("NUMBER", channel.number);
    way.set_in("HAS_VANITY", "VANITY", channel.vanity);
    if (!channel.hours) continue;
    const Status own = status(&*channel.hours, now);
    way.add("WAY_STATUS").set("WAY_STATUS_SAID", own.said).show_if(own.now, "WAY_NOW");
    until = std::min(until, own.until);
  }
  return until;
}

void HelpView::fill_source(html::Values& row, const Line& line, Time now) const {
  const SourceSaid said = source_said(line, now);
  row.set("SOURCE_ADDRESS", line.main_source().address).set("SOURCE_NAME", said.name);
  row.set("SOURCE_DATED", said.dated).set("SURE", said.sure);
  row.set_in("STALE", "STALE_SAID", said.check);
}

Time HelpView::fill_line(html::Values& row, const Line& line, Time now) const {
  row.set("LINE_ID", line.id).set("LINE_NAME", line.name);
  row.set("LINE_LANG", line.languages.empty() ? "en" : std::string_view(line.languages.front()));
  row.set_in("HAS_WHO", "WHO", line.who);
  row.set_in("HAS_MORE", "MORE", more_said(line));
  Time until = fill_ways(row, line, now);
  if (const auto all = status_of(line, now)) {
    html::Values& open = row.add("STATUS");
    open.set("STATUS_KIND", !all->open   ? "unknown"
                            : *all->open ? "open"
                                         : "shut")
        .set("STATUS_SAID", all->said)
        .show_if(all->now, "NOW");
    if (line.hours && !line.hours->always)
      row.set_in("HAS_HOURS", "HOURS", hours_said(respond_.words(), *line.hours));
    until = std::min(until, all->until);
  }
  fill_source(row, line, now);
  return until;
}

void HelpView::fill_countries(html::Values& values, const HelpShown& shown) const {
  for (const auto& [name, code] : named(shown.directory->countries())) {
    html::Values& choice = values.add("COUNTRY");
    choice.set("COUNTRY_CODE", code).set("COUNTRY_NAME", name);
    choice.show_if(code == shown.country, "COUNTRY_NOW");
  }
}

Time HelpView::fill(html::Values& values, const HelpShown& shown, Time now) const {
  Time until = Time::max();
  values.set("HELP_COUNTRY", country_said(shown.country));
  values.set_in("HELP_UNKNOWN", "HELP_UNKNOWN_SAID", unknown_said(shown));
  for (const HelpGroup& group : shown.groups) {
    html::Values& section = values.add("HELP_GROUP");
    section.set("GROUP_HEADING", group.heading);
    for (const Line* line : group.lines) until = std::min(until, fill_line(section.add("LINE"), *line, now));
  }
  fill_countries(values, shown);
  values.set("LEAVE_TO", leave_to_);
  return until;
}

json::object HelpView::json_of(const Line& line, std::string_view group, Time now, Time& until) const {
  json::array channels, topics;
  for (const Channel& channel : line.channels) {
    json::object each{{"kind", word_of(channel.means)},
                      {"number", channel.number},
                      {"dial", channel.dial},
                      {"address", channel.address()}};
    if (!channel.vanity.empty()) each["vanity"] = channel.vanity;
    if (!channel.keyword.empty()) each["keyword"] = channel.keyword;
    if (channel.hours) each["hours"] = hours_text(*channel.hours);
    channels.push_back(std::move(each));
  }
  line.topics.each([&](Topic topic) { topics.emplace_back(word_of(topic)); });
  const Status now_there = status(line.hours ? &*line.hours : nullptr, now);
  until = std::min(until, now_there.until);
  json::object object{{"id", line.id},
                      {"name", line.name},
                      {"group", group},
                      {"topics", std::move(topics)},
                      {"channels", std::move(channels)},
                      {"hours", line.hours ? json::value(hours_text(*line.hours)) : json::value()},
                      {"open_now", now_there.open ? json::value(*now_there.open) : json::value()},
                      {"now", now_there.said},
                      {"checked", line.checked()},
                      {"source", line.main_source().address},
                      {"sure", word_of(line.sure)}};
  if (line.hours && !line.hours->always) object["zone"] = line.hours->zone;
  if (!line.who.empty()) object["who"] = line.who;
  if (!line.cost.empty()) object["cost"] = line.cost;
  return object;
}

json::object HelpView::json(const HelpShown& shown, Time now, Time& until) const {
  json::array lines;
  for (const HelpGroup& group : shown.groups)
    for (const Line* line : group.lines) lines.push_back(json_of(*line, group.kind, now, until));
  return {{"country", shown.country}, {"lines", std::move(lines)}};
}

}  // namespace keepsake::web
