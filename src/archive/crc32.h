#pragma once
// The checksum of zip archives (CRC-32 as in ISO 3309, PKWARE APPNOTE 6.3.10 section 4.4.7), by zlib. Against
// accidents; it withstands no attack.
#include <cstdint>

#include "base/bytes.h"

namespace keepsake::archive {

// Of bytes that arrive in pieces.
class Crc32 {
 public:
  void add(ByteView bytes);
  std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 0;
};

}  // namespace keepsake::archive
