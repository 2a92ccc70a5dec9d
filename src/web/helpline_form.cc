#include "web/helpline_form.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "helpline/hours_text.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

using Rows = std::vector<Input>;

constexpr std::size_t spare_channels = 2, spare_sources = 1;
constexpr std::array all_means = {Means::call, Means::text, Means::chat, Means::mail, Means::web};
constexpr std::array all_sureness = {Sure::provider, Sure::two, Sure::one};
constexpr std::array whole_fields = {
    FormField{"country"}, FormField{"name"}, FormField{"who"},  FormField{"topics"},  FormField{"channels"},
    FormField{"hours"},   FormField{"zone"}, FormField{"cost"}, FormField{"sources"}, FormField{"sure"}};

std::string typed_text(const Input& typed, std::string_view name) {
  return std::string(trim(typed.text_or_empty(name)));
}

// Those in which something was typed: what a refusal counts, and the form that comes back shows.
Rows filled_rows(const Input& typed, std::string_view name, std::initializer_list<std::string_view> fields) {
  Rows rows = typed.objects(name).value_or(Rows());
  std::erase_if(rows, [&](const Input& row) {
    return std::ranges::all_of(fields,
                               [&](std::string_view field) { return typed_text(row, field).empty(); });
  });
  return rows;
}

Rows channel_rows(const Input& typed) {
  return filled_rows(typed, "channels", {"number", "dial", "keyword"});
}

Rows source_rows(const Input& typed) {
  return filled_rows(typed, "sources", {"address", "quote"});
}

// What a telephone dials or a browser opens for what is printed.
std::string dial_of(Means means, const std::string& number) {
  if (means == Means::mail) return number;
  if (means == Means::chat || means == Means::web)
    return number.find("://") == number.npos ? "https://" + number : number;
  std::string dial;
  for (const char c : number)
    if (std::isdigit(static_cast<unsigned char>(c)) || (c == '+' && dial.empty())) dial += c;
  return dial;
}

Result<Channel> typed_channel(const Input& row, const Line& before, const std::string& place) {
  const auto means = parse_means(row.text_or_empty("kind"));
  if (!means) return Refusal{Refused::invalid, "This can be call, text, chat, mail or web.", place + ".kind"};
  Channel channel{.means = *means, .number = typed_text(row, "number"), .dial = typed_text(row, "dial")};
  if (channel.dial.empty()) channel.dial = dial_of(*means, channel.number);
  const auto same = std::ranges::find_if(before.channels, [&](const Channel& each) {
    return each.means == *means && each.dial == channel.dial;
  });
  if (same != before.channels.end()) {
    channel.vanity = same->vanity;
    channel.hours = same->hours;
  }
  channel.keyword = typed_text(row, "keyword");
  return channel;
}

// A source that nobody touched keeps its dates.
Source typed_source(const Input& row, const Line& before, const std::string& today) {
  Source source{.address = typed_text(row, "address"),
                .says = "",
                .read = today,
                .quote = typed_text(row, "quote"),
                .own = row.boolean("own").value_or(false)};
  const auto same = std::ranges::find_if(before.sources, [&](const Source& each) {
    return each.address == source.address && each.quote == source.quote && each.own == source.own;
  });
  const bool untouched = same != before.sources.end() && !row.boolean("today").value_or(false);
  return untouched ? *same : source;
}

Result<std::optional<Hours>> typed_hours(const Input& typed, const std::optional<Hours>& before) {
  const std::string text = typed_text(typed, "hours");
  if (text.empty()) return std::optional<Hours>();
  auto hours = parse_hours(text, typed_text(typed, "zone"));
  if (hours.refused()) return hours.refusal();
  if (before && !before->always && !hours->always) {
    hours->others = before->others;
    hours->closed_on_holidays = before->closed_on_holidays;
  }
  return std::optional(*std::move(hours));
}

Result<Topics> typed_topics(const Input& typed) {
  Topics topics;
  for (const std::string& word : typed.texts("topics").value_or(std::vector<std::string>())) {
    const auto topic = parse_topic(word);
    if (!topic) return Refusal{Refused::invalid, "This is no topic.", "topics"};
    topics.add(*topic);
  }
  return topics;
}

void choice(html::Values& values, std::string_view section, std::string_view word, const std::string& label,
            bool chosen) {
  values.add(section).set("CHOICE_VALUE", word).set("CHOICE_LABEL", label).show_if(chosen, "CHOSEN");
}

// "channels.0.dial" -> "dial" in the row 0 of channels.
std::string field_in_row(const Refusal* problem, const std::string& row) {
  const std::string beginning = row + ".";
  if (!problem || !problem->field.starts_with(beginning)) return {};
  return problem->field.substr(beginning.size());
}

// `element` and the row's number are the field's id.
void mark(html::Values& values, html::Values& row, const Refusal* problem, const std::string& element,
          std::int64_t place) {
  say_problem(values, *problem, element + "-" + std::to_string(place));
  show_bad_field(row, *problem, element);
}

bool stands_in_row(const Refusal* problem) {
  return problem && (problem->field.starts_with("channels.") || problem->field.starts_with("sources."));
}

void show_channels(html::Values& values, const Respond& respond, const Input& typed, const Refusal* problem) {
  Rows rows = channel_rows(typed);
  const std::size_t filled = rows.size();
  rows.resize(filled + spare_channels);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto place = static_cast<std::int64_t>(i);
    html::Values& row = values.add("CHANNEL_ROW");
    row.set("PLACE", place).set("PLACE_NUMBER", place + 1);
    row.set("CHANNEL_NUMBER", rows[i].text_or_empty("number"));
    row.set("CHANNEL_DIAL", rows[i].text_or_empty("dial"));
    row.set("CHANNEL_KEYWORD", rows[i].text_or_empty("keyword"));
    for (const Means means : all_means)
      choice(row, "KIND_CHOICE", word_of(means), respond.say("means_" + std::string(word_of(means))),
             rows[i].text_or_empty("kind") == word_of(means));
    const std::string field = field_in_row(problem, "channels." + std::to_string(i));
    for (const std::string_view known : {"kind", "number", "dial", "keyword"})
      if (field == known) mark(values, row, problem, field, place);
  }
}

void show_sources(html::Values& values, const Input& typed, const Refusal* problem) {
  Rows rows = source_rows(typed);
  rows.resize(rows.size() + spare_sources);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto place = static_cast<std::int64_t>(i);
    html::Values& row = values.add("SOURCE_ROW");
    row.set("PLACE", place).set("PLACE_NUMBER", place + 1);
    row.set("SOURCE_ADDRESS", rows[i].text_or_empty("address"));
    row.set("SOURCE_QUOTE", rows[i].text_or_empty("quote"));
    row.show_if(rows[i].boolean("own").value_or(false), "SOURCE_OWN");
    row.show_if(rows[i].boolean("today").value_or(false), "SOURCE_TODAY");
    const std::string field = field_in_row(problem, "sources." + std::to_string(i));
    for (const std::string_view known : {"address", "quote"})
      if (field == known) mark(values, row, problem, field, place);
  }
}

}  // namespace

Result<Line> typed_line(const Input& typed, const Line& before, std::chrono::sys_days today) {
  Line line = before;
  line.name = typed_text(typed, "name");
  line.who = typed_text(typed, "who");
  line.cost = typed_text(typed, "cost");
  line.general = typed.boolean("general").value_or(false);
  line.emergency = typed.boolean("emergency").value_or(false);
  const auto topics = typed_topics(typed);
  if (topics.refused()) return topics.refusal();
  line.topics = *topics;
  line.channels.clear();
  for (const Input& row : channel_rows(typed)) {
    auto channel = typed_channel(row, before, "channels." + std::to_string(line.channels.size()));
    if (channel.refused()) return channel.refusal();
    line.channels.push_back(*std::move(channel));
  }
  auto hours = typed_hours(typed, before.hours);
  if (hours.refused()) return hours.refusal();
  line.hours = *std::move(hours);
  line.sources.clear();
  for (const Input& row : source_rows(typed))
    line.sources.push_back(typed_source(row, before, day_text(today)));
  const auto sure = parse_sure(typed.text_or_empty("sure"));
  if (!sure) return Refusal{Refused::invalid, "This can be provider, two or one.", "sure"};
  line.sure = *sure;
  return line;
}

Input input_of(const Line& line) {
  Input input;
  input.set("name", line.name);
  input.set("who", line.who);
  std::vector<std::string> topics;
  line.topics.each([&](Topic topic) { topics.emplace_back(word_of(topic)); });
  input.set("topics", std::move(topics));
  input.set("general", line.general);
  input.set("emergency", line.emergency);
  Rows channels, sources;
  for (const Channel& each : line.channels) {
    Input& row = channels.emplace_back();
    row.set("kind", std::string(word_of(each.means)));
    row.set("number", each.number);
    row.set("dial", each.dial);
    row.set("keyword", each.keyword);
  }
  input.set("channels", std::move(channels));
  if (line.hours) {
    input.set("hours", hours_text(*line.hours));
    input.set("zone", line.hours->zone);
  }
  input.set("cost", line.cost);
  for (const Source& each : line.sources) {
    Input& row = sources.emplace_back();
    row.set("address", each.address);
    row.set("quote", each.quote);
    row.set("own", each.own);
  }
  input.set("sources", std::move(sources));
  input.set("sure", std::string(word_of(line.sure)));
  return input;
}

void show_line_form(html::Values& values, const Respond& respond, const HelpView& view, const Input& typed,
                    const Refusal* problem) {
  for (const auto& [place, field] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"LINE_COUNTRY", "country"},
                                                                            {"LINE_NAME", "name"},
                                                                            {"LINE_WHO", "who"},
                                                                            {"LINE_HOURS", "hours"},
                                                                            {"LINE_ZONE", "zone"},
                                                                            {"LINE_COST", "cost"}})
    values.set(place, typed.text_or_empty(field));
  const auto topics = typed.texts("topics").value_or(std::vector<std::string>());
  for (std::size_t i = 0; i < topic_words.size(); ++i) {
    const auto topic = static_cast<Topic>(i);
    choice(values, "TOPIC_CHOICE", word_of(topic), view.topic_said(topic),
           std::ranges::count(topics, word_of(topic)) > 0);
  }
  values.show_if(typed.boolean("general").value_or(false), "LINE_GENERAL");
  values.show_if(typed.boolean("emergency").value_or(false), "LINE_EMERGENCY");
  for (const Sure sure : all_sureness)
    choice(values, "SURE_CHOICE", word_of(sure), respond.say("sure_" + std::string(word_of(sure))),
           typed.text("sure").value_or("one") == word_of(sure));
  show_channels(values, respond, typed, problem);
  show_sources(values, typed, problem);
  if (!stands_in_row(problem)) show_problem(values, problem, whole_fields);
}

}  // namespace keepsake::web
