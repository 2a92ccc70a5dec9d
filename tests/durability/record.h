#pragma once
// The record of what a process did to a folder: the file that libshadow.so appends to and record.py reads.
// All numbers are little-endian, as the machine writes them.
#include <cstdint>

namespace keepsake::durability {

enum class Kind : std::uint8_t {
  create = 'C',    // folder, file, name: a new file has this name
  make = 'D',      // folder, file, name: a new folder has this name
  link = 'L',      // folder, file, name: a file has this name as well
  unlink = 'U',    // folder, name: the name is gone, of a file or of a folder
  rename = 'R',    // folder, name; `file` is the folder it went to, `bytes` its name there
  write = 'W',     // file, at, bytes
  truncate = 'T',  // file, at: its size from now on
  sync = 'S',      // file or folder: fsync or fdatasync begins; `at` is its ticket
  synced = 'E',    // file or folder: the one with this ticket succeeded
  unknown = 'X',   // name: a call that this recorder cannot follow
};

// Each entry is this, then `name_size` bytes of a name, then `bytes_size` bytes.
struct Entry {
  std::uint64_t folder;  // inode numbers
  std::uint64_t file;
  std::uint64_t at;
  std::uint32_t bytes_size;
  std::uint16_t name_size;
  Kind kind;
  std::uint8_t padding;
};
static_assert(sizeof(Entry) == 32);

}  // namespace keepsake::durability
