#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace keepsake {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Descriptor open_folder(const std::filesystem::path& folder) {
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened) throw_errno("opening a folder");
  return opened;
}

void write_at(const Descriptor& file, std::int64_t offset, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file.get(), bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("writing a file");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += written;
  }
}

std::size_t read_at(const Descriptor& file, std::int64_t offset, std::span<std::byte> into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const ssize_t got = ::pread(file.get(), into.data() + filled, into.size() - filled,
                                offset + static_cast<std::int64_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("reading a file");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void make_durable(const Descriptor& file_or_folder) {
  // Not tried again when it fails: the kernel may have dropped what it could not write.
  if (::fsync(file_or_folder.get()) != 0) throw_errno("fsync");
}

void make_folders_durably(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  const std::filesystem::path whole = std::filesystem::absolute(folder).lexically_normal();
  const std::filesystem::path place = whole.has_filename() ? whole : whole.parent_path();
  const bool there = std::filesystem::is_directory(place);
  if (!there) {
    make_folders_durably(place.parent_path());
    if (::mkdir(place.c_str(), 0700) != 0 && errno != EEXIST) throw_errno("making a folder");
  }
  // One that is there may be from a process that was killed before this.
  Descriptor parent(::open(place.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent && errno == EACCES && there) return;
  if (!parent) throw_errno("opening a folder");
  make_durable(parent);
}

}  // namespace keepsake
