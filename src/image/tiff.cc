#include "image/tiff.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

// Bounds on what strangers write. Libraries walk through all directories to count them, and keep the place of
// every strip and tile in memory.
constexpr int most_directories = 1000;
constexpr std::uint64_t most_entries = 1000;
constexpr std::uint64_t most_pieces = 1'000'000;

// TIFF 6.0 section 8 and the DNG specification.
constexpr std::uint64_t new_subfile_type = 254, subfile_type = 255, compression = 259, photometric = 262,
                        strip_offsets = 273, strip_sizes = 279, tile_offsets = 324, tile_sizes = 325,
                        dng_version = 50706;
constexpr std::uint64_t reduced = 1, old_reduced = 2, colour_filter_array = 32803, linear_raw = 34892;

// None, three of fax machines, LZW, JPEG, Deflate under both its numbers, PackBits. Cameras keep raw data
// under numbers of their own, and their previews often under 6, JPEG as TIFF first had it.
constexpr std::array<std::uint64_t, 9> compressions = {1, 2, 3, 4, 5, 7, 8, 32946, 32773};

struct Entry {
  std::uint64_t tag = 0, count = 0, value = 0;  // the first number, if the entry itself holds it
};

class Tiff {
 public:
  explicit Tiff(int file) : file_(file) {}

  // The place of the first directory.
  std::optional<std::uint64_t> open();
  // Gives each entry of the directory to `use`, then the place of the next directory or 0.
  template <class Use>
  std::optional<std::uint64_t> walk(std::uint64_t at, const Use& use);

 private:
  bool read(std::uint64_t at, std::size_t size);
  std::uint64_t number(std::size_t at, std::size_t size) const;
  Entry entry() const;

  int file_;
  bool little_ = false, big_ = false;
  std::array<std::byte, 20> bytes_{};  // those last read
};

bool Tiff::read(std::uint64_t at, std::size_t size) {
  return at < std::uint64_t{1} << 62 &&
         ::pread(file_, bytes_.data(), size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
}

std::uint64_t Tiff::number(std::size_t at, std::size_t size) const {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value = value << 8 | std::to_integer<std::uint64_t>(bytes_[at + (little_ ? size - 1 - i : i)]);
  return value;
}

std::optional<std::uint64_t> Tiff::open() {
  if (!read(0, 8)) return std::nullopt;
  const auto order = as_text(bytes_).substr(0, 2);
  little_ = order == "II"sv;
  if (!little_ && order != "MM"sv) return std::nullopt;
  big_ = number(2, 2) == 43;
  if (!big_) return number(2, 2) == 42 ? std::optional(number(4, 4)) : std::nullopt;
  if (number(4, 2) != 8 || !read(8, 8)) return std::nullopt;
  return number(0, 8);
}

// Types 1, 3, 4, 13, 16 and 18 are whole numbers without a sign, 13 and 18 the places of directories.
Entry Tiff::entry() const {
  const auto type = number(2, 2);
  const std::size_t size = type == 1 ? 1 : type == 3 ? 2 : type == 4 || type == 13 ? 4 : big_ ? 8 : 4;
  return {number(0, 2), number(4, big_ ? 8 : 4), number(big_ ? 12 : 8, size)};
}

template <class Use>
std::optional<std::uint64_t> Tiff::walk(std::uint64_t at, const Use& use) {
  const std::size_t count_size = big_ ? 8 : 2, entry_size = big_ ? 20 : 12, next_size = big_ ? 8 : 4;
  if (!read(at, count_size)) return std::nullopt;
  const auto count = number(0, count_size);
  if (count < 1 || count > most_entries) return std::nullopt;
  at += count_size;
  for (std::uint64_t i = 0; i < count; ++i, at += entry_size) {
    if (!read(at, entry_size)) return std::nullopt;
    use(entry());
  }
  return read(at, next_size) ? std::optional(number(0, next_size)) : std::nullopt;
}

// A camera's raw file begins with a small picture that stands for the whole, or with the raw data itself.
bool is_other(const Entry& entry) {
  switch (entry.tag) {
    case new_subfile_type:
      return entry.value & reduced;
    case subfile_type:
      return entry.value == old_reduced;
    case compression:
      return std::find(compressions.begin(), compressions.end(), entry.value) == compressions.end();
    case photometric:
      return entry.value == colour_filter_array || entry.value == linear_raw;
    case dng_version:
      return true;
    default:
      return false;
  }
}

bool has_too_many_pieces(const Entry& entry) {
  for (const auto tag : {strip_offsets, strip_sizes, tile_offsets, tile_sizes})
    if (entry.tag == tag && entry.count > most_pieces) return true;
  return false;
}

}  // namespace

TiffKind tiff_kind(int file) {
  Tiff tiff(file);
  auto next = tiff.open();
  bool other = false, too_much = false;
  for (int directory = 0; next && *next != 0; ++directory) {
    if (directory == most_directories) return TiffKind::unreadable;
    next = tiff.walk(*next, [&](const Entry& entry) {
      other = other || (directory == 0 && is_other(entry));
      too_much = too_much || has_too_many_pieces(entry);
    });
    if (other) return TiffKind::other;
    if (too_much || !next) return TiffKind::unreadable;
  }
  return next ? TiffKind::picture : TiffKind::unreadable;
}

}  // namespace keepsake::image
