#include "html/filling.h"

#include <cstring>  // ctemplate's headers use it without saying so

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace keepsake::html {

struct Filling::Around {
  const Values& values;
  const Around* outer;

  bool sets(const std::string& name, bool html) const {
    const bool here = std::any_of(values.texts_.begin(), values.texts_.end(), [&](const Values::Text& text) {
      return text.name == name && text.html == html;
    });
    return here || (outer && outer->sets(name, html));
  }
  const Values::Section* section(const std::string& name) const {
    for (const Values::Section& section : values.sections_) {
      if (section.name == name) return &section;
    }
    return outer ? outer->section(name) : nullptr;
  }
};

std::optional<std::string> Filling::mismatch(const TemplateScope& scope, const Values& values) {
  if (auto name = missing(scope, {values, nullptr})) return *name + " is not set";
  if (auto name = unknown(scope, values)) return *name + " is not in the template";
  return std::nullopt;
}

std::optional<std::string> Filling::missing(const TemplateScope& scope, const Around& around) {
  for (const std::string& name : scope.texts) {
    if (!around.sets(name, false)) return name;
  }
  for (const std::string& name : scope.htmls) {
    if (!around.sets(name, true)) return name + ":none";
  }
  return missing_in_sections(scope, around);
}

std::optional<std::string> Filling::missing_in_sections(const TemplateScope& scope, const Around& around) {
  for (const auto& [name, inner] : scope.sections) {
    const Values::Section* section = around.section(name);
    if (!section) continue;
    if (section->times.empty()) {
      if (auto found = missing(inner, around)) return found;
    }
    for (const Values& time : section->times) {
      if (auto found = missing(inner, {time, &around})) return found;
    }
  }
  return std::nullopt;
}

std::optional<std::string> Filling::unknown(const TemplateScope& scope, const Values& values) {
  for (const Values::Text& text : values.texts_) {
    if (!has_text(scope, text)) return text.name;
  }
  for (const Values::Section& section : values.sections_) {
    const TemplateScope* inner = find_section(scope, section.name);
    if (!inner) return section.name;
    for (const Values& time : section.times) {
      if (auto found = unknown(*inner, time)) return found;
    }
  }
  return std::nullopt;
}

bool Filling::has_text(const TemplateScope& scope, const Values::Text& text) {
  if ((text.html ? scope.htmls : scope.texts).count(text.name)) return true;
  return std::any_of(scope.sections.begin(), scope.sections.end(),
                     [&](const auto& section) { return has_text(section.second, text); });
}

const TemplateScope* Filling::find_section(const TemplateScope& scope, const std::string& name) {
  const auto here = scope.sections.find(name);
  if (here != scope.sections.end()) return &here->second;
  for (const auto& section : scope.sections) {
    if (const TemplateScope* found = find_section(section.second, name)) return found;
  }
  return nullptr;
}

void Filling::fill(ctemplate::TemplateDictionary& dictionary, const Values& values) {
  const auto borrowed = [](const std::string& text) {
    return ctemplate::TemplateString(text.data(), text.size());
  };
  for (const Values::Text& text : values.texts_) {
    dictionary.SetValueWithoutCopy(borrowed(text.name), borrowed(text.text));
  }
  for (const Values::Section& section : values.sections_) {
    if (section.times.empty()) dictionary.ShowSection(borrowed(section.name));
    for (const Values& time : section.times)
      fill(*dictionary.AddSectionDictionary(borrowed(section.name)), time);
  }
}

}  // namespace keepsake::html
