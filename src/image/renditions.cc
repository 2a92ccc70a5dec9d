#include "image/renditions.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <utility>

#include "image/decoding.h"
#include "image/encoding.h"
#include "image/format.h"
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
void add_renditions(Image image, Memory& memory, Answer& answer) {
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const auto longest = std::max(image->Xsize, image->Ysize);
    auto* pieces = &answer.pieces[e * encodings.size()];
    if (e > 0 && longest <= edges[e]) {
      std::copy_n(pieces - encodings.size(), encodings.size(), pieces);
      continue;
    }
    if (longest > edges[e]) image = smaller(std::move(image), edges[e]);
    for (std::size_t i = 0; i < encodings.size(); ++i) pieces[i] = memory.add(image, encodings[i]);
  }
}

bool fits(const Header& header, std::int64_t most_pixels) {
  return header.width <= longest_side && header.height <= longest_side &&
         std::int64_t{header.width} * header.height <= most_pixels;
}

Answer make_from(VipsSource* source, Format format, int memory, std::int64_t most_pixels) {
  const auto header = read_header(source, format);
  if (!fits(header, most_pixels)) return {.outcome = Outcome::too_many_pixels};
  Answer answer{.outcome = Outcome::made,
                .format = static_cast<std::uint32_t>(format),
                .width = static_cast<std::uint32_t>(header.turned ? header.height : header.width),
                .height = static_cast<std::uint32_t>(header.turned ? header.width : header.height)};
  Memory room(memory);
  add_renditions(decode(source, header), room, answer);
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
                              "VipsForeignLoadHeif", "VipsForeignSaveJpeg", "VipsForeignSaveWebp"})
    lib::vips_operation_block_set(allowed, FALSE);
}

GLogWriterOutput say_nothing(GLogLevelFlags, const GLogField*, gsize, gpointer) {
  return G_LOG_WRITER_HANDLED;
}

bool can_decode(Format format) {
  const auto bytes = warm_picture(format);
  const Source source(lib::vips_source_new_from_memory(bytes.data(), bytes.size()));
  try {
    auto image = decode(source.get(), {.format = format}, Colours::as_profiled);
    encode(image, Encoding::webp);
    encode(image, Encoding::jpeg);
    // By no whole number: so libvips makes its vector code (before 8.15, by liborc, at run time) and the
    // memory for it, which a sealed worker cannot have; later code finds room in the same.
    smaller(std::move(image), 10);
    return true;
  } catch (const Failed&) {
    return false;
  }
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
    const Source source(lib::vips_source_new_from_descriptor(photo));
    if (!source) throw Failed();
    return make_from(source.get(), *format, memory, request.most_pixels);
  } catch (const std::exception&) {
    return {.outcome = Outcome::damaged};
  }
}

}  // namespace keepsake::image