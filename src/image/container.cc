#include "image/container.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "image/avif.h"

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

std::uint32_t big(ByteView bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

std::uint32_t little(ByteView bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

// JPEG markers, T.81 table B.1.
constexpr std::uint32_t baseline = 0xc0, progressive = 0xc2, huffman = 0xc4, end_of_image = 0xd9,
                        start_of_scan = 0xda, quantisation = 0xdb, restart_interval = 0xdd, app0 = 0xe0;

bool is_plain_jfif(ByteView segment) {
  const auto text = as_text(segment);
  return text.size() == 14 && text.starts_with("JFIF\0"sv) && text.substr(12) == "\0\0"sv;
}

bool is_table(std::uint32_t marker) {
  return marker == huffman || marker == quantisation || marker == restart_interval;
}

// The place of the marker that ends the scan's data: an FF that is followed neither by a stuffed zero nor by
// a restart marker.
std::size_t end_of_scan(ByteView bytes, std::size_t at) {
  while (at + 1 < bytes.size()) {
    const auto* found = std::memchr(bytes.data() + at, 0xff, bytes.size() - at - 1);
    if (!found) break;
    at = static_cast<const std::byte*>(found) - bytes.data();
    const auto next = big(bytes, at + 1, 1);
    if (next != 0 && (next < 0xd0 || next > 0xd7)) return at;
    at += 2;
  }
  return bytes.size();
}

std::optional<Size> bare_jpeg(ByteView bytes) {
  if (!as_text(bytes).starts_with("\xff\xd8"sv)) return std::nullopt;
  std::optional<Size> size;
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (big(bytes, at, 1) != 0xff) return std::nullopt;
    const auto marker = big(bytes, at + 1, 1);
    const auto length = big(bytes, at + 2, 2);
    if (length < 2 || at + 2 + length > bytes.size()) return std::nullopt;
    const auto segment = bytes.subspan(at + 4, length - 2);
    at += 2 + length;
    if (marker >= baseline && marker <= progressive) {
      if (size || segment.size() < 6) return std::nullopt;
      size = Size{static_cast<int>(big(segment, 3, 2)), static_cast<int>(big(segment, 1, 2))};
    } else if (marker == start_of_scan) {
      at = end_of_scan(bytes, at);
      if (at + 2 == bytes.size() && big(bytes, at + 1, 1) == end_of_image) return size;
    } else if (!is_table(marker) && !(marker == app0 && is_plain_jfif(segment))) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

// RFC 9649 section 2.7.1: the flags of VP8X; only transparency may be set.
constexpr std::uint32_t alpha_flag = 0x10;

std::optional<Size> extended_size(ByteView chunk) {
  if (chunk.size() != 10 || (little(chunk, 0, 4) & ~alpha_flag) != 0) return std::nullopt;
  return Size{static_cast<int>(little(chunk, 4, 3)) + 1, static_cast<int>(little(chunk, 7, 3)) + 1};
}

// RFC 6386 section 9.1.
std::optional<Size> lossy_size(ByteView chunk) {
  if (chunk.size() < 10) return std::nullopt;
  return Size{static_cast<int>(little(chunk, 6, 2) & 0x3fff), static_cast<int>(little(chunk, 8, 2) & 0x3fff)};
}

// RFC 9649 section 3.4.
std::optional<Size> lossless_size(ByteView chunk) {
  if (chunk.size() < 5 || little(chunk, 0, 1) != 0x2f) return std::nullopt;
  const auto bits = little(chunk, 1, 4);
  return Size{static_cast<int>(bits & 0x3fff) + 1, static_cast<int>(bits >> 14 & 0x3fff) + 1};
}

bool is_webp(ByteView bytes) {
  return bytes.size() >= 12 && as_text(bytes.first(4)) == "RIFF"sv &&
         as_text(bytes.subspan(8, 4)) == "WEBP"sv && little(bytes, 4, 4) == bytes.size() - 8;
}

struct Chunk {
  std::string_view kind;
  ByteView content;
  std::size_t begin, end;  // in the file, with its header and its padding
};

std::optional<Chunk> chunk_at(ByteView bytes, std::size_t at) {
  if (at + 8 > bytes.size()) return std::nullopt;
  const std::size_t length = little(bytes, at + 4, 4);
  const auto end = at + 8 + length + length % 2;
  if (end > bytes.size()) return std::nullopt;
  return Chunk{as_text(bytes.subspan(at, 4)), bytes.subspan(at + 8, length), at, end};
}

std::optional<Size> pixel_size(const Chunk& chunk) {
  if (chunk.kind == "VP8 "sv) return lossy_size(chunk.content);
  if (chunk.kind == "VP8L"sv) return lossless_size(chunk.content);
  return std::nullopt;
}

std::optional<Size> bare_webp(ByteView bytes) {
  if (!is_webp(bytes)) return std::nullopt;
  std::optional<Size> canvas;
  std::size_t at = 12;
  while (const auto chunk = chunk_at(bytes, at)) {
    at = chunk->end;
    if (const auto size = pixel_size(*chunk))
      return chunk->end == bytes.size() && canvas.value_or(*size) == *size ? size : std::nullopt;
    if (chunk->kind == "VP8X"sv && chunk->begin == 12) {
      if (canvas = extended_size(chunk->content); !canvas) return std::nullopt;
    } else if (chunk->kind != "ALPH"sv || !canvas) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void put_little(std::span<std::byte> bytes, std::size_t at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(value >> 8 * i);
}

std::optional<Size> any_size(Encoding encoding, ByteView bytes) {
  switch (encoding) {
    case Encoding::webp:
      return bare_webp(bytes);
    case Encoding::jpeg:
      return bare_jpeg(bytes);
    case Encoding::avif:
      return bare_avif(bytes);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Size> bare_size(Encoding encoding, ByteView bytes) {
  const auto size = any_size(encoding, bytes);
  return size && size->width > 0 && size->height > 0 ? size : std::nullopt;
}

// VP8X stays only where there is transparency, and then says nothing else.
std::size_t strip_webp(std::span<std::byte> bytes) {
  if (!is_webp(bytes)) return bytes.size();
  std::size_t left = 12, at = 12;
  while (const auto chunk = chunk_at(bytes, at)) {
    at = chunk->end;
    bool wanted = chunk->kind == "ALPH"sv || pixel_size(*chunk);
    if (chunk->kind == "VP8X"sv && !chunk->content.empty()) {
      bytes[chunk->begin + 8] &= std::byte{alpha_flag};
      wanted = bytes[chunk->begin + 8] != std::byte{0};
    }
    if (!wanted) continue;
    std::memmove(bytes.data() + left, bytes.data() + chunk->begin, chunk->end - chunk->begin);
    left += chunk->end - chunk->begin;
  }
  put_little(bytes, 4, static_cast<std::uint32_t>(left - 8));
  return left;
}

}  // namespace keepsake::image
