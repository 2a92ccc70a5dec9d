#pragma once
// Files by descriptor: owned, read and written whole, made durable. Everything here throws std::system_error.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>

#include "base/bytes.h"

namespace keepsake {

// Owns an open file descriptor, or none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// An open file that stays as it is, shared by all who still read it: closed when the last of them lets go.
struct OpenFile {
  Descriptor descriptor;
  std::uint64_t size = 0;
};
using SharedFile = std::shared_ptr<const OpenFile>;

[[noreturn]] void throw_errno(const char* what);

// A folder for openat(2) and fsync(2).
Descriptor open_folder(const std::filesystem::path& folder);
// Writes all of `bytes`.
void write_at(const Descriptor& file, std::int64_t offset, ByteView bytes);
// Fills `into`; fewer bytes only at the end of the file.
std::size_t read_at(const Descriptor& file, std::int64_t offset, std::span<std::byte> into);
// fsync(2): on return the file, or the entries of the folder, outlive a loss of power.
void make_durable(const Descriptor& file_or_folder);
// Makes the folder with those above it that are missing, mode 0700. On return it is durable, with those; one
// that is there stays as it is, and is made durable unless the folder above it may not be read.
void make_folders_durably(const std::filesystem::path& folder);

}  // namespace keepsake
