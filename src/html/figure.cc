#include "html/figure.h"

#include <algorithm>
#include <array>
#include <cstdint>

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
  out.markup("\" sizes=\"(min-width: 48rem) 44rem, 100vw\"");
}

void write_image(SafeWriter& out, const PlacedPhoto& photo) {
  out.markup("<a href=\"");
  write_address(out, photo, 2048);
  out.markup("\"><img src=\"");
  write_address(out, photo, 1024);
  out.markup("\"");
  if (photo.width > 0 && photo.height > 0) {
    write_srcset(out, photo);
    const Size size = rendered(photo, 1024);
    out.markup(" width=\"").number(size.width).markup("\" height=\"").number(size.height).markup("\"");
  }
  out.markup(" alt=\"").text(photo.alt).markup("\" loading=\"lazy\" decoding=\"async\"></a>");
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

SafeHtml figure(const PlacedPhoto& photo, Images images) {
  SafeWriter out;
  if (images == Images::shown) {
    out.markup("<figure>");
    write_image(out, photo);
  } else {
    out.markup("<figure class=\"described\">");
    if (!photo.alt.empty()) out.markup("<p dir=\"auto\">").text(photo.alt).markup("</p>");
  }
  write_caption(out, photo);
  return out.markup("</figure>\n").finish();
}

}  // namespace keepsake::html
