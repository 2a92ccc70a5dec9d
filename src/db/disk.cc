#include "db/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace keepsake::db {
namespace {

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail("open");
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void sync() const {
    if (::fsync(fd_) != 0) fail("fsync");
  }

 private:
  [[noreturn]] static void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
  }
  int fd_;
};

}  // namespace

void make_private_file(const std::filesystem::path& file) {
  Descriptor(file, O_RDWR | O_CREAT);
}

void sync_file(const std::filesystem::path& file) {
  Descriptor(file, O_RDONLY).sync();
}

void sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  Descriptor(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace keepsake::db
