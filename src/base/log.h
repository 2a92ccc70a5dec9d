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

}  // namespace keepsake
