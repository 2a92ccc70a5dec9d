#include "image/encoding.h"

#include "image/container.h"

namespace keepsake::image {
namespace {

constexpr int jpeg_quality = 82;
constexpr int webp_quality = 80;
constexpr int webp_effort = 2;  // 4 costs three times the time for a few percent of the bytes

constexpr int avif_quality = 62;  // as good as WebP at 80: docs/decisions/0025-avif-when-idle.md
constexpr int avif_effort = 2;

#if VIPS_MAJOR_VERSION > 8 || VIPS_MINOR_VERSION >= 15
#define KEEPSAKE_NO_METADATA "keep", VIPS_FOREIGN_KEEP_NONE
#else
#define KEEPSAKE_NO_METADATA "strip", TRUE
#endif

Encoded encode_webp(const Image& image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (lib::vips_webpsave_buffer(image.get(), &bytes, &size, "Q", webp_quality, "effort", webp_effort,
                                KEEPSAKE_NO_METADATA, nullptr) != 0)
    throw Failed();
  // libvips 8.14 makes up an EXIF chunk even where nothing is left to tell.
  const auto left = strip_webp({static_cast<std::byte*>(bytes), size});
  return {std::unique_ptr<void, FreeBytes>(bytes), left};
}

// White stands where the picture is transparent.
Image on_paper(const Image& image) {
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
      lib::vips_array_double_newv(3, 255.0, 255.0, 255.0),
      [](VipsArrayDouble* array) { lib::vips_area_unref(VIPS_AREA(array)); });
  return made([&](VipsImage** out) {
    return lib::vips_flatten(image.get(), out, "background", white.get(), nullptr);
  });
}

Encoded encode_jpeg(const Image& image) {
  const auto opaque = image->Bands == 4 ? on_paper(image) : Image(nullptr);
  void* bytes = nullptr;
  std::size_t size = 0;
  if (lib::vips_jpegsave_buffer(opaque ? opaque.get() : image.get(), &bytes, &size, "Q", jpeg_quality,
                                "optimize_coding", TRUE, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON,
                                KEEPSAKE_NO_METADATA, nullptr) != 0)
    throw Failed();
  return {std::unique_ptr<void, FreeBytes>(bytes), size};
}

Encoded encode_avif(const Image& image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (lib::vips_heifsave_buffer(image.get(), &bytes, &size, "Q", avif_quality, "effort", avif_effort,
                                "compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1, KEEPSAKE_NO_METADATA,
                                nullptr) != 0)
    throw Failed();
  return {std::unique_ptr<void, FreeBytes>(bytes), size};
}

}  // namespace

Encoded encode(const Image& image, Encoding encoding) {
  switch (encoding) {
    case Encoding::webp:
      return encode_webp(image);
    case Encoding::jpeg:
      return encode_jpeg(image);
    case Encoding::avif:
      return encode_avif(image);
  }
  throw Failed();
}

}  // namespace keepsake::image
