#pragma once
// Templates before ctemplate sees them: includes and assets are put in, the names that must be filled and the
// words that are said are collected, and places where a value could do harm are refused:
//   - a value in an attribute without quotes, in on..., style, srcdoc, srcset, formaction or xlink:href, in
//     <script> or <style>, or where a tag's or an attribute's name stands;
//   - a value within an address but not at its beginning, unless it is {{NAME:url_query_escape}};
//   - {{NAME:none}} anywhere but between tags;
//   - a value within <textarea> or <pre> that is not {{NAME:pre_escape}}, since others lose their line
//   breaks;
//   - inline scripts and styles, which the content security policy would not run.
// ctemplate turns line breaks into spaces where it escapes; within <textarea> and <pre> they are kept.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace keepsake::html {

// The names within a section (or a whole template), sections inside it apart.
struct TemplateScope {
  std::set<std::string, std::less<>> texts, htmls;
  std::map<std::string, TemplateScope, std::less<>> sections;
};

struct TemplateText {
  std::string text;  // for ctemplate
  TemplateScope scope;
  // {{w_ID}}, {{LANG}} and {{DIR}}: filled when the page is made, so that all languages share its template.
  std::set<std::string, std::less<>> words;  // without "w_"
};

using TemplateFiles = std::map<std::string, std::string, std::less<>>;
// The text that stands for a name known without being told (asset_...), not yet escaped.
using KnownName = std::function<std::optional<std::string>(std::string_view name)>;

// Reads the file `name`, with `content` put in where it says {{>content}} and parts where it says {{>PART}}.
// Throws std::runtime_error naming the file.
TemplateText read_template(const TemplateFiles& files, std::string_view name, std::string_view content,
                           const KnownName& known);

}  // namespace keepsake::html
