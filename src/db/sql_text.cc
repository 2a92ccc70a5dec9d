#include "db/sql_text.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "db/database.h"

namespace keepsake::db {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::size_t after_next(std::string_view sql, std::size_t from, std::string_view closing) {
  const auto found = sql.find(closing, from);
  return found == sql.npos ? sql.size() : found + closing.size();
}

// "$$" or "$tag$" at `at`, or nothing.
std::string_view dollar_tag(std::string_view sql, std::size_t at) {
  if (at + 1 < sql.size() && is_digit(sql[at + 1])) return {};
  const auto end = after_word(sql, at + 1);
  return end < sql.size() && sql[end] == '$' ? sql.substr(at, end + 1 - at) : std::string_view();
}

// The body of a trigger on SQLite: BEGIN ...; ...; END, where CASE has an END of its own.
class TriggerBody {
 public:
  void see(std::string_view word) {
    const auto lower = ascii_lower(word);
    if (words_ < 3) in_trigger_ = in_trigger_ || (created_ && lower == "trigger");
    if (words_++ == 0) created_ = lower == "create";
    if (!in_trigger_) return;
    if (lower == "begin" || (depth_ > 0 && lower == "case")) ++depth_;
    if (depth_ > 0 && lower == "end") --depth_;
  }
  bool open() const { return depth_ > 0; }

 private:
  int words_ = 0;
  int depth_ = 0;
  bool created_ = false;
  bool in_trigger_ = false;
};

class Splitter {
 public:
  explicit Splitter(std::string_view script) : script_(script) {}

  std::vector<std::string> split() {
    while (at_ < script_.size()) step();
    finish(script_.size());
    return std::move(statements_);
  }

 private:
  void step() {
    if (const auto end = after_opaque(script_, at_); end != at_) {
      if (script_[at_] != '-' && script_[at_] != '/') has_text_ = true;
      at_ = end;
    } else if (const auto word = after_word(script_, at_); word != at_) {
      body_.see(script_.substr(at_, word - at_));
      has_text_ = true;
      at_ = word;
    } else {
      if (script_[at_] == ';' && !body_.open()) finish(at_);
      ++at_;
    }
  }

  void finish(std::size_t end) {
    if (has_text_) statements_.emplace_back(trim(script_.substr(start_, end - start_)));
    start_ = end + 1;
    has_text_ = false;
    body_ = {};
  }

  std::string_view script_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  bool has_text_ = false;
  TriggerBody body_;
  std::vector<std::string> statements_;
};

}  // namespace

std::size_t after_opaque(std::string_view sql, std::size_t at) {
  const auto rest = sql.substr(at);
  if (rest.empty()) return at;
  if (rest[0] == '\'' || rest[0] == '"') return after_next(sql, at + 1, rest.substr(0, 1));
  if (rest.starts_with("--")) return after_next(sql, at, "\n");
  if (rest.starts_with("/*")) return after_next(sql, at + 2, "*/");
  if (rest[0] != '$') return at;
  const auto tag = dollar_tag(sql, at);
  return tag.empty() ? at : after_next(sql, at + tag.size(), tag);
}

std::size_t after_word(std::string_view sql, std::size_t at) {
  while (at < sql.size() && is_word(sql[at])) ++at;
  return at;
}

std::size_t count_parameters(std::string_view sql) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < sql.size();) {
    if (const auto end = after_opaque(sql, at); end != at) {
      at = end;
    } else if (sql[at] == '$') {
      std::size_t number = 0;
      const auto read = std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
      if (number == 0 || number > seen + 1)
        throw Error("parameters must first appear as $1, $2, ... in order: " + std::string(sql));
      seen = std::max(seen, number);
      at = static_cast<std::size_t>(read.ptr - sql.data());
    } else {
      ++at;
    }
  }
  return seen;
}

std::vector<std::string> split_statements(std::string_view script) {
  return Splitter(script).split();
}

}  // namespace keepsake::db
