#include "image/decoding.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "image/reducing.h"

namespace keepsake::image {
namespace {

// A file cut short is damaged; libvips would fill it up with grey. As text, since vips_thumbnail_source hands
// its loader no other options.
constexpr const char* loader_options = "[fail_on=truncated]";

// The loader libvips chose must be the one our own look at the file chose.
bool loaded_as(const Image& image, Format format) {
  static constexpr const char* loaders[] = {"jpegload", "pngload",  "webpload", "heifload",
                                            "heifload", "tiffload", "gifload"};
  const char* loader = "";
  return has_field(image, VIPS_META_LOADER) &&
         lib::vips_image_get_string(image.get(), VIPS_META_LOADER, &loader) == 0 &&
         std::string_view(loader).starts_with(loaders[static_cast<int>(format)]);
}

// Pixels alone: evaluated into memory, then without a single field. What the encoders write they would take
// from the fields, whatever `strip` tells them (libvips 8.14 writes EXIF into WebP in spite of it).
Image bare_pixels(const Image& lazy) {
  Image pixels(lib::vips_image_copy_memory(lazy.get()));
  if (!pixels) throw Failed();
  auto bare = made([&](VipsImage** out) { return lib::vips_copy(pixels.get(), out, nullptr); });
  gchar** names = lib::vips_image_get_fields(bare.get());
  for (gchar** name = names; *name; ++name) lib::vips_image_remove(bare.get(), *name);
  lib::g_strfreev(names);
  return bare;
}

// Three or four bands of eight bits.
Image as_srgb(Image image) {
  if (image->Type != VIPS_INTERPRETATION_sRGB)
    image = made([&](VipsImage** out) {
      return lib::vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr);
    });
  if (image->BandFmt != VIPS_FORMAT_UCHAR)
    image = made([&](VipsImage** out) { return lib::vips_cast_uchar(image.get(), out, nullptr); });
  if (image->Bands != 3 && image->Bands != 4) throw Failed();
  return image;
}

bool is_opaque(const Image& image) {
  const auto alpha =
      made([&](VipsImage** out) { return lib::vips_extract_band(image.get(), out, 3, nullptr); });
  double least = 0;
  if (lib::vips_min(alpha.get(), &least, nullptr) != 0) throw Failed();
  return least >= 255;
}

Image without_useless_alpha(Image image) {
  if (image->Bands != 4 || !is_opaque(image)) return image;
  return made([&](VipsImage** out) { return lib::vips_extract_band(image.get(), out, 0, "n", 3, nullptr); });
}

const char* target_profile(Colours colours) {
  return colours == Colours::as_profiled ? "srgb" : nullptr;
}

Image thumbnail(const Image& whole, int edge, Colours colours) {
  return made([&](VipsImage** out) {
    return lib::vips_thumbnail_image(whole.get(), out, edge, "height", edge, "size", VIPS_SIZE_DOWN,
                                     "export_profile", target_profile(colours), nullptr);
  });
}

// JPEG shrinks by powers of two for next to nothing while it is decoded; libvips by itself would leave the
// last of them to the filter, at three times the cost.
Image decode_jpeg(VipsSource* source, int longest, int edge, Colours colours) {
  int shrink = 8;
  while (shrink > 1 && longest / shrink < edge) shrink /= 2;
  Image whole(lib::vips_image_new_from_source(source, loader_options, "access", VIPS_ACCESS_SEQUENTIAL,
                                              "shrink", shrink, nullptr));
  if (!whole) throw Failed();
  return thumbnail(reduced(std::move(whole), edge), edge, colours);
}

// Not by vips_thumbnail_source, which opens every page in search of a smaller picture.
Image decode_tiff(VipsSource* source, int edge, Colours colours) {
  const Image whole(
      lib::vips_image_new_from_source(source, loader_options, "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!whole) throw Failed();
  return thumbnail(whole, edge, colours);
}

Image decode_other(VipsSource* source, int edge, Colours colours) {
  return made([&](VipsImage** out) {
    return lib::vips_thumbnail_source(source, out, edge, "height", edge, "size", VIPS_SIZE_DOWN,
                                      "option_string", loader_options, "export_profile",
                                      target_profile(colours), nullptr);
  });
}

Image decode_lazily(VipsSource* source, const Header& header, int edge, Colours colours) {
  switch (header.format) {
    case Format::jpeg:
      return decode_jpeg(source, std::max(header.width, header.height), edge, colours);
    case Format::tiff:
      return decode_tiff(source, edge, colours);
    default:
      return decode_other(source, edge, colours);
  }
}

}  // namespace

Header read_header(VipsSource* source, Format format) {
  const Image image(lib::vips_image_new_from_source(source, loader_options, nullptr));
  if (!image || !loaded_as(image, format)) throw Failed();
  return {format, image->Xsize, image->Ysize, lib::vips_image_get_orientation_swap(image.get()) != 0,
          has_field(image, VIPS_META_ICC_NAME)};
}

Image decode(VipsSource* source, const Header& header, int edge, Colours colours) {
  return without_useless_alpha(bare_pixels(as_srgb(decode_lazily(source, header, edge, colours))));
}

Image decode(VipsSource* source, const Header& header, int edge) {
  if (header.profiled) try {
      return decode(source, header, edge, Colours::as_profiled);
    } catch (const Failed&) {
    }
  return decode(source, header, edge, Colours::as_they_are);
}

Image smaller(Image image, int edge) {
  image = reduced(std::move(image), edge);
  return bare_pixels(made([&](VipsImage** out) {
    return lib::vips_thumbnail_image(image.get(), out, edge, "height", edge, "size", VIPS_SIZE_DOWN,
                                     "no_rotate", TRUE, nullptr);
  }));
}

}  // namespace keepsake::image
