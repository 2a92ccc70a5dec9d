#include "web/qr_code.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace keepsake::web {
namespace {

constexpr int quiet_zone = 4;

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

// "M4 5h3v1h-3z": a run of dark modules.
void add_run(std::string& path, int x, int y, int length) {
  const std::string run = std::to_string(length);
  path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + run + "v1h-" + run + "z";
}

}  // namespace

QrCode qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) throw std::runtime_error("this text does not fit into a QR code");
  QrCode made{code->width + 2 * quiet_zone, {}};
  const auto is_dark = [&](int x, int y) {
    return x < code->width && (code->data[y * code->width + x] & 1) != 0;
  };
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      const int begin = x;
      while (is_dark(x, y)) ++x;
      if (x > begin) add_run(made.path, begin + quiet_zone, y + quiet_zone, x - begin);
    }
  }
  return made;
}

}  // namespace keepsake::web
