#include "cli/progress.h"

#include <array>
#include <cstdio>
#include <ostream>

namespace keepsake::cli {
namespace {

constexpr std::chrono::milliseconds watched_each{200}, unwatched_each{5000};
constexpr const char* empty_line = "\r\x1b[K";

}  // namespace

std::string rounded(double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.1f", number);
  return text.data();
}

std::string megabytes(std::int64_t bytes) {
  return rounded(static_cast<double>(bytes) / 1e6) + " MB";
}

Progress::Progress(Console& console, const BlobSum& all) : console_(console), all_(all) {}

Progress::~Progress() {
  if (line_) console_.err << empty_line << std::flush;
}

void Progress::tell(std::int64_t files, std::int64_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  if (now - told_ < (console_.watched ? watched_each : unwatched_each)) return;
  told_ = now;
  const std::string said = "Verifying: " + std::to_string(files) + " of " + std::to_string(all_.files) +
                           " files, " + megabytes(bytes) + " of " + megabytes(all_.bytes);
  if (console_.watched)
    console_.err << empty_line << said << std::flush;
  else
    console_.err << said << std::endl;
  line_ = console_.watched;
}

}  // namespace keepsake::cli
