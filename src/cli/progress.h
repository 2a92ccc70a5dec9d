#pragma once
// How far a long command has come, on standard error: one line that is written over where somebody watches, a
// line each five seconds otherwise.
#include <chrono>
#include <cstdint>
#include <string>

#include "cli/console.h"
#include "photo/kept_blob_store.h"

namespace keepsake::cli {

std::string rounded(double number);         // "3.5", one digit after the point
std::string megabytes(std::int64_t bytes);  // "12.3 MB", of a million bytes

class Progress {
 public:
  Progress(Console& console, const BlobSum& all);
  // Leaves the line empty for what follows.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // As often as one likes; by one thread at a time.
  void tell(std::int64_t files, std::int64_t bytes);

 private:
  Console& console_;
  const BlobSum all_;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
  bool line_ = false;
};

}  // namespace keepsake::cli
