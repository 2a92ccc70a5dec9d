#pragma once
// Pages from templates: templates/layout/page.html around templates/pages/NAME.html, with templates/parts/
// put in by {{>NAME}}. Every file begins with {{%AUTOESCAPE context="HTML"}}, so that values are escaped for
// the place where they stand.
//
// Beside {{NAME}}, {{NAME:none}} (for set_html) and {{#SECTION}}, a template knows without being told:
//   {{w_ID}}        the words of that id (words without placeholders)
//   {{asset_NAME}}  the address of an asset, with its content's hash ("asset_keepsake_css")
//   {{LANG}} {{DIR}} of the words
// One template serves all languages: words are put in when a page is made.
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "html/safe_html.h"
#include "html/values.h"
#include "html/words.h"

namespace keepsake::html {

// A template and the values for it do not fit; names the variable or section.
struct TemplateMismatch : std::logic_error {
  using std::logic_error::logic_error;
};

enum class OnMismatch { raise, write_to_log };
#ifdef NDEBUG
inline constexpr OnMismatch default_on_mismatch = OnMismatch::write_to_log;
#else
inline constexpr OnMismatch default_on_mismatch = OnMismatch::raise;
#endif

class Pages {
 public:
  // Reads every embedded template; throws std::runtime_error naming the file if one is malformed, uses an
  // word, part or asset that is not there, or puts a value where no escaping helps (see template_text.h).
  // `words` are looked at only while constructing; all catalogues have the same ids.
  explicit Pages(const Words& words, OnMismatch on_mismatch = default_on_mismatch);
  // From texts of the caller: "layout/page.html", "pages/story.html", "parts/figure.html" -> content.
  Pages(const Words& words, const std::map<std::string, std::string>& templates,
        OnMismatch on_mismatch = default_on_mismatch);
  ~Pages();

  // The whole page, layout included. `page` is the file's name without folder and ending ("story"). Every
  // variable that the shown sections hold must be set, and every name set must occur: otherwise
  // TemplateMismatch, or a line in the log and an empty place. Thread-safe.
  std::string render(std::string_view page, const Values& values, const Words& words) const;
  // One part alone.
  SafeHtml render_part(std::string_view part, const Values& values, const Words& words) const;

 private:
  struct Loaded;
  const Loaded& loaded(std::string_view key) const;
  std::string expand(const Loaded& page, const Values& values, const Words& words) const;

  OnMismatch on_mismatch_;
  std::map<std::string, std::unique_ptr<Loaded>, std::less<>> loaded_;
};

}  // namespace keepsake::html
