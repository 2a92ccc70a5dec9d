#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>

#include "base/log_queue.h"

namespace keepsake {
namespace {

void append_json(std::string& line, std::string_view text) {
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      line += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      line += c;
    }
  }
  line += '"';
}

void append_value(std::string& line, const LogField& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return append_json(line, *text);
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    line += std::to_string(*number);
    return;
  }
  line += std::get<bool>(field.value) ? "true" : "false";
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

LogQueue& queue() {
  static LogQueue& only = LogQueue::start(STDERR_FILENO);
  return only;
}

std::atomic<bool> in_background = false;

// Standard error, at once or through the queue.
class Sink final : public spdlog::sinks::base_sink<std::mutex> {
 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (in_background)
      queue().push({line.data(), line.size()});
    else
      std::fwrite(line.data(), 1, line.size(), stderr);
  }
  void flush_() override {}
};

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("keepsake", std::make_shared<Sink>());
    made->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *instance;
}

}  // namespace

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) noexcept try {
  if (!logger().should_log(level_of(level))) return;
  std::string line = "\"event\":";
  append_json(line, event);
  for (const LogField& field : fields) {
    line += ',';
    append_json(line, field.key);
    line += ':';
    append_value(line, field);
  }
  logger().log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
} catch (...) {
  // A log line is never worth a request.
}

void set_log_level(LogLevel lowest) noexcept {
  logger().set_level(level_of(lowest));
}

bool logs(LogLevel level) noexcept {
  return logger().should_log(level_of(level));
}

BackgroundLog::BackgroundLog() {
  queue();
  in_background = true;
}

BackgroundLog::~BackgroundLog() {
  if (queue().flush(std::chrono::seconds(1))) in_background = false;
}

std::uint64_t dropped_log_lines() noexcept {
  return in_background ? queue().dropped() : 0;
}

}  // namespace keepsake
