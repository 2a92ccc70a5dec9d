#pragma once
#include <string_view>

namespace keepsake::html {

// What of the Markdown parser a text may use. cmark-gfm 0.29.0.gfm.6 takes time that grows with the square of
// the size for a few shapes no writer makes (CVE-2023-22484 and its kin), and tables may grow far beyond
// their text; a text of such a shape does without.
struct Dialect {
  bool markdown = true;  // otherwise paragraphs of plain text
  bool autolinks = true;
  bool tables = true;
};

Dialect dialect_for(std::string_view text);

}  // namespace keepsake::html
