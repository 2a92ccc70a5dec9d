#include "image/container.h"

#include <gtest/gtest.h>

#include <string>

#include "image/warm_pictures.h"

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

std::optional<Size> size_of(Encoding encoding, std::string_view text) {
  return bare_size(encoding, as_byte_view(text));
}

std::string jpeg() {
  return std::string(as_text(warm_picture(Format::jpeg)));
}

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

std::string chunk(std::string_view kind, std::string content) {
  auto bytes = std::string(kind) + number(content.size()) + content;
  if (content.size() % 2) bytes += '\0';
  return bytes;
}

std::string webp(const std::string& chunks) {
  return "RIFF" + number(chunks.size() + 4) + "WEBP" + chunks;
}

// The image data alone out of a whole file.
std::string pixels() {
  auto bytes = warm_picture(Format::webp);
  bytes.resize(strip_webp(bytes));
  return std::string(as_text(bytes).substr(12));
}

std::string extended(char flags, char width) {
  return chunk("VP8X", {flags, 0, 0, 0, static_cast<char>(width - 1), 0, 0, 15, 0, 0});
}

TEST(Container, TakesABareJpeg) {
  EXPECT_EQ(size_of(Encoding::jpeg, jpeg()), (Size{16, 16}));
  auto with_header = jpeg();
  with_header.insert(2, "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"sv);
  EXPECT_EQ(size_of(Encoding::jpeg, with_header), (Size{16, 16}));
}

TEST(Container, TakesNoJpegThatSaysMore) {
  for (const auto segment : {"\xff\xe1\0\x08"
                             "Exif\0\0"sv,
                             "\xff\xe1\0\x06http"sv, "\xff\xe2\0\x05ICC"sv,
                             "\xff\xed\0\x06"
                             "8BIM"sv,
                             "\xff\xfe\0\x07hello"sv, "\xff\xe0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1abc"sv,
                             "\xff\xe0\0\x08JFXX\0\x10"sv}) {
    auto bytes = jpeg();
    bytes.insert(2, segment);
    EXPECT_EQ(size_of(Encoding::jpeg, bytes), std::nullopt) << segment;
  }
}

TEST(Container, TakesNoJpegWithSomethingBehindOrMissing) {
  EXPECT_EQ(size_of(Encoding::jpeg, jpeg() + "x"), std::nullopt);
  EXPECT_EQ(size_of(Encoding::jpeg, jpeg() + jpeg()), std::nullopt);
  const auto whole = jpeg();
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_EQ(size_of(Encoding::jpeg, whole.substr(0, cut)), std::nullopt) << cut;
}

TEST(Container, TakesABareWebp) {
  EXPECT_EQ(size_of(Encoding::webp, webp(pixels())), (Size{16, 16}));
  EXPECT_EQ(size_of(Encoding::webp, webp(extended(0x10, 16) + chunk("ALPH", "abc") + pixels())),
            (Size{16, 16}));
}

TEST(Container, TakesNoWebpThatSaysMore) {
  for (const auto* kind : {"EXIF", "XMP ", "ICCP", "ANIM", "ANMF", "none"}) {
    EXPECT_EQ(size_of(Encoding::webp, webp(pixels() + chunk(kind, "abcd"))), std::nullopt) << kind;
    EXPECT_EQ(size_of(Encoding::webp, webp(extended(0x10, 16) + chunk(kind, "abcd") + pixels())),
              std::nullopt);
  }
  EXPECT_EQ(size_of(Encoding::webp, webp(extended(0x08, 16) + pixels())), std::nullopt);
  EXPECT_EQ(size_of(Encoding::webp, webp(extended(0x10, 17) + pixels())), std::nullopt);
  EXPECT_EQ(size_of(Encoding::webp, webp(pixels()) + "x"), std::nullopt);
}

TEST(Container, TakesNoWebpThatIsCutShort) {
  const auto whole = webp(pixels());
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_EQ(size_of(Encoding::webp, whole.substr(0, cut)), std::nullopt) << cut;
}

TEST(Container, StripsAWebpToItsPixels) {
  const auto stripped = [](std::string text) {
    text.resize(strip_webp(std::as_writable_bytes(std::span(text))));
    return text;
  };
  EXPECT_EQ(stripped(webp(extended(0x2c, 16) + chunk("ICCP", "abc") + pixels() + chunk("EXIF", "where") +
                          chunk("XMP ", "who"))),
            webp(pixels()));
  EXPECT_EQ(stripped(webp(extended(0x1c, 16) + chunk("ALPH", "abc") + pixels() + chunk("EXIF", "where"))),
            webp(extended(0x10, 16) + chunk("ALPH", "abc") + pixels()));
  EXPECT_EQ(stripped("no picture"), "no picture");
}

}  // namespace
}  // namespace keepsake::image
