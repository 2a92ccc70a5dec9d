#include "html/safe_html.h"

namespace keepsake::html {
namespace {

std::string_view escaped(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

SafeWriter& SafeWriter::markup(Markup literal) {
  text_ += literal.text();
  return *this;
}

SafeWriter& SafeWriter::text(std::string_view text) {
  text_.reserve(text_.size() + text.size());
  for (const char c : text) {
    const std::string_view entity = escaped(c);
    if (entity.empty())
      text_ += c;
    else
      text_ += entity;
  }
  return *this;
}

SafeWriter& SafeWriter::number(long long value) {
  text_ += std::to_string(value);
  return *this;
}

SafeWriter& SafeWriter::add(const SafeHtml& html) {
  text_ += html.text();
  return *this;
}

SafeHtml escape(std::string_view text) {
  return SafeWriter().text(text).finish();
}

}  // namespace keepsake::html
