#include "http/chunk_decoder.h"

#include <algorithm>

namespace keepsake::http {
namespace {

constexpr unsigned most_digits = 15;
constexpr std::size_t most_extension = 256;
constexpr std::size_t most_trailers = 4096;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_line_text(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

std::optional<ChunkDecoder::Step> ChunkDecoder::decode(std::string_view text) {
  Step step;
  while (step.used < text.size() && !done()) {
    if (state_ == State::data) {
      step.data = text.substr(step.used, std::min<std::uint64_t>(left_, text.size() - step.used));
      step.used += step.data.size();
      left_ -= step.data.size();
      if (left_ == 0) state_ = State::data_cr;
      return step;
    }
    if (!take(text[step.used++])) return std::nullopt;
  }
  return step;
}

bool ChunkDecoder::go(bool fits, State next) {
  state_ = next;
  return fits;
}

bool ChunkDecoder::take(char c) {
  switch (state_) {
    case State::size:
      return take_size(c);
    case State::extension:
      if (c == '\r') return go(true, State::size_end);
      return is_line_text(c) && ++overhead_ <= most_extension;
    case State::size_end:
      overhead_ = 0;
      digits_ = 0;
      return go(c == '\n', left_ > 0 ? State::data : State::line_start);
    case State::data_cr:
      return go(c == '\r', State::data_lf);
    case State::data_lf:
      return go(c == '\n', State::size);
    default:
      return take_trailer(c);
  }
}

bool ChunkDecoder::take_size(char c) {
  const int digit = hex_digit(c);
  if (digit >= 0) {
    left_ = left_ * 16 + static_cast<unsigned>(digit);
    return ++digits_ <= most_digits;
  }
  if (digits_ == 0) return false;
  if (c == ';') return go(true, State::extension);
  return go(c == '\r', State::size_end);
}

bool ChunkDecoder::take_trailer(char c) {
  switch (state_) {
    case State::line_start:
      if (c == '\r') return go(true, State::last);
      return go(is_line_text(c) && c != ' ' && c != '\t', State::trailer);
    case State::trailer:
      if (c == '\r') return go(true, State::trailer_end);
      return is_line_text(c) && ++overhead_ <= most_trailers;
    case State::trailer_end:
      return go(c == '\n' && ++overhead_ <= most_trailers, State::line_start);
    case State::last:
      return go(c == '\n', State::done);
    default:
      return false;
  }
}

}  // namespace keepsake::http
