#pragma once
// What people type, as CommonMark with tables, strikethrough and autolinks (GFM 0.29). Raw HTML is dropped,
// links lead only to http, https, mailto, a path of this house or a fragment, and carry
// rel="nofollow noopener noreferrer ugc". Headings begin at h2, below the story's title, and leave no
// level out, however they were written. Blocks are dir="auto".
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "html/figure.h"
#include "html/safe_html.h"

namespace keepsake::html {

inline constexpr std::size_t most_markdown_bytes = 1 << 20;

struct MarkdownOptions {
  // Which photo `![...](photo:ID)` places, standing in a paragraph of the text or a list; called once for
  // each place, in order. Absent: the image's own alt text stands there, as for every other image.
  std::function<std::optional<PlacedPhoto>(const PublicId& id)> photo;
  Images images = Images::shown;
};

// `text` must be well-formed UTF-8; what goes beyond most_markdown_bytes is cut off. Nesting deeper than 32
// is flattened to its text. The time taken grows with the size of the text, not with its square: texts of
// shapes that would are set as plain paragraphs (markdown_bounds.h).
SafeHtml markdown(std::string_view text, const MarkdownOptions& options = {});

// The text alone on one line, without images and markup, at most `limit` code points, cut between words with
// an ellipsis.
std::string plain_text_excerpt(std::string_view markdown, std::size_t limit);

}  // namespace keepsake::html
