#include <gtest/gtest.h>

#include "base/base32.h"
#include "base/base64url.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"

namespace keepsake {
namespace {

TEST(PublicId, HasOneTextForm) {
  const PublicId id = PublicId::random();
  EXPECT_EQ(id.text().size(), PublicId::text_size);
  EXPECT_EQ(PublicId::parse(id.text()), id);
  EXPECT_FALSE(PublicId::parse(""));
  EXPECT_FALSE(PublicId::parse("../../etc/passwd"));
  EXPECT_FALSE(PublicId::parse("AAAAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(PublicId::parse("aaaaaaaaaaaaaaaaaaaaaaaaab"));  // spare bits set
  EXPECT_FALSE(PublicId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

TEST(Base32, FollowsRfc4648) {
  EXPECT_EQ(base32_encode(as_byte_view("foobar")), "mzxw6ytboi");
  EXPECT_EQ(base32_decode("mzxw6ytboi"), to_bytes("foobar"));
}

TEST(Hash, KnowsTheStandardsExamples) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 pieces;
  pieces.add(as_byte_view("a"));
  pieces.add(as_byte_view("bc"));
  EXPECT_EQ(pieces.finish(), sha256("abc"));
  EXPECT_EQ(hex(hmac_sha256(as_byte_view("Jefe"), as_byte_view("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Hash, DerivesKeysAsRfc5869Does) {
  const Bytes secret(22, std::byte{0x0b});  // appendix A.3
  EXPECT_EQ(hex(hkdf_sha256(secret, {}, {})),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST(Text, TakesOnlyWellFormedUtf8) {
  EXPECT_TRUE(is_utf8("ā é 漢 😀"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_utf8("\xe2\x82"));          // cut short
  EXPECT_FALSE(is_clean_text(std::string_view("a\0b", 3)));
  EXPECT_TRUE(is_clean_text("two\r\nlines\t"));
  EXPECT_EQ(code_points("ā漢😀"), 3u);
  EXPECT_EQ(cut_at("ā漢", 3), "ā");
}

TEST(Result, ThrowsWhenARefusalIsTakenForAValue) {
  Result<int> refused = Refusal{Refused::invalid, "No."};
  EXPECT_TRUE(refused.refused());
  EXPECT_THROW(refused.value(), std::logic_error);
  EXPECT_EQ(*Result<int>(3), 3);
}

// The vectors of RFC 4648 section 10, without padding.
TEST(Base64Url, WritesAndReadsBack) {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64url_encode(as_byte_view(bytes)), text);
    EXPECT_EQ(base64url_decode(text), to_bytes(bytes));
  }
  EXPECT_EQ(base64url_encode(as_byte_view("\xfb\xff\xbe")), "-_--");
}

TEST(Base64Url, RefusesEverySecondForm) {
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9", "Zm9v\n", "Zm+v", "Zm/v", "Zm v", "Zm9vY"})
    EXPECT_FALSE(base64url_decode(text)) << text;
}

}  // namespace
}  // namespace keepsake
