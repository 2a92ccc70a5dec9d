#pragma once
// Files that only their owner reads, and what it takes for them to be on disk.
#include <filesystem>

namespace keepsake::db {

// Makes an empty file of mode 0600 if there is none. Throws std::system_error.
void make_private_file(const std::filesystem::path& file);
void sync_file(const std::filesystem::path& file);
// A new name is on disk once its folder is.
void sync_folder_of(const std::filesystem::path& file);

}  // namespace keepsake::db
