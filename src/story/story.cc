#include "story/story.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "helpline/topic.h"

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 3> rule_words = {"nobody", "named", "readers"};
constexpr std::array<std::string_view, 4> state_words = {"draft", "published", "withdrawn", "trashed"};

// What a field is called in a sentence, and how much it takes.
struct Limits {
  std::string_view what;
  std::size_t code_points;
  bool one_line;
};
constexpr Limits title_limits{"A title", story_rules::most_title, true};
constexpr Limits note_limits{"A content note", story_rules::most_note, true};
constexpr Limits author_note_limits{"The note before the story", story_rules::most_author_note, false};
constexpr Limits caption_limits{"A caption", story_rules::most_caption, false};
constexpr Limits alt_limits{"A description", story_rules::most_caption, false};
constexpr Limits credit_limits{"A credit", story_rules::most_credit, true};

using Fault = std::optional<Refusal>;

Refusal invalid(std::string field, std::string sentence) {
  return {Refused::invalid, std::move(sentence), std::move(field)};
}

// Forms send CRLF for what was typed as one line end.
std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      plain += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      plain += '\n';
  }
  return plain;
}

Fault take(std::string& into, std::string_view typed, const Limits& limits, const std::string& field) {
  const std::string what(limits.what);
  if (typed.size() > 4 * limits.code_points + 4'096 ||
      (is_utf8(typed) && code_points(trim(typed)) > limits.code_points))
    return invalid(field, what + " can have up to " + std::to_string(limits.code_points) + " characters.");
  if (!is_clean_text(typed)) return invalid(field, what + " holds characters that cannot be kept.");
  const std::string text = with_plain_line_ends(trim(typed));
  if (limits.one_line && text.find('\n') != text.npos) return invalid(field, what + " is one line.");
  into = text;
  return {};
}

Fault take_body(std::string& into, const std::string& typed) {
  if (typed.size() > story_rules::most_body)
    return invalid("body", "A story can have up to a million letters.");
  if (!is_clean_text(typed)) return invalid("body", "This text holds characters that cannot be kept.");
  into = with_plain_line_ends(typed);
  return {};
}

bool is_language(std::string_view tag) {
  if (tag.size() > 35) return false;
  bool first = true;
  for (const std::string_view part : split(tag, '-')) {
    const std::size_t least = first ? 2 : 1;
    const bool fits =
        part.size() >= least && part.size() <= 8 && std::all_of(part.begin(), part.end(), [&](char c) {
          const auto u = static_cast<unsigned char>(c);
          return u < 0x80 && (first ? std::isalpha(u) : std::isalnum(u));
        });
    if (!fits) return false;
    first = false;
  }
  return true;
}

Fault take_language(std::string& into, std::string_view typed) {
  const std::string_view tag = trim(typed);
  if (!is_language(tag)) return invalid("lang", "A language is written as a tag like en, mi or pt-BR.");
  into = tag;
  return {};
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
    list.push_back(std::move(text));
}

Fault take_notes(std::vector<std::string>& into, const std::vector<std::string>& typed) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    std::string note;
    if (auto fault = take(note, typed[i], note_limits, "notes." + std::to_string(i))) return fault;
    add_once(notes, std::move(note));
    if (notes.size() > story_rules::most_notes)
      return invalid("notes", "A story can have up to 20 content notes.");
  }
  into = std::move(notes);
  return {};
}

Fault take_topics(std::vector<std::string>& into, const std::vector<std::string>& typed) {
  std::vector<std::string> topics;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const std::string_view topic = trim(typed[i]);
    if (!topic.empty() && !parse_topic(topic))
      return invalid("topics." + std::to_string(i), "This topic is not one that help can be found for.");
    add_once(topics, std::string(topic));
  }
  into = std::move(topics);
  return {};
}

Fault take_comments(CommentRule& into, std::string_view typed) {
  const auto rule = parse_comment_rule(typed);
  if (!rule) return invalid("comments", "Comments are for nobody, named or readers.");
  into = *rule;
  return {};
}

Fault take_state(Story& story, std::string_view typed) {
  const ItemState at_rest = story.published_at ? ItemState::withdrawn : ItemState::draft;
  if (typed == "published")
    story.state = ItemState::published;
  else if (typed == "draft" || typed == "withdrawn")
    story.state = at_rest;
  else
    return invalid("state", "A story is draft, published or withdrawn.");
  return {};
}

Fault take_photo_texts(StoryPhoto& into, const StoryChange::Photo& typed, const std::string& field) {
  if (auto fault = take(into.alt, typed.alt, alt_limits, field + ".alt")) return fault;
  if (auto fault = take(into.caption, typed.caption, caption_limits, field + ".caption")) return fault;
  return take(into.credit, typed.credit, credit_limits, field + ".credit");
}

Fault take_photos(std::vector<StoryPhoto>& into, const std::vector<StoryChange::Photo>& typed) {
  if (typed.size() > story_rules::most_photos)
    return invalid("photos",
                   "A story can hold up to " + std::to_string(story_rules::most_photos) + " photos.");
  std::vector<StoryPhoto> photos;
  std::unordered_set<PublicId> seen;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const std::string field = "photos." + std::to_string(i);
    const auto id = PublicId::parse(typed[i].id);
    if (!id) return invalid(field + ".id", std::string(story_rules::not_your_photo));
    if (!seen.insert(*id).second) return invalid(field + ".id", "This photo is in the story already.");
    StoryPhoto photo;
    photo.id = *id;
    if (auto fault = take_photo_texts(photo, typed[i], field)) return fault;
    photos.push_back(std::move(photo));
  }
  into = std::move(photos);
  return {};
}

Fault take_words(Story& story, const StoryChange& change) {
  Fault fault;
  if (!fault && change.title) fault = take(story.title, *change.title, title_limits, "title");
  if (!fault && change.lang) fault = take_language(story.lang, *change.lang);
  if (!fault && change.body) fault = take_body(story.body, *change.body);
  if (!fault && change.author_note)
    fault = take(story.author_note, *change.author_note, author_note_limits, "note");
  if (!fault && change.notes) fault = take_notes(story.notes, *change.notes);
  return fault;
}

Fault take_rest(Story& story, const StoryChange& change) {
  Fault fault;
  if (!fault && change.topics) fault = take_topics(story.topics, *change.topics);
  if (!fault) story.help_at_gate = change.help_at_gate.value_or(story.help_at_gate);
  if (!fault && change.photos) fault = take_photos(story.photos, *change.photos);
  if (!fault && change.comments) fault = take_comments(story.comments, *change.comments);
  if (!fault && change.state) fault = take_state(story, *change.state);
  return fault;
}

bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
}

using StandIns = std::unordered_map<std::string, std::string>;

// `text` with every id of `names` exchanged, wherever it stands.
std::string exchanged(std::string_view text, const StandIns& names) {
  std::string whole;
  whole.reserve(text.size());
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_id_letter);
    const std::string run(text.begin(), end);
    const auto found = run.size() == PublicId::text_size ? names.find(run) : names.end();
    whole += found == names.end() ? run : found->second;
    text.remove_prefix(run.size());
    if (text.empty()) break;
    whole += text.front();
    text.remove_prefix(1);
  }
  return whole;
}

PublicId numbered_id(std::size_t number) {
  std::array<std::byte, 16> bytes{};
  bytes[14] = static_cast<std::byte>(number >> 8);
  bytes[15] = static_cast<std::byte>(number & 0xff);
  return PublicId::from_bytes(bytes);
}

}  // namespace

std::string_view word_of(CommentRule rule) {
  return rule_words.at(static_cast<std::size_t>(rule));
}

std::optional<CommentRule> parse_comment_rule(std::string_view word) {
  const auto found = std::find(rule_words.begin(), rule_words.end(), word);
  if (found == rule_words.end()) return std::nullopt;
  return static_cast<CommentRule>(found - rule_words.begin());
}

std::string_view word_of(ItemState state) {
  return state_words.at(static_cast<std::size_t>(state));
}

namespace story_rules {

Refusal not_found() {
  return {Refused::not_found, "There is nothing at this address, or it is not shared with you."};
}

Result<Story> changed(Story story, const StoryChange& change) {
  if (auto fault = take_words(story, change)) return *fault;
  if (auto fault = take_rest(story, change)) return *fault;
  return story;
}

void keep_descriptions_only(Story& story) {
  StandIns names;
  for (std::size_t i = 0; i < story.photos.size(); ++i) {
    StoryPhoto& photo = story.photos[i];
    const PublicId stand_in = numbered_id(i + 1);
    names.emplace(photo.id.text(), stand_in.text());
    photo.id = stand_in;
    photo.row = {};
    photo.extent = {};
    photo.placeholder = {};
  }
  story.body = exchanged(story.body, names);
}

}  // namespace story_rules
}  // namespace keepsake
