#include "html/html_place.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace keepsake::html {
namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_address(std::string_view attribute) {
  return one_of<5>(attribute, {"href", "src", "action", "poster", "cite"});
}

bool takes_no_value(std::string_view attribute) {
  return attribute.starts_with("on") ||
         one_of<5>(attribute, {"style", "srcdoc", "srcset", "formaction", "xlink:href"});
}

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw std::runtime_error(std::string(name) + " " + std::string(why));
}

}  // namespace

void HtmlPlace::pass(std::string_view markup) {
  for (const char c : markup) step(c);
}

void HtmlPlace::step(char c) {
  if (in_ == In::text) return step_in_text(c);
  if (in_ != In::value) return step_in_tag(c);
  if (c == quote_)
    in_ = In::tag;
  else
    value_ += c;
}

void HtmlPlace::step_in_text(char c) {
  if (c != '<') return;
  in_ = In::tag_name;
  tag_.clear();
  has_source_ = false;
}

void HtmlPlace::step_in_tag(char c) {
  if (c == '>') return end_tag();
  if (in_ == In::before_value) {
    if (c != '"' && c != '\'') throw std::runtime_error("attribute " + attribute_ + " has no quotes");
    quote_ = c;
    value_.clear();
    in_ = In::value;
  } else if (in_ == In::tag_name) {
    if (is_space(c))
      in_ = In::tag;
    else
      tag_ += c;
  } else if (c == '=') {
    begin_attribute();
    has_source_ = has_source_ || attribute_ == "src";
    in_ = In::before_value;
  } else if (is_space(c)) {
    in_ = In::tag;
  } else {
    if (in_ == In::tag) attribute_.clear();
    in_ = In::attribute_name;
    attribute_ += c;
  }
}

void HtmlPlace::begin_attribute() const {
  if (attribute_.starts_with("on") || attribute_ == "style" || attribute_ == "srcdoc")
    throw std::runtime_error("the content security policy forbids " + attribute_ + "=");
}

void HtmlPlace::end_tag() {
  if (tag_ == "style" || (tag_ == "script" && !has_source_))
    throw std::runtime_error("the content security policy forbids inline <" + tag_ + ">");
  in_ = In::text;
}

std::string_view HtmlPlace::modifier(std::string_view name, std::string_view how) const {
  if (in_ == In::text) return modifier_in_text(name, how);
  if (in_ != In::value) refuse(name, "stands in a tag, but not in an attribute's value in quotes");
  if (how == "none") refuse(name, "is markup and stands in an attribute");
  if (takes_no_value(attribute_)) refuse(name, "stands in " + attribute_ + "=");
  if (is_address(attribute_) && !value_.empty() && how != "url_query_escape")
    refuse(name, "stands within an address and needs :url_query_escape");
  if (!how.empty() && how != "url_query_escape") refuse(name, "has an unknown modifier");
  return how;
}

std::string_view HtmlPlace::modifier_in_text(std::string_view name, std::string_view how) const {
  if (tag_ == "script") refuse(name, "stands in a script");
  if (!how.empty() && how != "none") refuse(name, "has an unknown modifier");
  return how.empty() && (tag_ == "textarea" || tag_ == "pre") ? "pre_escape" : how;
}

}  // namespace keepsake::html
