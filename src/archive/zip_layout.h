#pragma once
// A zip archive (PKWARE APPNOTE 6.3.10) of files that are stored as they are, laid out before the first byte
// of it is sent: its length is known, and it can be sent from any place on, so a download that broke goes on
// where it was. Nothing but the archive's own bytes is made here; the files stay where they are.
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace keepsake::archive {

struct ZipEntry {
  std::string name;  // UTF-8, relative, at most 65,535 bytes
  Time changed;      // kept to two seconds, from 1980 to 2107, in UTC
  std::uint64_t size = 0;
  std::uint32_t crc32 = 0;  // of the file
};

// Names that every system takes, one for each of `names` and each only once, whether or not the capitals of
// ASCII count: what some system forbids is replaced, a second "a.jpg" becomes "a (2).jpg".
std::vector<std::string> file_names(std::vector<std::string> names);

class ZipLayout {
 public:
  explicit ZipLayout(std::vector<ZipEntry> entries);

  std::uint64_t size() const { return size_; }
  const std::vector<ZipEntry>& entries() const { return entries_; }

  // What stands at a place of the archive.
  struct FilePart {
    std::size_t entry = 0;    // in entries()
    std::uint64_t place = 0;  // in its file
  };
  using Part = std::variant<std::string, FilePart>;
  // `place` lies below size(). Of the archive's own bytes never none; of a file, the place to read on from.
  Part at(std::uint64_t place) const;

 private:
  std::string local_header(std::size_t entry) const;
  std::string central_header(std::size_t entry) const;
  std::string end() const;

  std::vector<ZipEntry> entries_;
  std::vector<std::uint64_t> local_;    // where each entry's own header begins
  std::vector<std::uint64_t> central_;  // where its header in the central directory begins
  std::uint64_t central_begin_ = 0;
  std::uint64_t end_begin_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace keepsake::archive
