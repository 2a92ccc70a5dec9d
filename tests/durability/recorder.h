#pragma once
// What libshadow.so (shadow.cc) knows of the folder it follows, and how it writes a record of it.
#include <sys/stat.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "durability/record.h"

namespace keepsake::durability {

// The record, and what is followed. Without SHADOW_RECORD it follows nothing.
class Recorder {
 public:
  Recorder();
  // Whether the path, a real one, is the root or below it, and of a kind that must outlive a loss of power.
  bool follows(std::string_view path) const;
  // Whether a sync of this path, which is followed, is to be lost.
  bool forgets(const std::string& path) const;
  // Appends one entry; only within a Turn. Aborts the process if it cannot.
  void add(Kind kind, std::uint64_t folder, std::uint64_t file, std::uint64_t at, std::string_view name = {},
           std::string_view bytes = {}) const;

  // Held from before a step until it stands in the record, by one thread of one process at a time: the record
  // has the order in which things happened. A process that is killed holds nothing any more. Keeps errno.
  class Turn {
   public:
    explicit Turn(Recorder& recorder);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Recorder& recorder_;
    std::lock_guard<std::mutex> lock_;
  };

 private:
  const std::string root_, forgets_;
  int record_ = -1;
  std::mutex mutex_;
};

// One for the process, never destroyed: threads write until the very end.
Recorder& recorder();

// An open descriptor of something that is followed and still has a name.
struct Opened {
  std::string path;
  std::uint64_t inode;
};
std::optional<Opened> followed(int descriptor);

// A name that is followed, whether it is there or not, in a folder that is. `folder` and `there`: inodes.
struct Place {
  std::string name;
  std::uint64_t folder = 0;
  std::optional<std::uint64_t> there;
};
// As openat(2) takes them.
std::optional<Place> place(int folder, const char* path);

std::uint64_t inode_of(int descriptor);
// Writes down that something was done that this library has no model of.
void cannot_follow(const char* call);

}  // namespace keepsake::durability
