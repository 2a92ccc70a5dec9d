#pragma once
// What a page is filled with: texts by name, sections that are shown, and sections that repeat. A section
// inside sees the names of those around it.
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "html/safe_html.h"

namespace keepsake::html {

class Values {
 public:
  // Fills {{NAME}}; escaped by the template for the place where it stands.
  Values& set(std::string_view name, std::string_view text);
  Values& set(std::string_view name, const char* text) { return set(name, std::string_view(text)); }
  Values& set(std::string_view name, std::int64_t number);
  // Fills {{NAME:none}}.
  Values& set_html(std::string_view name, const SafeHtml& html);
  // Shows {{#SECTION}}...{{/SECTION}} once; sections are hidden otherwise.
  Values& show(std::string_view section);
  // Shows the section if `when`.
  Values& show_if(bool when, std::string_view section) { return when ? show(section) : *this; }
  // Sets `name` and shows `section`, unless the text is empty.
  Values& set_in(std::string_view section, std::string_view name, std::string_view text);
  // Shows the section once more and returns what fills it this time; stays valid as long as these Values
  // live.
  Values& add(std::string_view section);

 private:
  friend class Pages;
  friend struct Filling;
  struct Text {
    std::string name, text;
    bool html;
  };
  struct Section {
    std::string name;
    std::deque<Values> times;  // empty: shown once with what is around it
  };
  Section& section(std::string_view name);

  std::vector<Text> texts_;
  std::deque<Section> sections_;
};

}  // namespace keepsake::html
