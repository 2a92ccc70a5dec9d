#pragma once
// Values and the template they fill: whether they fit, and how they reach ctemplate.
#include <optional>
#include <string>

#include "html/template_text.h"
#include "html/values.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace keepsake::html {

struct Filling {
  // The first name that the template needs and the values lack, or that the values set and the template does
  // not have; nothing if they fit.
  static std::optional<std::string> mismatch(const TemplateScope& scope, const Values& values);
  // Borrows the texts: `values` must outlive the expansion.
  static void fill(ctemplate::TemplateDictionary& dictionary, const Values& values);

 private:
  struct Around;  // values, and those around them
  static std::optional<std::string> missing(const TemplateScope& scope, const Around& around);
  static std::optional<std::string> missing_in_sections(const TemplateScope& scope, const Around& around);
  static std::optional<std::string> unknown(const TemplateScope& scope, const Values& values);
  static bool has_text(const TemplateScope& scope, const Values::Text& text);
  static const TemplateScope* find_section(const TemplateScope& scope, const std::string& name);
};

}  // namespace keepsake::html
