// Photos as a worker decodes them, in this process: whatever the bytes, the worker's answer is one that its
// parent takes, and what was made are whole renditions with nothing else in them.
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

}  // namespace

void image(ByteView input) {
  static const std::uint32_t formats = warm_up();
  const Descriptor photo = memory_with(input);
  const Descriptor memory = memory_with({});
  const Answer made = make_renditions(photo.get(), memory.get(), {.most_pixels = most_pixels}, formats);
  const auto size = static_cast<std::uint64_t>(::lseek(memory.get(), 0, SEEK_END));
  const auto answer = read_answer(std::as_bytes(std::span(&made, 1)), size);
  must(answer.has_value(), "an answer its parent takes");
  if (answer->outcome != Outcome::made) return;
  must(std::int64_t{answer->width} * answer->height <= most_pixels, "no more pixels than are allowed");
  must(read_renditions(*answer, memory.get()).has_value(), "whole renditions and nothing else");
}

}  // namespace keepsake::fuzz
