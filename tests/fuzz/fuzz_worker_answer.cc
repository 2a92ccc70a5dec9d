// What the server reads of a photo worker that has been taken over: its answer, and the pictures it hands
// back.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "fuzz/targets.h"
#include "image/container.h"
#include "image/format.h"
#include "image/worker_protocol.h"

namespace keepsake::fuzz {
namespace {

using namespace keepsake::image;

void check_strip(ByteView input) {
  auto bytes = to_bytes(input);
  const auto left = strip_webp(bytes);
  must(left <= bytes.size(), "stripping leaves no more than there was");
  bytes.resize(left);
  must(strip_webp(bytes) == left, "and nothing to strip again");
}

void check_answer(ByteView input, Wanted wanted) {
  const auto packet = input.first(std::min(input.size(), sizeof(Answer)));
  const auto rest = input.subspan(packet.size());
  const auto answer = read_answer(packet, wanted, rest.size());
  if (!answer || answer->outcome != Outcome::made) return;
  static const int memory = ::memfd_create("renditions", MFD_CLOEXEC);
  must(::ftruncate(memory, 0) == 0 && ::pwrite(memory, rest.data(), rest.size(), 0) >= 0, "memory");
  const auto taken = read_renditions(*answer, wanted, memory);
  if (!taken) return;
  must(taken->renditions.size() == edges.size() * encodings_of(wanted).size(), "all renditions or none");
  must(taken->placeholder.size() <= most_thumbhash_bytes, "a small placeholder");
}

}  // namespace

void worker_answer(ByteView input) {
  (void)format_of(input);
  (void)bare_size(Encoding::webp, input);
  (void)bare_size(Encoding::jpeg, input);
  (void)bare_size(Encoding::avif, input);
  check_strip(input);
  check_answer(input, Wanted::usual);
  check_answer(input, Wanted::avif);
}

}  // namespace keepsake::fuzz
