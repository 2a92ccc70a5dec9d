#include "photo/media.h"

#include <gtest/gtest.h>

#include <string>

namespace keepsake {
namespace {

using namespace std::string_literals;

std::string type_of(const std::string& start) {
  return std::string(media::type_of(as_byte_view(start)).value_or("nothing"));
}

TEST(Media, PicturesFilmsSoundsAndPdfAreToldByTheirFirstBytes) {
  EXPECT_EQ(type_of("\xFF\xD8\xFF\xE1rest"s), "image/jpeg");
  EXPECT_EQ(type_of("\x89PNG\r\n\x1A\nrest"s), "image/png");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypheic\0\0\0\0"s),
            "image/heic");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypcrx \0\0\0\0"s),
            "image/x-canon-cr3");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypisom\0\0\0\0"s),
            "video/mp4");
  EXPECT_EQ(type_of("\0\0\0\x14"
                    "ftypqt  \0\0\0\0"s),
            "video/quicktime");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftyp3gp5\0\0\0\0"s),
            "video/3gpp");
  EXPECT_EQ(type_of("\0\0\0\x08"
                    "wide\0\0\0\0mdat"s),
            "video/quicktime");
  EXPECT_EQ(type_of("\0\0\0\x1C"
                    "ftypM4A \0\0\0\0"s),
            "audio/mp4");
  EXPECT_EQ(type_of("RIFF\x24\0\0\0WAVEfmt "s), "audio/wav");
  EXPECT_EQ(type_of("RIFF\x24\0\0\0WEBPVP8 "s), "image/webp");
  EXPECT_EQ(type_of("ID3\x04\0\0\0\0"s), "audio/mpeg");
  EXPECT_EQ(type_of("\xFF\xFB\x90\x64"s), "audio/mpeg");
  EXPECT_EQ(type_of("II*\0\x10\0\0\0CR\x02\0"s), "image/x-canon-cr2");
  EXPECT_EQ(type_of("II*\0\x08\0\0\0"s), "image/tiff");
  EXPECT_EQ(type_of("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0"s), "image/bmp");
  EXPECT_EQ(type_of("%PDF-1.7\n"s), "application/pdf");
}

TEST(Media, TextPagesProgramsAndArchivesAreNoMedia) {
  for (const std::string& start :
       {""s, "B"s, "hello"s, "The free photo"s, "BMW is a car and this is a text"s, "<!doctype html>"s,
        "<svg xmlns='http://www.w3.org/2000/svg'><script>"s,
        "\x7F"
        "ELF\x02\x01\x01"s,
        "PK\x03\x04"s, "MZ\x90\0"s, "RIFF\x24\0\0\0ACONanih"s, "#!/bin/sh\n"s, "\xFF\xFE<\0h\0t\0"s}) {
    EXPECT_EQ(type_of(start), "nothing") << start;
  }
}

TEST(Media, AFilesNameIsGivenBackWithoutWhatCouldLeadAstray) {
  EXPECT_EQ(media::clean_name("IMG_0001.HEIC"), "IMG_0001.HEIC");
  EXPECT_EQ(media::clean_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(media::clean_name("C:\\pictures\\kōwhai.jpg"), "kōwhai.jpg");
  EXPECT_EQ(media::clean_name("a\r\nb\x7F.jpg"), "ab.jpg");
  EXPECT_EQ(media::clean_name("\xC3\x28.jpg"), "");
  EXPECT_EQ(media::clean_name(std::string(500, 'a')).size(), 200u);
  EXPECT_EQ(media::clean_name("folder/"), "");
}

}  // namespace
}  // namespace keepsake
