#include "photo/arriving_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace keepsake {
namespace {

constexpr std::size_t piece_size = 64 * 1024;

Descriptor unnamed_file(const std::filesystem::path& folder) {
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600));
  if (file || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  // A file system without O_TMPFILE: the name is gone before the first byte arrives.
  std::string pattern = (folder / "upload-XXXXXX").string();
  file = Descriptor(::mkostemp(pattern.data(), O_CLOEXEC));
  if (file) ::unlink(pattern.c_str());
  return file;
}

}  // namespace

Refusal too_large(std::int64_t most) {
  const bool mega = most >= 1 << 20;
  const std::int64_t number = mega ? most >> 20 : most >> 10;
  return {Refused::too_large,
          "This photo is larger than " + std::to_string(number) + (mega ? " megabytes" : " kilobytes") +
              ", which is the most that can be kept here. A smaller copy of it can.",
          "photo",
          {mega ? "refused_megabytes" : "refused_kilobytes", number}};
}

ArrivingFile::ArrivingFile(const std::filesystem::path& folder) : file_(unnamed_file(folder)) {
  if (!file_) throw_errno("making a file for an upload");
}

std::optional<Refusal> ArrivingFile::receive(const PhotoSource& source, std::int64_t most) {
  Sha256 hash;
  Bytes piece(piece_size);
  while (const std::size_t got = source.read(piece)) {
    const ByteView bytes = ByteView(piece).first(got);
    if (size_ + static_cast<std::int64_t>(got) > most) return too_large(most);
    write_at(file_, size_, bytes);
    hash.add(bytes);
    crc_.add(bytes);
    size_ += static_cast<std::int64_t>(got);
  }
  if (size_ == 0)
    return Refusal{Refused::invalid, "Nothing arrived. Please choose a photo and try again.", "photo"};
  digest_ = hash.finish();
  return std::nullopt;
}

}  // namespace keepsake
