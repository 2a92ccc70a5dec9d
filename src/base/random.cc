#include "base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

#include "base/base32.h"

namespace keepsake {

void fill_random(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  fill_random(bytes);
  return bytes;
}

std::string random_secret() {
  return base32_encode(random_bytes(32));
}

}  // namespace keepsake
