#pragma once
// Where in the markup a template's marker stands, and whether a value may stand there. Knows as much of
// HTML's syntax as our own templates need (lower case, attributes in quotes), and refuses the rest.
#include <string>
#include <string_view>

namespace keepsake::html {

class HtmlPlace {
 public:
  // Moves on over `markup`. Throws std::runtime_error at an inline script, style or event handler.
  void pass(std::string_view markup);
  // The modifier {{name:how}} needs here, most often `how` itself; within <textarea> and <pre> a value keeps
  // its line breaks. Throws std::runtime_error if it must not stand here.
  std::string_view modifier(std::string_view name, std::string_view how) const;

 private:
  enum class In { text, tag_name, tag, attribute_name, before_value, value };
  void step(char c);
  void step_in_text(char c);
  void step_in_tag(char c);
  void end_tag();
  void begin_attribute() const;
  std::string_view modifier_in_text(std::string_view name, std::string_view how) const;

  In in_ = In::text;
  std::string tag_;        // the tag being read, or the last one: "a", "/a", "script"
  std::string attribute_;  // the attribute being read
  std::string value_;      // the value as far as it is read
  char quote_ = 0;
  bool has_source_ = false;  // this tag has a src
};

}  // namespace keepsake::html
