#include "cli/console.h"

#include <array>
#include <ctime>

namespace keepsake::cli {

std::string shown_time(std::chrono::sys_time<std::chrono::microseconds> time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return text.data();
}

}  // namespace keepsake::cli
