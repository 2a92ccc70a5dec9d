#include "html/markdown_writer.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "html/markdown_link.h"

namespace keepsake::html {
namespace {

constexpr int deepest = 32;

std::string_view or_empty(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}
std::string_view literal_of(cmark_node* node) {
  return or_empty(cmark_node_get_literal(node));
}

bool is_block(cmark_node_type type) {
  return (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
}
// An extension's node, as the extension names it ("table", "strikethrough").
bool is_extension(cmark_node* node, std::string_view name) {
  return name == cmark_node_get_type_string(node);
}
bool is_break(cmark_node_type type) {
  return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

// The text of a node and all below it, with spaces between blocks. Not recursive, so any depth will do.
template <class Take>
void each_text(cmark_node* node, const Take& take) {
  cmark_iter* iter = cmark_iter_new(node);
  while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
    if (cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER) continue;
    cmark_node* at = cmark_iter_get_node(iter);
    const cmark_node_type type = cmark_node_get_type(at);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK)
      take(at, literal_of(at));
    else if (is_break(type) || is_block(type))
      take(at, " ");
  }
  cmark_iter_free(iter);
}

std::string text_of(cmark_node* node) {
  std::string text;
  each_text(node, [&](cmark_node*, std::string_view part) { text += part; });
  return std::string(trim(text));
}

// Words that somebody put between tags stay words; scripts, styles, comments and declarations go.
std::string without_tags(std::string_view html) {
  const std::string begin = ascii_lower(html.substr(0, 7));
  for (const std::string_view dropped : {"<script", "<style", "<!", "<?"}) {
    if (begin.starts_with(dropped)) return {};
  }
  std::string text;
  while (!html.empty()) {
    const std::size_t open = html.find('<');
    text += html.substr(0, open);
    const std::size_t close = open == std::string_view::npos ? open : html.find('>', open);
    if (close == std::string_view::npos) break;
    html.remove_prefix(close + 1);
  }
  return std::string(trim(text));
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const MarkdownOptions& options) : options_(options) {}

  SafeHtml write(cmark_node* document) {
    children(document, 0);
    return out_.finish();
  }

 private:
  void children(cmark_node* node, int depth) {
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
      write_node(child, depth + 1);
    }
  }

  void write_node(cmark_node* node, int depth) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (depth > deepest)
      out_.text(text_of(node));
    else if (is_block(type))
      block(node, type, depth);
    else
      inline_node(node, type, depth);
  }

  void block(cmark_node* node, cmark_node_type type, int depth) {
    switch (type) {
      case CMARK_NODE_PARAGRAPH:
        return paragraph(node, depth);
      case CMARK_NODE_HEADING:
        return heading(node, depth);
      case CMARK_NODE_BLOCK_QUOTE:
        out_.markup("<blockquote>\n");
        children(node, depth);
        out_.markup("</blockquote>\n");
        return;
      case CMARK_NODE_LIST:
        return list(node, depth);
      case CMARK_NODE_ITEM:
        out_.markup("<li dir=\"auto\">");
        children(node, depth);
        out_.markup("</li>\n");
        return;
      case CMARK_NODE_CODE_BLOCK:
        out_.markup("<pre dir=\"auto\"><code>").text(literal_of(node)).markup("</code></pre>\n");
        return;
      case CMARK_NODE_THEMATIC_BREAK:
        out_.markup("<hr>\n");
        return;
      case CMARK_NODE_HTML_BLOCK:
        return html_block(node);
      default:
        if (is_extension(node, "table")) table(node, depth);
    }
  }

  // A figure cannot stand in a <p>: the paragraph ends before a photo and begins anew after it.
  void paragraph(cmark_node* node, int depth) {
    const bool bare = is_tight(node);
    SafeWriter whole = std::move(out_);
    out_ = SafeWriter();
    const auto end_run = [&] {
      const SafeHtml run = out_.finish();
      out_ = SafeWriter();
      if (trim(run.text()).empty()) return;
      if (bare)
        whole.add(run);
      else
        whole.markup("<p dir=\"auto\">").add(run).markup("</p>\n");
    };
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
      if (const auto photo = placed(child)) {
        end_run();
        whole.add(figure(*photo, options_.images));
      } else if (!(is_break(cmark_node_get_type(child)) && out_.empty())) {
        write_node(child, depth + 1);
      }
    }
    end_run();
    out_ = std::move(whole);
  }

  static bool is_tight(cmark_node* paragraph) {
    cmark_node* list =
        cmark_node_parent(paragraph) ? cmark_node_parent(cmark_node_parent(paragraph)) : nullptr;
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
  }

  std::optional<PlacedPhoto> placed(cmark_node* node) {
    if (cmark_node_get_type(node) != CMARK_NODE_IMAGE || !options_.photo) return std::nullopt;
    const auto id = photo_link(or_empty(cmark_node_get_url(node)));
    if (!id) return std::nullopt;
    auto photo = options_.photo(*id);
    if (photo && photo->alt.empty()) photo->alt = text_of(node);
    return photo;
  }

  // However deep somebody begins: the first heading is an h2, and none is more than one below its parent.
  int level_of(int written) {
    while (!headings_.empty() && headings_.back() >= written) headings_.pop_back();
    headings_.push_back(written);
    return std::min(static_cast<int>(headings_.size()) + 1, 6);
  }

  void heading(cmark_node* node, int depth) {
    const int level = level_of(cmark_node_get_heading_level(node));
    out_.markup("<h").number(level).markup(" dir=\"auto\">");
    children(node, depth);
    out_.markup("</h").number(level).markup(">\n");
  }

  void list(cmark_node* node, int depth) {
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    const int start = cmark_node_get_list_start(node);
    if (!ordered)
      out_.markup("<ul>\n");
    else if (start == 1)
      out_.markup("<ol>\n");
    else
      out_.markup("<ol start=\"").number(start).markup("\">\n");
    children(node, depth);
    if (ordered)
      out_.markup("</ol>\n");
    else
      out_.markup("</ul>\n");
  }

  void html_block(cmark_node* node) {
    const std::string text = without_tags(literal_of(node));
    if (!text.empty()) out_.markup("<p dir=\"auto\">").text(text).markup("</p>\n");
  }

  void table(cmark_node* node, int depth) {
    out_.markup("<table>\n");
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
      const bool head = cmark_gfm_extensions_get_table_row_is_header(row);
      out_.markup("<tr>");
      for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
        table_cell(cell, head, depth + 2);
      }
      out_.markup("</tr>\n");
    }
    out_.markup("</table>\n");
  }

  void table_cell(cmark_node* cell, bool head, int depth) {
    if (head)
      out_.markup("<th scope=\"col\" dir=\"auto\">");
    else
      out_.markup("<td dir=\"auto\">");
    children(cell, depth);
    if (head)
      out_.markup("</th>");
    else
      out_.markup("</td>");
  }

  void inline_node(cmark_node* node, cmark_node_type type, int depth) {
    switch (type) {
      case CMARK_NODE_TEXT:
        out_.text(literal_of(node));
        return;
      case CMARK_NODE_SOFTBREAK:
        out_.markup("\n");
        return;
      case CMARK_NODE_LINEBREAK:
        out_.markup("<br>\n");
        return;
      case CMARK_NODE_CODE:
        out_.markup("<code>").text(literal_of(node)).markup("</code>");
        return;
      case CMARK_NODE_EMPH:
        return wrapped("<em>", node, "</em>", depth);
      case CMARK_NODE_STRONG:
        return wrapped("<strong>", node, "</strong>", depth);
      case CMARK_NODE_LINK:
        return link(node, depth);
      case CMARK_NODE_IMAGE:
        out_.text(text_of(node));
        return;
      default:
        if (is_extension(node, "strikethrough")) wrapped("<del>", node, "</del>", depth);
    }
  }

  void wrapped(Markup open, cmark_node* node, Markup close, int depth) {
    out_.markup(open);
    children(node, depth);
    out_.markup(close);
  }

  void link(cmark_node* node, int depth) {
    const auto address = safe_link(or_empty(cmark_node_get_url(node)));
    if (!address) return children(node, depth);
    out_.markup("<a href=\"").text(*address).markup("\" rel=\"nofollow noopener noreferrer ugc\">");
    children(node, depth);
    out_.markup("</a>");
  }

  const MarkdownOptions& options_;
  SafeWriter out_;
  std::vector<int> headings_;  // levels as written, of the last heading and those it stands below
};

bool within_image(cmark_node* node) {
  for (cmark_node* at = cmark_node_parent(node); at; at = cmark_node_parent(at)) {
    if (cmark_node_get_type(at) == CMARK_NODE_IMAGE) return true;
    if (is_block(cmark_node_get_type(at))) return false;
  }
  return false;
}

// White space as one space each, none at the ends.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return std::string(trim(line));
}

// At most `limit` code points.
std::string_view first_code_points(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
    if (begins && limit-- == 0) break;
  }
  return text.substr(0, at);
}

}  // namespace

SafeHtml write_markdown(cmark_node* document, const MarkdownOptions& options) {
  return MarkdownWriter(options).write(document);
}

std::string write_excerpt(cmark_node* document, std::size_t limit) {
  std::string text;
  each_text(document, [&](cmark_node* node, std::string_view part) {
    if (!within_image(node)) text += part;
  });
  return excerpt_of(text, limit);
}

std::string excerpt_of(std::string_view text, std::size_t limit) {
  if (limit == 0) return {};
  const std::string line = on_one_line(text);
  if (code_points(line) <= limit) return line;
  std::string_view cut = first_code_points(line, limit - 1);
  const std::size_t space = cut.rfind(' ');
  const bool inside_word = line[cut.size()] != ' ';
  if (inside_word && space != std::string_view::npos) cut = cut.substr(0, space);
  return std::string(trim(cut)) + "…";
}

}  // namespace keepsake::html
