#include "web/qr_code.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

namespace keepsake::web {
namespace {

// The path drawn again, a row of '#' and ' ' a line.
std::vector<std::string> drawn(const QrCode& code) {
  const auto side = static_cast<std::size_t>(code.side);
  std::vector<std::string> rows(side, std::string(side, ' '));
  for (const char* at = code.path.c_str(); *at != '\0';) {
    unsigned x = 0, y = 0, run = 0, back = 0;
    int read = 0;
    EXPECT_EQ(std::sscanf(at, "M%u %uh%uv1h-%uz%n", &x, &y, &run, &back, &read), 4);
    if (read == 0) break;
    EXPECT_EQ(run, back);
    rows.at(y).replace(x, run, run, '#');
    at += read;
  }
  return rows;
}

TEST(QrCode, HasItsThreeFinderPatternsWithinAQuietZone) {
  const QrCode code = qr_code("otpauth://totp/photos.example:ana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  const auto rows = drawn(code);
  const std::size_t last = rows.size() - 4 - 7;
  const char* finder[] = {"#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"};
  for (std::size_t row = 0; row < 7; ++row) {
    EXPECT_EQ(rows[4 + row].substr(4, 7), finder[row]);
    EXPECT_EQ(rows[4 + row].substr(last, 7), finder[row]);
    EXPECT_EQ(rows[last + row].substr(4, 7), finder[row]);
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    for (const std::size_t edge : {std::size_t{0}, std::size_t{3}, rows.size() - 4, rows.size() - 1}) {
      EXPECT_EQ(rows[at][edge], ' ');
      EXPECT_EQ(rows[edge][at], ' ');
    }
  }
}

TEST(QrCode, RefusesWhatDoesNotFit) {
  EXPECT_THROW(qr_code(""), std::runtime_error);
  EXPECT_THROW(qr_code(std::string(3000, 'x')), std::runtime_error);
}

}  // namespace
}  // namespace keepsake::web
