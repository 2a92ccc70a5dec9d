#include "image/format.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

constexpr std::array avif_brands = {"avif"sv, "avis"sv};
constexpr std::array heic_brands = {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "hevx"sv, "mif1"sv};

template <std::size_t count>
bool one_of(const std::array<std::string_view, count>& brands, std::string_view brand) {
  return std::find(brands.begin(), brands.end(), brand) != brands.end();
}

// The box: size (4), "ftyp", major brand (4), version (4), compatible brands (4 each). `mif1` alone tells
// nothing of the codec, so a later AVIF brand decides against it.
std::optional<Format> format_of_box(std::string_view text) {
  const auto byte = [&](int at) { return static_cast<std::size_t>(static_cast<unsigned char>(text[at])); };
  const auto size = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
  std::optional<Format> found;
  for (std::size_t at = 8; at + 4 <= std::min(size, text.size()); at += at == 8 ? 8 : 4) {
    const auto brand = text.substr(at, 4);
    if (one_of(avif_brands, brand)) return Format::avif;
    if (one_of(heic_brands, brand)) found = Format::heic;
  }
  return found;
}

// Canon's raw files say behind the header of a TIFF what they are.
bool is_tiff(std::string_view text) {
  const auto order = text.substr(0, 4);
  const bool known = order == "II*\0"sv || order == "MM\0*"sv || order == "II+\0"sv || order == "MM\0+"sv;
  return known && text.substr(8, 2) != "CR"sv;
}

}  // namespace

std::optional<Format> format_of(ByteView start) {
  const auto text = as_text(start.first(std::min(start.size(), format_prefix)));
  if (text.starts_with("\xff\xd8\xff"sv)) return Format::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::png;
  if (text.size() < 12) return std::nullopt;
  if (text.starts_with("RIFF"sv) && text.substr(8, 4) == "WEBP"sv) return Format::webp;
  if (text.substr(4, 4) == "ftyp"sv) return format_of_box(text);
  if (text.starts_with("GIF87a"sv) || text.starts_with("GIF89a"sv)) return Format::gif;
  if (is_tiff(text)) return Format::tiff;
  return std::nullopt;
}

std::string_view media_type(Format format) {
  switch (format) {
    case Format::jpeg:
      return "image/jpeg";
    case Format::png:
      return "image/png";
    case Format::webp:
      return "image/webp";
    case Format::heic:
      return "image/heic";
    case Format::avif:
      return "image/avif";
    case Format::tiff:
      return "image/tiff";
    case Format::gif:
      return "image/gif";
  }
  return "application/octet-stream";
}

}  // namespace keepsake::image
