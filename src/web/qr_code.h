#pragma once
// A text as a QR code (ISO/IEC 18004) for a phone's camera, to be drawn by SVG within the page.
#include <cstdint>
#include <string>
#include <string_view>

namespace keepsake::web {

struct QrCode {
  std::int64_t side = 0;  // in modules, with the quiet zone of four around it
  std::string path;       // SVG path data: the dark modules, one unit each
};

// Error correction level M. Throws std::runtime_error for an empty text or one past 2,331 bytes.
QrCode qr_code(std::string_view text);

}  // namespace keepsake::web
