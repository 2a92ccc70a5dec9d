#include "http/versions.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <boost/version.hpp>
#include <cstdint>

namespace keepsake::http {

std::vector<LibraryVersion> library_versions() {
  const std::uint32_t brotli = BrotliEncoderVersion();
  std::string boost = BOOST_LIB_VERSION;
  std::replace(boost.begin(), boost.end(), '_', '.');
  return {{"Boost", boost},
          {"zlib", zlibVersion()},
          {"brotli", std::to_string(brotli >> 24) + "." + std::to_string(brotli >> 12 & 0xfff) + "." +
                         std::to_string(brotli & 0xfff)}};
}

}  // namespace keepsake::http
