#include "image/renditions.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "image/decoding.h"
#include "image/encoding.h"
#include "image/format.h"
#include "image/looking.h"
#include "image/tiff.h"
#include "image/warm_pictures.h"

namespace keepsake::image {
namespace {

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
// Gives the smallest.
Image add_renditions(Image image, std::span<const Encoding> kinds, Memory& memory, Answer& answer) {
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const auto longest = std::max(image->Xsize, image->Ysize);
    auto* pieces = &answer.pieces[e * kinds.size()];
    if (e > 0 && longest <= edges[e]) {
      std::copy_n(pieces - kinds.size(), kinds.size(), pieces);
      continue;
    }
    if (longest > edges[e]) image = smaller(std::move(image), edges[e]);
    for (std::size_t i = 0; i < kinds.size(); ++i) pieces[i] = memory.add(image, kinds[i]);
  }
  return image;
}

// Of four bands.
Bytes pixels_of(const Image& image) {
  std::size_t size = 0;
  const std::unique_ptr<void, FreeBytes> memory(lib::vips_image_write_to_memory(image.get(), &size));
  if (!memory) throw Failed();
  const ByteView bytes(static_cast<const std::byte*>(memory.get()), size);
  if (image->Bands == 4) return to_bytes(bytes);
  Bytes pixels;
  pixels.reserve(size / 3 * 4);
  for (std::size_t at = 0; at + 3 <= size; at += 3)
    pixels.insert(pixels.end(), {bytes[at], bytes[at + 1], bytes[at + 2], std::byte{255}});
  return pixels;
}

// More pixels would take longer and tell no more.
constexpr int placeholder_edge = 64;
static_assert(placeholder_edge <= thumbhash_edge);

void add_placeholder(Image image, Answer& answer) {
  if (std::max(image->Xsize, image->Ysize) > placeholder_edge)
    image = smaller(std::move(image), placeholder_edge);
  const auto hash = thumbhash(pixels_of(image), image->Xsize, image->Ysize);
  answer.placeholder_size = static_cast<std::uint32_t>(hash.size());
  std::copy(hash.begin(), hash.end(), answer.placeholder.begin());
}

bool is_within(const Header& header, std::int64_t most_pixels) {
  return header.width <= longest_side && header.height <= longest_side &&
         std::int64_t{header.width} * header.height <= most_pixels;
}

Size upright(const Header& header) {
  return header.turned ? Size{header.height, header.width} : Size{header.width, header.height};
}

Answer make_from(VipsSource* source, Format format, int memory, const Request& request) {
  const auto look = unpacked(request.look);
  const auto header = read_header(source, format);
  if (!look) throw Failed();
  if (!is_within(header, request.most_pixels)) return {.outcome = Outcome::too_many_pixels};
  const auto framing = framing_of(upright(header), *look);
  Answer answer{.outcome = Outcome::made,
                .format = static_cast<std::uint32_t>(format),
                .width = static_cast<std::uint32_t>(framing.shown.width),
                .height = static_cast<std::uint32_t>(framing.shown.height)};
  Memory room(memory);
  auto image = looked(decode(source, header, framing.edge), *look, framing);
  add_placeholder(add_renditions(std::move(image), encodings_of(request.wanted), room, answer), answer);
  return answer;
}

std::optional<Format> format_of_file(int file) {
  std::byte start[format_prefix];
  const auto count = ::pread(file, start, sizeof(start), 0);
  return count > 0 ? format_of({start, static_cast<std::size_t>(count)}) : std::nullopt;
}

void allow_only_our_formats() {
  lib::vips_operation_block_set("VipsForeignLoad", TRUE);
  lib::vips_operation_block_set("VipsForeignSave", TRUE);
  for (const auto* allowed : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                              "VipsForeignLoadHeif", "VipsForeignLoadTiff", "VipsForeignLoadNsgif",
                              "VipsForeignSaveJpeg", "VipsForeignSaveWebp", "VipsForeignSaveHeif"})
    lib::vips_operation_block_set(allowed, FALSE);
}

GLogWriterOutput say_nothing(GLogLevelFlags, const GLogField*, gsize, gpointer) {
  return G_LOG_WRITER_HANDLED;
}

bool can_decode(Format format) {
  const auto bytes = warm_picture(format);
  const Source source(lib::vips_source_new_from_memory(bytes.data(), bytes.size()));
  try {
    auto image = decode(source.get(), {.format = format}, edges[0], Colours::as_profiled);
    for (const auto encoding : encodings) encode(image, encoding);
    // By no whole number: so libvips makes its vector code (before 8.15, by liborc, at run time) and the
    // memory for it, which a sealed worker cannot have; later code finds room in the same.
    smaller(std::move(image), 10);
    return true;
  } catch (const Failed&) {
    return false;
  }
}

Image warm_image() {
  const auto bytes = warm_picture(Format::jpeg);
  const Source source(lib::vips_source_new_from_memory(bytes.data(), bytes.size()));
  return decode(source.get(), {.format = Format::jpeg}, edges[0], Colours::as_profiled);
}

void warm_looks() {
  const Look look{.quarter_turns = 1, .straighten = 1, .crop = {.width = .5}, .black_and_white = true};
  looked(warm_image(), look, framing_of({16, 16}, look));
}

// And in such a way that its parent takes it.
bool can_make_avif() try {
  const auto encoded = encode(warm_image(), Encoding::avif);
  return bare_size(Encoding::avif, {static_cast<const std::byte*>(encoded.bytes.get()), encoded.size})
      .has_value();
} catch (const Failed&) {
  return false;
}

}  // namespace

std::uint32_t warm_up() {
  lib::load();
  if (lib::vips_init("keepsake") != 0) throw std::runtime_error("libvips does not start");
  lib::g_log_set_writer_func(say_nothing, nullptr, nullptr);  // warnings repeat what stands in the photo
  lib::vips_concurrency_set(1);
  lib::vips_cache_set_max(0);
  allow_only_our_formats();
  std::uint32_t formats = 0;
  for (const auto format : all_formats)
    if (can_decode(format)) formats |= 1u << static_cast<int>(format);
  if (!(formats & 1u)) throw std::runtime_error("libvips cannot decode and encode JPEG");
  warm_looks();
  if (can_make_avif()) formats |= makes_avif;
  return formats;
}

Answer make_renditions(int photo, int memory, const Request& request, std::uint32_t formats) {
  const auto format = format_of_file(photo);
  if (!format) return {.outcome = Outcome::not_a_photo};
  if (request.wanted == Wanted::avif && !(formats & makes_avif))
    return {.outcome = Outcome::encoding_missing};
  if (!(formats >> static_cast<int>(*format) & 1u)) return {.outcome = Outcome::format_missing};
  if (*format == Format::tiff)
    if (const auto kind = tiff_kind(photo); kind != TiffKind::picture)
      return {.outcome = kind == TiffKind::other ? Outcome::not_a_photo : Outcome::damaged};
  try {
    const Source source(lib::vips_source_new_from_descriptor(photo));
    if (!source) throw Failed();
    return make_from(source.get(), *format, memory, request);
  } catch (const std::exception&) {
    return {.outcome = Outcome::damaged};
  }
}

}  // namespace keepsake::image