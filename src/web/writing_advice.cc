#include "web/writing_advice.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/text.h"
#include "helpline/suggest.h"
#include "web/help_words.h"

namespace keepsake::web {
namespace {

constexpr std::size_t most_quoted = 10;
constexpr std::size_t most_around = 48;  // bytes on either side

std::string all_words(const Input& typed) {
  std::string text = typed.text_or_empty("title");
  for (const std::string& note : typed.texts("notes").value_or(std::vector<std::string>()))
    text += "\n\n" + note;
  return text + "\n\n" + typed.text_or_empty("note") + "\n\n" + typed.text_or_empty("body");
}

// With whole words of the same line.
WritingAdvice::Quoted quoted(std::string_view text, const Passage& passage) {
  const std::size_t behind = passage.offset + passage.length;
  std::size_t begin = passage.offset, end = behind;
  for (std::size_t at = begin; at > 0 && text[at - 1] != '\n' && passage.offset - at < most_around; --at)
    if (at == 1 || text[at - 2] == ' ' || text[at - 2] == '\n') begin = at - 1;
  for (std::size_t at = end; at < text.size() && text[at] != '\n' && at - behind < most_around; ++at)
    if (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n') end = at + 1;
  const auto part = [&](std::size_t from, std::size_t to) {
    return std::string(text.substr(from, to - from));
  };
  return {passage.kind, part(passage.offset, behind), part(begin, passage.offset), part(behind, end)};
}

void add_kind(html::Values& values, std::string_view why, Passage::Kind kind, const WritingAdvice& advice) {
  html::Values* row = nullptr;
  for (const auto& quoted : advice.passages) {
    if (quoted.kind != kind) continue;
    if (!row) row = &values.add("PASSAGES").set("PASSAGES_WHY", why);
    html::Values& passage = row->add("PASSAGE").set("PASSAGE_LANG", advice.lang);
    passage.set("BEFORE", quoted.before).set("PASSAGE_TEXT", quoted.text).set("AFTER", quoted.after);
  }
}

}  // namespace

Topics topics_of(const std::vector<std::string>& words) {
  Topics topics;
  for (const std::string& word : words)
    if (const auto topic = parse_topic(word)) topics.add(*topic);
  return topics;
}

WritingAdvice advice_on(const Input& typed) {
  WritingAdvice advice;
  advice.lang = typed.text_or_empty("lang");
  const std::string text = all_words(typed);
  const Topics chosen = topics_of(typed.texts("topics").value_or(std::vector<std::string>()));
  suggest(text, advice.lang).each([&](Topic topic) {
    if (!chosen.has(topic)) advice.suggested.add(topic);
  });
  auto passages = passages_to_reconsider(text, advice.lang);
  passages.resize(std::min(passages.size(), most_quoted));
  for (const Passage& passage : passages) advice.passages.push_back(quoted(text, passage));
  return advice;
}

void show_passages(html::Values& values, const Respond& respond, const WritingAdvice& advice) {
  if (advice.passages.empty()) return;
  html::Values& section = values.add("SAFE_WORDS");
  for (const auto kind : {Passage::Kind::method, Passage::Kind::place, Passage::Kind::wording})
    add_kind(section, respond.say("safe_words_" + std::string(word_of(kind))), kind, advice);
}

void add_topics(html::Values& values, const Respond& respond, std::string_view section, Topics topics,
                Topics chosen) {
  topics.each([&](Topic topic) {
    values.add(section)
        .set("TOPIC_WORD", word_of(topic))
        .set("TOPIC_LABEL", topic_said(respond.words(), topic))
        .show_if(chosen.has(topic), "CHOSEN");
  });
}

boost::json::object json_of(const WritingAdvice& advice) {
  boost::json::array suggested, passages;
  advice.suggested.each([&](Topic topic) { suggested.push_back(boost::json::value(word_of(topic))); });
  for (const auto& quoted : advice.passages)
    passages.push_back({{"kind", word_of(quoted.kind)}, {"text", quoted.text}});
  return {{"suggested", std::move(suggested)}, {"passages", std::move(passages)}};
}

}  // namespace keepsake::web
