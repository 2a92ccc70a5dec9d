#include "person/totp.h"

#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>

#include "base/base32.h"
#include "base/hash.h"

namespace keepsake::totp {
namespace {

void hold(int status) {
  if (status != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(status));
}

void start_library() {
  static const bool started = [] {
    hold(oath_init());
    return true;
  }();
  static_cast<void>(started);
}

}  // namespace

std::string secret_text(ByteView secret) {
  std::string text = base32_encode(secret);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::int64_t step_at(Time now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() / step_length;
}

std::string code_of(ByteView secret, std::int64_t step) {
  start_library();
  std::array<char, digits + 1> code{};
  const std::string_view key = as_text(secret);
  const auto time = static_cast<std::time_t>(step * step_length.count());
  hold(oath_totp_generate(key.data(), key.size(), time, static_cast<unsigned>(step_length.count()),
                          OATH_TOTP_DEFAULT_START_TIME, digits, code.data()));
  return {code.data(), digits};
}

std::optional<std::int64_t> step_of(ByteView secret, std::string_view code, Time now, std::int64_t after) {
  const std::int64_t present = step_at(now);
  for (const std::int64_t step : {present, present - 1, present + 1}) {
    const bool fits =
        step >= 0 && equal_in_constant_time(as_byte_view(code), as_byte_view(code_of(secret, step)));
    if (fits && step > after) return step;
  }
  return std::nullopt;
}

}  // namespace keepsake::totp
