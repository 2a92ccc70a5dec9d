#pragma once
// One JSON object a line on standard error. Never a title, a name or a private path: log kinds and
// references.
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace keepsake {

struct LogField {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, bool> value;
};

enum class LogLevel { debug, info, warning, error };

// `event` is a short fixed phrase ("photo refused"); safe from any thread; never throws.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {}) noexcept;
inline void log_info(std::string_view event, std::initializer_list<LogField> fields = {}) noexcept {
  log(LogLevel::info, event, fields);
}
inline void log_warning(std::string_view event, std::initializer_list<LogField> fields = {}) noexcept {
  log(LogLevel::warning, event, fields);
}
inline void log_error(std::string_view event, std::initializer_list<LogField> fields = {}) noexcept {
  log(LogLevel::error, event, fields);
}
void set_log_level(LogLevel lowest) noexcept;
// Whether a line of this level would be written: asked before making one costs much.
bool logs(LogLevel level) noexcept;

// While one lives, lines are written by a thread of their own, and dropped where standard error takes none: a
// server does not stand still because whoever reads its log does. One at a time.
class BackgroundLog {
 public:
  BackgroundLog();
  // Waits at most a second for what is not yet written.
  ~BackgroundLog();
  BackgroundLog(const BackgroundLog&) = delete;
  BackgroundLog& operator=(const BackgroundLog&) = delete;
};
// Lines dropped so far, since the process began.
std::uint64_t dropped_log_lines() noexcept;

}  // namespace keepsake
