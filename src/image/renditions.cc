#include "image/renditions.h"

#include <unistd.h>
#include <vips/vips.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "image/container.h"
#include "image/format.h"
#include "image/warm_pictures.h"

namespace keepsake::image {
namespace {

constexpr int jpeg_quality = 82;
constexpr int webp_quality = 80;
constexpr int webp_effort = 2;  // 4 costs three times the time for a few percent of the bytes

// A file cut short is damaged; libvips would fill it up with grey. As text, since vips_thumbnail_source hands
// its loader no other options.
constexpr const char* loader_options = "[fail_on=truncated]";

// libvips failed; what it says about it stays here, since it comes from the photo.
struct Failed : std::runtime_error {
  Failed() : std::runtime_error("libvips failed") { ::vips_error_clear(); }
};

struct Release {
  void operator()(void* object) const { ::g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Release>;
using Source = std::unique_ptr<VipsSource, Release>;

template <class Call>
Image made(const Call& call) {
  VipsImage* out = nullptr;
  if (call(&out) != 0) throw Failed();
  return Image(out);
}

Image header_of(VipsSource* source) {
  Image image(::vips_image_new_from_source(source, loader_options, nullptr));
  if (!image) throw Failed();
  return image;
}

bool has_field(const Image& image, const char* name) {
  return ::vips_image_get_typeof(image.get(), name) != 0;
}

// The loader libvips chose must be the one our own look at the file chose.
bool loaded_as(const Image& image, Format format) {
  static constexpr const char* loaders[] = {"jpegload", "pngload", "webpload", "heifload", "heifload"};
  const char* loader = "";
  return has_field(image, VIPS_META_LOADER) &&
         ::vips_image_get_string(image.get(), VIPS_META_LOADER, &loader) == 0 &&
         std::string_view(loader).starts_with(loaders[static_cast<int>(format)]);
}

// Pixels alone: evaluated into memory, then without a single field. What the encoders write they would take
// from the fields, whatever `strip` tells them (libvips 8.14 writes EXIF into WebP in spite of it).
Image bare_pixels(const Image& lazy) {
  Image pixels(::vips_image_copy_memory(lazy.get()));
  if (!pixels) throw Failed();
  auto bare = made([&](VipsImage** out) { return ::vips_copy(pixels.get(), out, nullptr); });
  gchar** names = ::vips_image_get_fields(bare.get());
  for (gchar** name = names; *name; ++name) ::vips_image_remove(bare.get(), *name);
  ::g_strfreev(names);
  return bare;
}

// Three or four bands of eight bits.
Image as_srgb(Image image) {
  if (image->Type != VIPS_INTERPRETATION_sRGB)
    image = made([&](VipsImage** out) {
      return ::vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr);
    });
  if (image->BandFmt != VIPS_FORMAT_UCHAR)
    image = made([&](VipsImage** out) { return ::vips_cast_uchar(image.get(), out, nullptr); });
  if (image->Bands != 3 && image->Bands != 4) throw Failed();
  return image;
}

bool is_opaque(const Image& image) {
  const auto alpha = made([&](VipsImage** out) { return ::vips_extract_band(image.get(), out, 3, nullptr); });
  double least = 0;
  if (::vips_min(alpha.get(), &least, nullptr) != 0) throw Failed();
  return least >= 255;
}

Image without_useless_alpha(Image image) {
  if (image->Bands != 4 || !is_opaque(image)) return image;
  return made([&](VipsImage** out) { return ::vips_extract_band(image.get(), out, 0, "n", 3, nullptr); });
}

enum class Colours { as_profiled, as_they_are };

const char* target_profile(Colours colours) {
  return colours == Colours::as_profiled ? "srgb" : nullptr;
}

// JPEG shrinks by powers of two for next to nothing while it is decoded; libvips by itself would leave the
// last of them to the filter, at three times the cost.
Image decode_jpeg(VipsSource* source, int longest, Colours colours) {
  int shrink = 8;
  while (shrink > 1 && longest / shrink < edges[0]) shrink /= 2;
  const Image whole(::vips_image_new_from_source(source, loader_options, "access", VIPS_ACCESS_SEQUENTIAL,
                                                 "shrink", shrink, nullptr));
  if (!whole) throw Failed();
  return made([&](VipsImage** out) {
    return ::vips_thumbnail_image(whole.get(), out, edges[0], "height", edges[0], "size", VIPS_SIZE_DOWN,
                                  "export_profile", target_profile(colours), nullptr);
  });
}

Image decode_other(VipsSource* source, Colours colours) {
  return made([&](VipsImage** out) {
    return ::vips_thumbnail_source(source, out, edges[0], "height", edges[0], "size", VIPS_SIZE_DOWN,
                                   "option_string", loader_options, "export_profile", target_profile(colours),
                                   nullptr);
  });
}

// What the header tells before anything is decoded.
struct Header {
  Format format;
  int longest = 0;
  bool profiled = false;
};

// The one decode: upright, no side longer than the largest edge.
Image decode(VipsSource* source, const Header& header, Colours colours) {
  auto image = header.format == Format::jpeg ? decode_jpeg(source, header.longest, colours)
                                             : decode_other(source, colours);
  return without_useless_alpha(bare_pixels(as_srgb(std::move(image))));
}

// A photo with a broken colour profile is still a photo.
Image decode(VipsSource* source, const Header& header) {
  if (header.profiled) try {
      return decode(source, header, Colours::as_profiled);
    } catch (const Failed&) {
    }
  return decode(source, header, Colours::as_they_are);
}

Image smaller(const Image& image, int edge) {
  return bare_pixels(made([&](VipsImage** out) {
    return ::vips_thumbnail_image(image.get(), out, edge, "height", edge, "size", VIPS_SIZE_DOWN, "no_rotate",
                                  TRUE, nullptr);
  }));
}

struct FreeBytes {
  void operator()(void* bytes) const { ::g_free(bytes); }
};
struct Encoded {
  std::unique_ptr<void, FreeBytes> bytes;
  std::size_t size = 0;
};

#if VIPS_MAJOR_VERSION > 8 || VIPS_MINOR_VERSION >= 15
#define KEEPSAKE_NO_METADATA "keep", VIPS_FOREIGN_KEEP_NONE
#else
#define KEEPSAKE_NO_METADATA "strip", TRUE
#endif

Encoded encode_webp(const Image& image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (::vips_webpsave_buffer(image.get(), &bytes, &size, "Q", webp_quality, "effort", webp_effort,
                             KEEPSAKE_NO_METADATA, nullptr) != 0)
    throw Failed();
  // libvips 8.14 makes up an EXIF chunk even where nothing is left to tell.
  const auto left = strip_webp({static_cast<std::byte*>(bytes), size});
  return {std::unique_ptr<void, FreeBytes>(bytes), left};
}

// White stands where the picture is transparent.
Image on_paper(const Image& image) {
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
      ::vips_array_double_newv(3, 255.0, 255.0, 255.0),
      [](VipsArrayDouble* array) { ::vips_area_unref(VIPS_AREA(array)); });
  return made(
      [&](VipsImage** out) { return ::vips_flatten(image.get(), out, "background", white.get(), nullptr); });
}

Encoded encode_jpeg(const Image& image) {
  const auto opaque = image->Bands == 4 ? on_paper(image) : Image(nullptr);
  void* bytes = nullptr;
  std::size_t size = 0;
  if (::vips_jpegsave_buffer(opaque ? opaque.get() : image.get(), &bytes, &size, "Q", jpeg_quality,
                             "optimize_coding", TRUE, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON,
                             KEEPSAKE_NO_METADATA, nullptr) != 0)
    throw Failed();
  return {std::unique_ptr<void, FreeBytes>(bytes), size};
}

Encoded encode(const Image& image, Encoding encoding) {
  return encoding == Encoding::webp ? encode_webp(image) : encode_jpeg(image);
}

// The renditions one behind the other.
class Memory {
 public:
  explicit Memory(int file) : file_(file) {}

  Piece add(const Image& image, Encoding encoding) {
    const auto encoded = encode(image, encoding);
    write({static_cast<const std::byte*>(encoded.bytes.get()), encoded.size});
    return {static_cast<std::uint32_t>(image->Xsize), static_cast<std::uint32_t>(image->Ysize),
            end_ - encoded.size, encoded.size};
  }

 private:
  void write(ByteView bytes) {
    while (!bytes.empty()) {
      const auto count = ::pwrite(file_, bytes.data(), bytes.size(), end_);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw std::runtime_error("no memory for renditions");
      end_ += count;
      bytes = bytes.subspan(count);
    }
  }
  int file_;
  std::uint64_t end_ = 0;
};

// Each edge from the one before. Where the photo is no larger than an edge below, both share their bytes.
void add_renditions(Image image, Memory& memory, Answer& answer) {
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const auto longest = std::max(image->Xsize, image->Ysize);
    auto* pieces = &answer.pieces[e * encodings.size()];
    if (e > 0 && longest <= edges[e]) {
      std::copy_n(pieces - encodings.size(), encodings.size(), pieces);
      continue;
    }
    if (longest > edges[e]) image = smaller(image, edges[e]);
    for (std::size_t i = 0; i < encodings.size(); ++i) pieces[i] = memory.add(image, encodings[i]);
  }
}

bool fits(const Image& image, std::int64_t most_pixels) {
  return image->Xsize <= longest_side && image->Ysize <= longest_side &&
         std::int64_t{image->Xsize} * image->Ysize <= most_pixels;
}

void set_upright_size(const Image& image, Answer& answer) {
  answer.width = image->Xsize;
  answer.height = image->Ysize;
  if (::vips_image_get_orientation_swap(image.get())) std::swap(answer.width, answer.height);
}

Answer make_from(VipsSource* source, Format format, int memory, std::int64_t most_pixels) {
  Answer answer{.format = static_cast<std::uint32_t>(format)};
  const auto image = header_of(source);
  if (!loaded_as(image, format)) return answer;
  if (!fits(image, most_pixels)) {
    answer.outcome = Outcome::too_many_pixels;
    return answer;
  }
  set_upright_size(image, answer);
  const Header header{format, std::max(image->Xsize, image->Ysize), has_field(image, VIPS_META_ICC_NAME)};
  Memory room(memory);
  add_renditions(decode(source, header), room, answer);
  answer.outcome = Outcome::made;
  return answer;
}

std::optional<Format> format_of_file(int file) {
  std::byte start[format_prefix];
  const auto count = ::pread(file, start, sizeof(start), 0);
  return count > 0 ? format_of({start, static_cast<std::size_t>(count)}) : std::nullopt;
}

void allow_only_our_formats() {
  ::vips_operation_block_set("VipsForeignLoad", TRUE);
  ::vips_operation_block_set("VipsForeignSave", TRUE);
  for (const auto* allowed : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                              "VipsForeignLoadHeif", "VipsForeignSaveJpeg", "VipsForeignSaveWebp"})
    ::vips_operation_block_set(allowed, FALSE);
}

GLogWriterOutput say_nothing(GLogLevelFlags, const GLogField*, gsize, gpointer) {
  return G_LOG_WRITER_HANDLED;
}

// Shrinks by no whole number, so that libvips makes its vector code (before 8.15, by liborc, at run time) and
// the memory for it, which a sealed worker cannot have; later code finds room in the same.
void warm_vector_code(const Image& image) {
  bare_pixels(made([&](VipsImage** out) { return ::vips_resize(image.get(), out, 0.6, nullptr); }));
}

bool can_decode(Format format) {
  const auto bytes = warm_picture(format);
  const Source source(::vips_source_new_from_memory(bytes.data(), bytes.size()));
  try {
    const auto image = decode(source.get(), {.format = format}, Colours::as_profiled);
    encode(image, Encoding::webp);
    encode(image, Encoding::jpeg);
    warm_vector_code(image);
    return true;
  } catch (const Failed&) {
    return false;
  }
}

}  // namespace

std::uint32_t warm_up() {
  if (::vips_init("keepsake") != 0) throw std::runtime_error("libvips does not start");
  ::g_log_set_writer_func(say_nothing, nullptr, nullptr);  // warnings repeat what stands in the photo
  ::vips_concurrency_set(1);
  ::vips_cache_set_max(0);
  allow_only_our_formats();
  std::uint32_t formats = 0;
  for (const auto format : {Format::jpeg, Format::png, Format::webp, Format::heic, Format::avif})
    if (can_decode(format)) formats |= 1u << static_cast<int>(format);
  if (!(formats & 1u)) throw std::runtime_error("libvips cannot decode and encode JPEG");
  return formats;
}

Answer make_renditions(int photo, int memory, const Request& request, std::uint32_t formats) {
  const auto format = format_of_file(photo);
  if (!format) return {.outcome = Outcome::not_a_photo};
  if (!(formats >> static_cast<int>(*format) & 1u)) return {.outcome = Outcome::format_missing};
  try {
    const Source source(::vips_source_new_from_descriptor(photo));
    if (!source) throw Failed();
    return make_from(source.get(), *format, memory, request.most_pixels);
  } catch (const std::exception&) {
    return {.outcome = Outcome::damaged};
  }
}

}  // namespace keepsake::image
