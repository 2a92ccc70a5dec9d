// Photos as a worker decodes them, in this process, in one look or another: whatever the bytes, the worker's
// answer is one that its parent takes, and what was made are whole renditions with nothing else in them.
#include <sys/mman.h>
#include <unistd.h>

#include <span>

#include "base/file.h"
#include "fuzz/targets.h"
#include "image/renditions.h"

namespace keepsake::fuzz {
namespace {

using namespace keepsake::image;

constexpr std::int64_t most_pixels = 1 << 20;

Descriptor memory_with(ByteView bytes) {
  Descriptor memory(::memfd_create("photo", MFD_CLOEXEC));
  must(::pwrite(memory.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()), "memory");
  return memory;
}

// By the last bits of the photo, so that an input stays the photo it is: mostly as most are asked for.
Request request_for(ByteView input) {
  const int bits = input.empty() ? 0 : std::to_integer<int>(input.back()) ^ static_cast<int>(input.size());
  Look look;
  if (bits & 1)
    look = {.quarter_turns = bits >> 1 & 3, .straighten = (bits >> 3 & 7) - 3.5, .crop = {.2, .1, .5, .3}};
  look.black_and_white = (bits & 0x41) == 0x41;
  return {.wanted = (bits & 0x9f) == 0x9f ? Wanted::avif : Wanted::usual,
          .most_pixels = most_pixels,
          .look = packed(look)};
}

}  // namespace

void image(ByteView input) {
  static const std::uint32_t formats = warm_up();
  const Descriptor photo = memory_with(input);
  const Descriptor memory = memory_with({});
  const Request request = request_for(input);
  const Answer made = make_renditions(photo.get(), memory.get(), request, formats);
  const auto size = static_cast<std::uint64_t>(::lseek(memory.get(), 0, SEEK_END));
  const auto answer = read_answer(std::as_bytes(std::span(&made, 1)), request.wanted, size);
  must(answer.has_value(), "an answer its parent takes");
  if (answer->outcome != Outcome::made) return;
  must(std::int64_t{answer->width} * answer->height <= most_pixels, "no more pixels than are allowed");
  must(read_renditions(*answer, request.wanted, memory.get()).has_value(),
       "whole renditions and nothing else");
}

}  // namespace keepsake::fuzz
