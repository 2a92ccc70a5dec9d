// The door through which libFuzzer calls one target: KEEPSAKE_FUZZ_TARGET is its name.
#include <span>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  keepsake::fuzz::KEEPSAKE_FUZZ_TARGET(std::as_bytes(std::span(data, size)));
  return 0;
}
