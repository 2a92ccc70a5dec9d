#include "html/values.h"

#include <algorithm>

namespace keepsake::html {

Values& Values::set(std::string_view name, std::string_view text) {
  texts_.push_back({std::string(name), std::string(text), false});
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t number) {
  return set(name, std::to_string(number));
}

Values& Values::set_html(std::string_view name, const SafeHtml& html) {
  texts_.push_back({std::string(name), html.text(), true});
  return *this;
}

Values& Values::show(std::string_view name) {
  section(name);
  return *this;
}

Values& Values::set_in(std::string_view section, std::string_view name, std::string_view text) {
  return text.empty() ? *this : show(section).set(name, text);
}

Values& Values::add(std::string_view name) {
  return section(name).times.emplace_back();
}

Values::Section& Values::section(std::string_view name) {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [&](const Section& section) { return section.name == name; });
  if (found != sections_.end()) return *found;
  return sections_.emplace_back(Section{std::string(name), {}});
}

}  // namespace keepsake::html
