#pragma once
// From cmark's tree to our markup: an allow-list, so what is not written here cannot appear.
#include <cstddef>
#include <string>
#include <string_view>

#include "html/markdown.h"

struct cmark_node;

namespace keepsake::html {

SafeHtml write_markdown(cmark_node* document, const MarkdownOptions& options);
std::string write_excerpt(cmark_node* document, std::size_t limit);
// The same from text that is not Markdown.
std::string excerpt_of(std::string_view text, std::size_t limit);

}  // namespace keepsake::html
