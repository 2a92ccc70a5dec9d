#include "html/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>
#include <mutex>

#include "base/text.h"
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

std::unique_ptr<cmark_node, Free> parse(std::string_view text) {
  register_extensions();
  const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  for (const char* name : {"table", "strikethrough", "autolink"}) {
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  }
  const std::string_view bounded = cut_at(text, most_markdown_bytes);
  cmark_parser_feed(parser.get(), bounded.data(), bounded.size());
  return std::unique_ptr<cmark_node, Free>(cmark_parser_finish(parser.get()));
}

}  // namespace

SafeHtml markdown(std::string_view text, const MarkdownOptions& options) {
  return write_markdown(parse(text).get(), options);
}

std::string plain_text_excerpt(std::string_view text, std::size_t limit) {
  // Markup takes room too; what stands far beyond the limit cannot be reached.
  const auto document = parse(cut_at(text, 4096 + 16 * limit));
  return write_excerpt(document.get(), limit);
}

}  // namespace keepsake::html
