#include "image/tiff.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "image/warm_pictures.h"
#include "support/photo_files.h"

namespace keepsake::image {
namespace {

using support::MemoryFile;

TiffKind kind_of(std::string_view content) {
  return tiff_kind(MemoryFile(content).descriptor());
}

std::string number(std::uint64_t value, int size, bool little = true) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * (little ? i : size - 1 - i));
  return bytes;
}

struct Entry {
  int tag, type;
  std::uint64_t count, value;
};
const std::vector<Entry> plain_entries = {{256, 3, 1, 16}, {257, 3, 1, 16}, {259, 3, 1, 5}, {262, 3, 1, 2}};

std::string directory(const std::vector<Entry>& entries, std::uint64_t next, bool little = true) {
  auto bytes = number(entries.size(), 2, little);
  for (const auto& entry : entries) {
    bytes += number(entry.tag, 2, little) + number(entry.type, 2, little) + number(entry.count, 4, little);
    const int size = entry.type == 3 ? 2 : 4;
    bytes += number(entry.value, size, little) + std::string(4 - size, '\0');
  }
  return bytes + number(next, 4, little);
}

// With one more entry in its only directory.
std::string with(Entry more, bool little = true) {
  auto entries = plain_entries;
  entries.push_back(more);
  return (little ? "II" : "MM") + number(42, 2, little) + number(8, 4, little) +
         directory(entries, 0, little);
}

TEST(Tiff, TakesPicturesOfBothByteOrders) {
  EXPECT_EQ(kind_of(as_text(warm_picture(Format::tiff))), TiffKind::picture);
  EXPECT_EQ(kind_of(with({254, 4, 1, 0})), TiffKind::picture);
  EXPECT_EQ(kind_of(with({254, 4, 1, 0}, false)), TiffKind::picture);
}

TEST(Tiff, TakesABigTiff) {
  const auto entry = [](int tag, int value) {
    return number(tag, 2) + number(3, 2) + number(1, 8) + number(value, 8);
  };
  const auto big = "II" + number(43, 2) + number(8, 2) + number(0, 2) + number(16, 8) + number(1, 8);
  EXPECT_EQ(kind_of(big + entry(259, 8) + number(0, 8)), TiffKind::picture);
  EXPECT_EQ(kind_of(big + entry(262, 32803) + number(0, 8)), TiffKind::other);
}

TEST(Tiff, KnowsRawFilesByWhatTheyBeginWith) {
  EXPECT_EQ(kind_of(with({50706, 1, 4, 0x00000401})), TiffKind::other);  // DNG
  EXPECT_EQ(kind_of(with({254, 4, 1, 1})), TiffKind::other);             // a preview: NEF, ARW, most DNG
  EXPECT_EQ(kind_of(with({254, 4, 1, 1}, false)), TiffKind::other);
  EXPECT_EQ(kind_of(with({255, 3, 1, 2})), TiffKind::other);
  EXPECT_EQ(kind_of(with({262, 3, 1, 32803})), TiffKind::other);  // the sensor itself
  for (const int compression : {6, 34713, 32767, 65535, 34892})
    EXPECT_EQ(kind_of(with({259, 3, 1, static_cast<std::uint64_t>(compression)})), TiffKind::other);
}

TEST(Tiff, TakesMorePagesButNotForEver) {
  const auto pages = [](int count, bool round) {
    std::string file = "II" + number(42, 2) + number(8, 4);
    for (int page = 1; page <= count; ++page) {
      const auto next = file.size() + directory(plain_entries, 0).size();
      file += directory(plain_entries, page < count ? next : round ? 8 : 0);
    }
    return file;
  };
  EXPECT_EQ(kind_of(pages(3, false)), TiffKind::picture);
  EXPECT_EQ(kind_of(pages(1001, false)), TiffKind::unreadable);
  EXPECT_EQ(kind_of(pages(2, true)), TiffKind::unreadable);
}

TEST(Tiff, TakesNoMillionsOfPieces) {
  EXPECT_EQ(kind_of(with({273, 4, 70'000, 200})), TiffKind::picture);
  for (const int tag : {273, 279, 324, 325})
    EXPECT_EQ(kind_of(with({tag, 4, 50'000'000, 200})), TiffKind::unreadable);
}

TEST(Tiff, CannotReadWhatIsCutShort) {
  const auto whole = with({254, 4, 1, 0});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(kind_of(whole.substr(0, size)), TiffKind::unreadable) << size;
}

}  // namespace
}  // namespace keepsake::image
