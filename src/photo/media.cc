#include "photo/media.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "base/text.h"

namespace keepsake::media {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_name = 200;

struct Signature {
  std::size_t place;
  std::string_view bytes;
  std::string_view type;
};

// Longer ones stand before shorter ones that they begin with.
constexpr Signature signatures[] = {
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "8BPS\0"sv, "image/vnd.adobe.photoshop"},
    {0, "\xFF\x0A"sv, "image/jxl"},
    {0, "\0\0\0\x0CJXL \r\n\x87\n"sv, "image/jxl"},
    {0, "\0\0\0\x0CjP  \r\n\x87\n"sv, "image/jp2"},
    {0, "FUJIFILMCCD-RAW"sv, "image/x-fuji-raf"},
    {0, "FOVb"sv, "image/x-sigma-x3f"},
    {0, "\0MRM"sv, "image/x-minolta-mrw"},
    {0, "IIU\0"sv, "image/x-panasonic-rw2"},
    {0, "IIRO\x08\0"sv, "image/x-olympus-orf"},
    {0, "IIRS\x08\0"sv, "image/x-olympus-orf"},
    {0, "MMOR\0"sv, "image/x-olympus-orf"},
    {0, "II*\0\x10\0\0\0CR"sv, "image/x-canon-cr2"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "II+\0\x08\0\0\0"sv, "image/tiff"},
    {0, "MM\0+\0\x08\0\0"sv, "image/tiff"},
    {0, "\x1A\x45\xDF\xA3"sv, "video/x-matroska"},
    {0, "\0\0\x01\xBA"sv, "video/mpeg"},
    {0, "\0\0\x01\xB3"sv, "video/mpeg"},
    {0, "FLV\x01"sv, "video/x-flv"},
    {0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"sv, "video/x-ms-asf"},
    {0, "ID3\x02"sv, "audio/mpeg"},
    {0, "ID3\x03"sv, "audio/mpeg"},
    {0, "ID3\x04"sv, "audio/mpeg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "OggS\0"sv, "audio/ogg"},
    {0, "#!AMR"sv, "audio/amr"},
    {0, "caff\0\x01"sv, "audio/x-caf"},
    {0, "MThd\0\0\0\x06"sv, "audio/midi"},
    {0, "%PDF-"sv, "application/pdf"},
};

// Files of boxes (ISO/IEC 14496-12) by their major brand; a brand that is not here is a film.
constexpr Signature brands[] = {
    {8, "heic"sv, "image/heic"},        {8, "heix"sv, "image/heic"}, {8, "heim"sv, "image/heic"},
    {8, "heis"sv, "image/heic"},        {8, "mif1"sv, "image/heif"}, {8, "msf1"sv, "image/heif"},
    {8, "hevc"sv, "image/heic"},        {8, "avif"sv, "image/avif"}, {8, "avis"sv, "image/avif"},
    {8, "crx "sv, "image/x-canon-cr3"}, {8, "M4A "sv, "audio/mp4"},  {8, "M4B "sv, "audio/mp4"},
    {8, "qt  "sv, "video/quicktime"},   {8, "3gp"sv, "video/3gpp"},  {8, "3g2"sv, "video/3gpp2"},
};

// RIFF (Microsoft) and FORM (EA IFF 85) by their kind.
constexpr Signature chunked[] = {
    {8, "WEBP"sv, "image/webp"}, {8, "AVI "sv, "video/x-msvideo"}, {8, "WAVE"sv, "audio/wav"},
    {8, "AIFF"sv, "audio/aiff"}, {8, "AIFC"sv, "audio/aiff"},
};

bool stands(std::string_view file, const Signature& signature) {
  return file.size() > signature.place && file.substr(signature.place).starts_with(signature.bytes);
}

std::optional<std::string_view> find(std::string_view file, std::span<const Signature> among) {
  const auto found = std::ranges::find_if(among, [&](const Signature& one) { return stands(file, one); });
  return found == among.end() ? std::nullopt : std::optional(found->type);
}

// QuickTime before it had brands; the size before the name begins with a byte that no text begins with.
bool is_old_quicktime(std::string_view file) {
  if (file.size() < 8 || static_cast<unsigned char>(file[0]) >= 0x09) return false;
  const std::string_view box = file.substr(4, 4);
  return box == "moov" || box == "mdat" || box == "wide" || box == "free" || box == "skip";
}

bool is_bmp(std::string_view file) {
  return file.starts_with("BM") && file.size() > 14 && file.substr(6, 4) == "\0\0\0\0"sv;
}

// A frame of MPEG-1/2 audio (ISO/IEC 11172-3) or of ADTS (ISO/IEC 13818-7), which no signature goes before.
std::optional<std::string_view> sound_frame(std::string_view file) {
  if (file.size() < 4 || file[0] != '\xFF') return std::nullopt;
  const auto second = static_cast<unsigned char>(file[1]), third = static_cast<unsigned char>(file[2]);
  if ((second & 0xF6) == 0xF0) return "audio/aac";
  const bool layered = (second & 0xE0) == 0xE0 && (second & 0x06) != 0 && (second & 0x18) != 0x08;
  if (layered && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C) return "audio/mpeg";
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> type_of(ByteView start) {
  const std::string_view file = as_text(start);
  if (stands(file, {4, "ftyp"sv, {}})) return find(file, brands).value_or("video/mp4");
  if (file.starts_with("RIFF") || file.starts_with("FORM")) return find(file, chunked);
  if (is_old_quicktime(file)) return "video/quicktime";
  if (is_bmp(file)) return "image/bmp";
  const auto signed_type = find(file, signatures);
  return signed_type ? signed_type : sound_frame(file);
}

std::string ending_of(std::string_view media_type) {
  static constexpr std::pair<std::string_view, std::string_view> usual[] = {
      {"image/jpeg", ".jpg"},      {"image/tiff", ".tif"},     {"image/vnd.adobe.photoshop", ".psd"},
      {"video/quicktime", ".mov"}, {"video/mpeg", ".mpg"},     {"video/x-matroska", ".mkv"},
      {"video/x-msvideo", ".avi"}, {"video/x-ms-asf", ".wmv"}, {"video/3gpp", ".3gp"},
      {"video/3gpp2", ".3g2"},     {"audio/mpeg", ".mp3"},     {"audio/mp4", ".m4a"},
      {"audio/midi", ".mid"},
  };
  const auto* found =
      std::ranges::find(usual, media_type, &std::pair<std::string_view, std::string_view>::first);
  if (found != std::end(usual)) return std::string(found->second);
  return '.' + std::string(media_type.substr(media_type.find_last_of("/-") + 1));  // "image/x-canon-cr2"
}

std::string clean_name(std::string_view name) {
  name.remove_prefix(name.find_last_of("/\\") + 1);  // npos + 1 is 0
  if (!is_utf8(name)) return {};
  std::string clean;
  std::ranges::copy_if(name, std::back_inserter(clean),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
  return std::string(cut_at(clean, longest_name));
}

}  // namespace keepsake::media
