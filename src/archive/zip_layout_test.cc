#include "archive/zip_layout.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

#include "archive/crc32.h"
#include "base/file.h"
#include "support/temporary_folder.h"

namespace keepsake::archive {
namespace {

using Names = std::vector<std::string>;

constexpr Time noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12);

std::uint32_t crc_of(std::string_view text) {
  Crc32 crc;
  crc.add(as_byte_view(text));
  return crc.value();
}

// An archive of these texts, as it is sent.
struct Made {
  explicit Made(const std::vector<std::pair<std::string, std::string>>& files)
      : layout([&] {
          std::vector<ZipEntry> entries;
          for (const auto& [name, text] : files) entries.push_back({name, noon, text.size(), crc_of(text)});
          return entries;
        }()) {
    for (const auto& [name, text] : files) texts.push_back(text);
  }
  std::string from(std::uint64_t place) const {
    std::string bytes;
    while (place + bytes.size() < layout.size()) {
      const auto part = layout.at(place + bytes.size());
      if (const auto* own = std::get_if<std::string>(&part)) bytes += *own;
      if (const auto* file = std::get_if<ZipLayout::FilePart>(&part))
        bytes += texts[file->entry].substr(file->place);
    }
    return bytes;
  }
  ZipLayout layout;
  std::vector<std::string> texts;
};

// What Python's zipfile finds in the archive: what the program `asks` of `z` prints.
std::string python_finds(const std::filesystem::path& archive, const std::string& asks) {
  const std::string command =
      "/usr/bin/python3 -c 'import zipfile; z = zipfile.ZipFile(\"" + archive.string() + "\"); " + asks + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string said;
  std::array<char, 4096> piece{};
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe.get()))
    said.append(piece.data(), got);
  return said;
}

class Zip : public testing::Test {
 protected:
  std::filesystem::path keep(std::string_view bytes, std::int64_t place = 0) {
    const auto path = folder_ / "archive.zip";
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT, 0600));
    write_at(file, place, as_byte_view(bytes));
    return path;
  }
  const support::TemporaryFolder folder_;
};

TEST_F(Zip, HoldsEveryFileAsItIs) {
  const Made made(
      {{"a window.jpg", "light"}, {"empty.heic", ""}, {"\u00dcber Nacht.png", std::string(70'000, 'n')}});
  const std::string bytes = made.from(0);
  EXPECT_EQ(bytes.size(), made.layout.size());
  const auto path = keep(bytes);
  EXPECT_EQ(python_finds(path, "print(z.testzip(), len(z.namelist()))"), "None 3\n");
  EXPECT_EQ(python_finds(path, "print(z.namelist()[2], z.read(\"a window.jpg\"), z.infolist()[0].date_time)"),
            "\u00dcber Nacht.png b'light' (2026, 11, 23, 12, 0, 0)\n");
}

TEST_F(Zip, IsTheSameFromAnyPlaceOn) {
  const Made made({{"a.jpg", "first"}, {"b.jpg", ""}, {"c.jpg", "third"}});
  const std::string whole = made.from(0);
  for (std::size_t place = 0; place < whole.size(); ++place) ASSERT_EQ(made.from(place), whole.substr(place));
}

TEST_F(Zip, OfNothingIsAnArchive) {
  const Made made({});
  EXPECT_EQ(made.layout.size(), 22);
  EXPECT_EQ(python_finds(keep(made.from(0)), "print(z.testzip(), z.namelist())"), "None []\n");
}

// Only the archive's own bytes are written; of the large file there is a hole.
TEST_F(Zip, HoldsMoreThanFourGigabytes) {
  const std::string last = "behind the film";
  const ZipLayout layout(
      {{"film.mp4", noon, 5'000'000'000, 0}, {"last.jpg", noon, last.size(), crc_of(last)}});
  std::filesystem::path path;
  for (std::uint64_t place = 0; place < layout.size();) {
    const auto part = layout.at(place);
    const auto* file = std::get_if<ZipLayout::FilePart>(&part);
    if (file && file->entry == 0) {
      place += layout.entries()[0].size - file->place;
      continue;
    }
    const std::string bytes = file ? last.substr(file->place) : std::get<std::string>(part);
    path = keep(bytes, static_cast<std::int64_t>(place));
    place += bytes.size();
  }
  EXPECT_EQ(python_finds(path, "print(z.infolist()[0].file_size, z.read(\"last.jpg\"))"),
            "5000000000 b'behind the film'\n");
}

TEST_F(Zip, HoldsMoreThan65535Files) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 65'600; ++i) files.emplace_back(std::to_string(i), "");
  EXPECT_EQ(python_finds(keep(Made(files).from(0)), "print(len(z.namelist()))"), "65600\n");
}

TEST(ZipTime, IsBoundByWhatTheFieldHolds) {
  const auto dated = [](Time time) {
    const auto part = ZipLayout({{"a", time, 0, 0}}).at(10);
    const auto& bytes = std::get<std::string>(part);
    return std::array<unsigned char, 4>{
        static_cast<unsigned char>(bytes[0]), static_cast<unsigned char>(bytes[1]),
        static_cast<unsigned char>(bytes[2]), static_cast<unsigned char>(bytes[3])};
  };
  EXPECT_EQ(dated(Time()), (std::array<unsigned char, 4>{0, 0, 0x21, 0}));
  EXPECT_EQ(dated(from_micros(9'000'000'000'000'000)), (std::array<unsigned char, 4>{0, 0, 0x9F, 0xFF}));
}

TEST(FileNames, AreTakenByEverySystemAndEachOnlyOnce) {
  EXPECT_EQ(file_names({"a.jpg", "b.jpg"}), (Names{"a.jpg", "b.jpg"}));
  EXPECT_EQ(file_names({"a.jpg", "A.JPG", "a.jpg", "a (2).jpg", "a"}),
            (Names{"a.jpg", "A (2).JPG", "a (3).jpg", "a (2) (2).jpg", "a"}));
  EXPECT_EQ(file_names({"../../etc/passwd", "C:\\x?.jpg", "..", "", "nul.txt", "com1", "x. ", ".hidden"}),
            (Names{"_.._etc_passwd", "C__x_.jpg", "_", "_ (2)", "_nul.txt", "_com1", "x", "hidden"}));
}

TEST(FileNames, AreFoundSoonForManyThatAreAlike) {
  EXPECT_EQ(file_names(Names(20'000, "image.jpg")).back(), "image (20000).jpg");
}

}  // namespace
}  // namespace keepsake::archive
