#include "html/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/text.h"
#include "html/markdown_bounds.h"
#include "html/markdown_writer.h"

namespace keepsake::html {
namespace {

struct Free {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

void register_extensions() {
  static std::once_flag once;
  std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
}

void extend(cmark_parser* parser, const char* name) {
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
}

using Document = std::unique_ptr<cmark_node, Free>;

Document parse(std::string_view text, const Dialect& dialect) {
  register_extensions();
  const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  extend(parser.get(), "strikethrough");
  if (dialect.tables) extend(parser.get(), "table");
  if (dialect.autolinks) extend(parser.get(), "autolink");
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return Document(cmark_parser_finish(parser.get()));
}

SafeHtml plain_paragraphs(std::string_view text) {
  SafeWriter out;
  std::string paragraph;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) out.markup("<p dir=\"auto\">").text(paragraph).markup("</p>\n");
    paragraph.clear();
  };
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty())
      end_paragraph();
    else
      paragraph.append(paragraph.empty() ? "" : "\n").append(trim(line));
  }
  end_paragraph();
  return out.finish();
}

}  // namespace

SafeHtml markdown(std::string_view text, const MarkdownOptions& options) {
  const std::string_view bounded = cut_at(text, most_markdown_bytes);
  const Dialect dialect = dialect_for(bounded);
  if (!dialect.markdown) return plain_paragraphs(bounded);
  return write_markdown(parse(bounded, dialect).get(), options);
}

std::string plain_text_excerpt(std::string_view text, std::size_t limit) {
  // Markup takes room too; what stands far beyond the limit cannot be reached.
  const std::string_view bounded = cut_at(text, 4096 + 16 * std::min(limit, most_markdown_bytes / 16));
  const Dialect dialect = dialect_for(bounded);
  if (!dialect.markdown) return excerpt_of(bounded, limit);
  return write_excerpt(parse(bounded, dialect).get(), limit);
}

}  // namespace keepsake::html
