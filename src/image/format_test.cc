#include "image/format.h"

#include <gtest/gtest.h>

#include "image/warm_pictures.h"
#include "image/worker_protocol.h"

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

TEST(Format, KnowsEachByItsFirstBytes) {
  for (const auto format : all_formats) EXPECT_EQ(format_of(warm_picture(format)), format);
}

TEST(Format, TakesNothingElse) {
  for (const auto text : {""sv, "\xff\xd8"sv, "a letter, not a photo"sv, "RIFF\0\0\0\0WAVEfmt "sv, "GIF88a"sv,
                          "%PDF-1.7 and more"sv, "<svg xmlns='http://www.w3.org/2000/svg'/>"sv,
                          "\0\0\0\x18"
                          "ftypmp42\0\0\0\0mp42isom"sv,
                          "\0\0\0\x08"
                          "ftyp"sv,
                          "II*\0\x10\0\0\0CR\2\0"sv})
    EXPECT_EQ(format_of(as_byte_view(text)), std::nullopt) << text;
}

TEST(Format, LooksAtCompatibleBrandsInsideTheBoxAlone) {
  EXPECT_EQ(format_of(as_byte_view("\0\0\0\x18"
                                   "ftypmif1\0\0\0\0mif1heic"sv)),
            Format::heic);
  EXPECT_EQ(format_of(as_byte_view("\0\0\0\x18"
                                   "ftypmif1\0\0\0\0mif1avif"sv)),
            Format::avif);
  EXPECT_EQ(format_of(as_byte_view("\0\0\0\x14"
                                   "ftypmp42\0\0\0\0mp42avif"sv)),
            std::nullopt);
  EXPECT_EQ(format_of(as_byte_view("\xff\xff\xff\xff"
                                   "ftypmp42\0\0\0\0mp42"sv)),
            std::nullopt);
}

}  // namespace
}  // namespace keepsake::image
