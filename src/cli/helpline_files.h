#pragma once
// Where helplines' records are read from.
#include <filesystem>
#include <string>
#include <vector>

namespace keepsake::cli {

struct HelplineFile {
  std::string name;
  std::string content;
};

// Those that the program carries where no path is given; else the files named, and of a directory its files
// that end with .jsonl, in the order of their names. Throws Misuse where one cannot be read, is larger than
// 64 MiB, or where there is none.
std::vector<HelplineFile> helpline_files(const std::vector<std::filesystem::path>& paths);

}  // namespace keepsake::cli
