#include "archive/crc32.h"

#include <zlib.h>

namespace keepsake::archive {

void Crc32::add(ByteView bytes) {
  value_ = static_cast<std::uint32_t>(
      ::crc32_z(value_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace keepsake::archive
