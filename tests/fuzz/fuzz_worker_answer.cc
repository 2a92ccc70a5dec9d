// What the server reads of a photo worker that has been taken over: its answer, and the pictures it hands
// back.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "image/container.h"
#include "image/format.h"
#include "image/worker_protocol.h"

using namespace keepsake;
using namespace keepsake::image;

namespace {

// Stripping leaves no more than there was, and nothing to strip again.
void check_strip(ByteView input) {
  auto bytes = to_bytes(input);
  const auto left = strip_webp(bytes);
  if (left > bytes.size()) std::abort();
  bytes.resize(left);
  if (strip_webp(bytes) != left) std::abort();
}

void check_answer(ByteView input) {
  const auto packet = input.first(std::min(input.size(), sizeof(Answer)));
  const auto rest = input.subspan(packet.size());
  const auto answer = read_answer(packet, rest.size());
  if (!answer || answer->outcome != Outcome::made) return;
  static const int memory = ::memfd_create("renditions", MFD_CLOEXEC);
  if (::ftruncate(memory, 0) != 0 || ::pwrite(memory, rest.data(), rest.size(), 0) < 0) std::abort();
  const auto taken = read_renditions(*answer, memory);
  if (taken && taken->renditions.size() != rendition_count) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const ByteView input = std::as_bytes(std::span(data, size));
  (void)format_of(input);
  (void)bare_size(Encoding::webp, input);
  (void)bare_size(Encoding::jpeg, input);
  check_strip(input);
  check_answer(input);
  return 0;
}
