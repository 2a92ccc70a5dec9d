#pragma once
// Markup that may stand in a page as it is. It can only grow from literals of our own and escaped text, so
// holding one is the proof that nothing in it came unescaped from outside.
#include <cstddef>
#include <string>
#include <string_view>

namespace keepsake::html {

class SafeHtml {
 public:
  SafeHtml() = default;
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  friend class SafeWriter;
  explicit SafeHtml(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Markup written out in our own source: only a literal converts.
class Markup {
 public:
  template <std::size_t N>
  consteval Markup(const char (&literal)[N]) : text_(literal, N - 1) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class SafeWriter {
 public:
  SafeWriter& markup(Markup literal);
  // Escaped so that it is text between tags and within an attribute in quotes.
  SafeWriter& text(std::string_view text);
  SafeWriter& number(long long value);
  SafeWriter& add(const SafeHtml& html);
  bool empty() const { return text_.empty(); }
  SafeHtml finish() { return SafeHtml(std::move(text_)); }

 private:
  friend class Pages;  // what an escaping template made is safe too
  std::string text_;
};

SafeHtml escape(std::string_view text);

}  // namespace keepsake::html
