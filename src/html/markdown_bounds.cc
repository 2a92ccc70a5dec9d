#include "html/markdown_bounds.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace keepsake::html {
namespace {

constexpr std::size_t most_declarations =
    200;                                    // "<!" and "<?", each looks for its end through the whole text
constexpr std::size_t most_images = 1000;   // every link looks at each "![" still open
constexpr std::size_t most_at_signs = 500;  // each cuts the rest of the text anew
constexpr std::size_t most_table_cells = 200'000;  // missing cells of a row are made up

std::size_t pairs(std::string_view text, char first, std::string_view seconds) {
  std::size_t count = 0;
  for (std::size_t at = text.find(first); at != std::string_view::npos; at = text.find(first, at + 1)) {
    if (at + 1 < text.size() && seconds.find(text[at + 1]) != std::string_view::npos) ++count;
  }
  return count;
}

std::size_t occurrences(std::string_view text, char c) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
}

// The columns of a line that could part a table's head from its rows: "|---|:--:|".
std::size_t columns_begun(std::string_view line) {
  if (line.find_first_not_of("|-: \t\v\f\r>") != std::string_view::npos) return 0;
  return line.find('-') == std::string_view::npos ? 0 : occurrences(line, '|') + 1;
}

std::size_t cells_at_most(std::string_view text) {
  std::size_t columns = 1, lines = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    columns = std::max(columns, columns_begun(text.substr(0, end)));
    ++lines;
    text.remove_prefix(end + 1);
  }
  return columns * lines;
}

}  // namespace

Dialect dialect_for(std::string_view text) {
  Dialect dialect;
  dialect.markdown = pairs(text, '<', "!?") <= most_declarations && pairs(text, '!', "[") <= most_images;
  dialect.autolinks = occurrences(text, '@') <= most_at_signs;
  dialect.tables = cells_at_most(text) <= most_table_cells;
  return dialect;
}

}  // namespace keepsake::html
