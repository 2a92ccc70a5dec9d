// What people type, as HTML: only elements and attributes of the list below come out, closed in their order;
// links lead where they may; and a story whose images are only described holds none.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fuzz/targets.h"
#include "html/markdown.h"

namespace keepsake::fuzz {
namespace {

constexpr std::string_view elements[] = {"p",  "h2",     "h3",         "h4",   "h5",    "h6",        "ul",
                                         "ol", "li",     "blockquote", "pre",  "code",  "hr",        "br",
                                         "em", "table",  "tr",         "th",   "td",    "strong",    "del",
                                         "a",  "figure", "img",        "span", "small", "figcaption"};
constexpr std::string_view empty_elements[] = {"hr", "br", "img"};
constexpr std::string_view attributes[] = {"dir",    "href", "rel",     "start",   "scope",
                                           "class",  "src",  "srcset",  "sizes",   "width",
                                           "height", "alt",  "loading", "decoding"};

template <class List>
bool among(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::ranges::end(list);
}

void check_address(std::string_view address) {
  bool led = address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
  const std::string begin = ascii_lower(address.substr(0, 8));
  for (const std::string_view scheme : {"http://", "https://", "mailto:"})
    led = led || begin.starts_with(scheme);
  must(led, "a link leads to http, https, mailto, this house or this page");
  must(!address.starts_with("/\\"), "and no other house in disguise");
}

// `tag` stands behind the element's name: ` dir="auto" href="..."`.
void check_attributes(std::string_view tag) {
  while (!tag.empty()) {
    must(tag.starts_with(' '), "a space before an attribute");
    const std::size_t equals = tag.find("=\"");
    must(equals != tag.npos, "every attribute has its value in quotes");
    const std::string_view name = tag.substr(1, equals - 1);
    must(among(name, attributes), "no attribute but those of the list");
    const std::size_t end = tag.find('"', equals + 2);
    must(end != tag.npos, "quotes are closed");
    if (name == "href" || name == "src") check_address(tag.substr(equals + 2, end - equals - 2));
    tag.remove_prefix(end + 1);
  }
}

void check_tag(std::string_view tag, std::vector<std::string_view>& open) {
  if (tag.starts_with('/')) {
    must(!open.empty() && open.back() == tag.substr(1), "elements close in their order");
    return open.pop_back();
  }
  const std::string_view name = tag.substr(0, tag.find(' '));
  must(among(name, elements), "no element but those of the list");
  check_attributes(tag.substr(name.size()));
  if (!among(name, empty_elements)) open.push_back(name);
}

void check_html(std::string_view html) {
  std::vector<std::string_view> open;
  std::size_t begin = 0;
  while ((begin = html.find('<', begin)) != html.npos) {
    const std::size_t end = html.find('>', begin);
    must(end != html.npos, "tags are closed");
    check_tag(html.substr(begin + 1, end - begin - 1), open);
    begin = end;
  }
  must(open.empty(), "every element is closed");
}

html::MarkdownOptions with_photos(html::Images images) {
  html::MarkdownOptions options;
  options.images = images;
  options.photo = [](const PublicId& id) {
    return std::optional(html::PlacedPhoto{
        .id = id, .width = 900, .height = 600, .alt = "", .caption = "\"<c>", .credit = "&"});
  };
  return options;
}

}  // namespace

void markdown(ByteView input) {
  const std::string_view text = as_text(input);
  if (!is_clean_text(text)) return;
  const std::string shown = html::markdown(text, with_photos(html::Images::shown)).text();
  check_html(shown);
  must(is_utf8(shown), "text stays UTF-8");
  must(shown.size() <= (8u << 20) + 1000 * text.size(), "a bounded size");
  const std::string described = html::markdown(text, with_photos(html::Images::described)).text();
  check_html(described);
  must(described.find("<img") == described.npos, "no image where images are described");
  const std::string excerpt = html::plain_text_excerpt(text, 40);
  must(is_utf8(excerpt) && code_points(excerpt) <= 40, "an excerpt is no longer than asked for");
  must(excerpt.find_first_of("\n\r\t") == excerpt.npos, "an excerpt is one line");
}

}  // namespace keepsake::fuzz
