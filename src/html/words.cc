#include "html/words.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"

namespace keepsake::html {
namespace {

struct Line {
  std::string_view whole, id, text;
  bool has_sign;
};

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool braces_match(std::string_view text) {
  int open = 0;
  for (const char c : text) {
    open += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (open < 0) return false;
  }
  return open == 0;
}

// Takes the next line that is not empty and no comment; nothing at the end.
std::optional<Line> next_line(std::string_view& file) {
  while (!file.empty()) {
    const std::size_t end = file.find('\n');
    const std::string_view line = trim(file.substr(0, end));
    file.remove_prefix(end == file.npos ? file.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t sign = line.find('=');
    const std::string_view text = sign == line.npos ? std::string_view() : trim(line.substr(sign + 1));
    return Line{line, trim(line.substr(0, sign)), text, sign != line.npos};
  }
  return std::nullopt;
}

// Takes the lines of the head off the file.
WordsHead take_head(std::string_view& file) {
  WordsHead head;
  for (std::string_view rest = file;; file = rest) {
    const auto line = next_line(rest);
    if (!line || !line->whole.starts_with('@')) return head;
    if (line->id == "@called") {
      head.called = line->text;
    } else if (line->id == "@machine_made" && line->text == "yes") {
      head.machine_made = true;
    } else {
      throw std::runtime_error("words: unknown in the head: " + std::string(line->whole));
    }
  }
}

}  // namespace

struct Words::Kept {
  std::mutex mutex;
  std::map<std::string_view, Message> messages;
};

WordsHead read_words_head(std::string_view file) {
  return take_head(file);
}

Words::Words() : kept_(std::make_unique<Kept>()) {}
Words::Words(Words&&) noexcept = default;
Words::~Words() = default;

Words Words::load(std::string_view language) {
  const auto file = embedded_file("words/" + std::string(language) + ".txt");
  if (!file) throw std::runtime_error("no words for " + std::string(language));
  return parse(language, *file);
}

Words Words::parse(std::string_view language, std::string_view file) {
  Words words;
  words.language_ = language;
  words.customs_ = std::make_unique<Customs>(language);
  words.head_ = take_head(file);
  while (const auto line = next_line(file)) {
    if (!line->has_sign || !is_name(line->id) || !is_clean_text(line->whole) || !braces_match(line->text))
      throw std::runtime_error("words: not `id = text`: " + std::string(line->whole));
    words.entries_.push_back({line->id, line->text});
  }
  std::ranges::sort(words.entries_, {}, &Entry::id);
  const auto twice = std::ranges::adjacent_find(words.entries_, {}, &Entry::id);
  if (twice != words.entries_.end()) throw std::runtime_error("words: twice: " + std::string(twice->id));
  return words;
}

const Words::Entry* Words::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(entries_, id, {}, &Entry::id);
  return found == entries_.end() || found->id != id ? nullptr : &*found;
}

const Words::Entry& Words::get(std::string_view id) const {
  const Entry* found = find(id);
  if (!found) throw std::logic_error("no words for the id " + std::string(id));
  return *found;
}

const Message& Words::message(const Entry& entry) const {
  const std::lock_guard lock(kept_->mutex);
  const auto known = kept_->messages.find(entry.id);
  if (known != kept_->messages.end()) return known->second;
  return kept_->messages.try_emplace(entry.id, language_, entry.text).first->second;
}

std::string Words::say(std::string_view id, std::initializer_list<Filled> filled) const {
  const Entry& entry = get(id);
  if (filled.size() == 0 && entry.text.find('{') == entry.text.npos) return std::string(entry.text);
  return message(entry).fill(filled);
}

std::string_view Words::plain(std::string_view id) const {
  const Entry& entry = get(id);
  if (entry.text.find('{') != entry.text.npos)
    throw std::logic_error("words " + std::string(id) + " have places to fill: " + std::string(entry.text));
  return entry.text;
}

std::optional<std::string_view> Words::id_of(std::string_view text) const {
  const auto found = std::ranges::find(entries_, text, &Entry::text);
  return found == entries_.end() ? std::nullopt : std::optional(found->id);
}

std::vector<std::string_view> Words::ids() const {
  std::vector<std::string_view> ids;
  for (const Entry& entry : entries_) ids.push_back(entry.id);
  return ids;
}

const std::set<std::string, std::less<>>& Words::places(std::string_view id) const {
  return message(get(id)).names();
}

}  // namespace keepsake::html
