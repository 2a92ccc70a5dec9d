#include "html/figure.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepsake::html {
namespace {

struct Size {
  int width, height;
};

// What the rendition with this longest side measures; never larger than the original.
Size rendered(const PlacedPhoto& photo, int edge) {
  const std::int64_t longest = std::max({photo.width, photo.height, 1});
  const std::int64_t side = std::min<std::int64_t>(edge, longest);
  const auto scaled = [&](std::int64_t length) {
    return static_cast<int>(std::max<std::int64_t>(1, (length * side + longest / 2) / longest));
  };
  return {scaled(photo.width), scaled(photo.height)};
}

void write_address(SafeWriter& out, const PlacedPhoto& photo, int edge) {
  out.markup("/photos/").text(photo.id.text()).markup("/").number(edge);
}

// The same lengths stand in assets/keepsake.css: words 35rem wide, photos 53rem where there is room, the
// whole width of a phone; nothing higher than 92 hundredths of the window or larger than it was taken.
void write_sizes(SafeWriter& out, const PlacedPhoto& photo, Room room) {
  const Size largest = rendered(photo, 2048);
  const int of_height = (92 * largest.width + largest.height - 1) / largest.height;
  const auto at_most = [&](Markup width) {
    out.markup("min(").markup(width).markup(", ").number(of_height).markup("vh, ");
    out.number(largest.width).markup("px)");
  };
  out.markup(" sizes=\"");
  if (room == Room::column) {
    out.markup("(min-width: 64rem) ");
    at_most("53rem");
    out.markup(", (min-width: 40rem) ");
    at_most("35rem");
    out.markup(", ");
  }
  at_most("100vw");
  out.markup("\"");
}

void write_srcset(SafeWriter& out, const PlacedPhoto& photo) {
  int last = 0;
  out.markup(" srcset=\"");
  for (const int edge : {320, 1024, 2048}) {
    const int width = rendered(photo, edge).width;
    if (width == last) break;
    if (last != 0) out.markup(", ");
    write_address(out, photo, edge);
    out.markup(" ").number(width).markup("w");
    last = width;
  }
  out.markup("\"");
}

void write_image(SafeWriter& out, const PlacedPhoto& photo, Room room) {
  out.markup("<img src=\"");
  write_address(out, photo, 1024);
  out.markup("\"");
  if (photo.width > 0 && photo.height > 0) {
    write_srcset(out, photo);
    write_sizes(out, photo, room);
    const Size size = rendered(photo, 2048);
    out.markup(" width=\"").number(size.width).markup("\" height=\"").number(size.height).markup("\"");
  }
  out.markup(" alt=\"").text(photo.alt).markup("\"");
  if (!photo.at_once) out.markup(" loading=\"lazy\"");
  out.markup(" decoding=\"async\">");
}

std::string hex_of(std::uint32_t colour) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex = "#";
  for (int shift = 20; shift >= 0; shift -= 4) hex += digits[colour >> shift & 15];
  return hex;
}

// A colour from this corner on, to the right and down, over those before it; the first ones begin outside, so
// that blurring leaves no pale edge.
void write_colour(SafeWriter& out, std::uint32_t colour, int column, int row) {
  const auto corner = [&](int place) { out.number(place > 0 ? place : -4); };
  out.markup("<path fill=\"").text(hex_of(colour)).markup("\" d=\"M");
  corner(column);
  out.markup(" ");
  corner(row);
  out.markup("h9v9h-9\"/>");
}

// Coloured areas in attributes of SVG, which a page may have where it may have no style of its own; a rule of
// assets/keepsake.css blurs them. The outer frame has the photo's shape, the inner one cuts the blur off.
void write_colours(SafeWriter& out, const PlacedPhoto& photo) {
  const Size size = rendered(photo, 320);
  const int columns = photo.width >= photo.height ? 3 : 2, rows = 5 - columns;
  out.markup("<svg aria-hidden=\"true\" viewBox=\"0 0 ").number(size.width).markup(" ").number(size.height);
  out.markup("\"><svg preserveAspectRatio=\"none\" viewBox=\"0 0 ").number(columns).markup(" ").number(rows);
  out.markup("\"><g>");
  for (int i = 0; i < columns * rows; ++i) write_colour(out, photo.colours[i], i % columns, i / columns);
  out.markup("</g></svg></svg>");
}

void write_image_on_colours(SafeWriter& out, const PlacedPhoto& photo, Room room) {
  if (photo.colours.size() != 6 || photo.width <= 0 || photo.height <= 0)
    return write_image(out, photo, room);
  out.markup("<span class=\"coming\">");
  write_colours(out, photo);
  write_image(out, photo, room);
  out.markup("</span>");
}

void write_linked_image(SafeWriter& out, const PlacedPhoto& photo, Room room) {
  if (photo.page.empty()) return write_image_on_colours(out, photo, room);
  out.markup("<a href=\"").text(photo.page).markup("\">");
  write_image_on_colours(out, photo, room);
  out.markup("</a>");
}

void write_caption(SafeWriter& out, const PlacedPhoto& photo) {
  if (photo.caption.empty() && photo.credit.empty()) return;
  out.markup("<figcaption>");
  if (!photo.caption.empty()) out.markup("<span dir=\"auto\">").text(photo.caption).markup("</span>");
  if (!photo.caption.empty() && !photo.credit.empty()) out.markup(" ");
  if (!photo.credit.empty()) out.markup("<small dir=\"auto\">").text(photo.credit).markup("</small>");
  out.markup("</figcaption>");
}

}  // namespace

SafeHtml figure(const PlacedPhoto& photo, Images images, Room room) {
  SafeWriter out;
  out.markup("<figure");
  if (photo.number > 0) out.markup(" id=\"photo-").number(photo.number).markup("\"");
  if (images == Images::shown) {
    out.markup(">");
    write_linked_image(out, photo, room);
  } else {
    out.markup(" class=\"described\">");
    if (!photo.alt.empty()) out.markup("<p dir=\"auto\">").text(photo.alt).markup("</p>");
  }
  write_caption(out, photo);
  return out.markup("</figure>\n").finish();
}

}  // namespace keepsake::html
