// The helpers that read and write single headers: Cookie, Accept, Accept-Encoding.
#include <gtest/gtest.h>
#include <zlib.h>

#include <brotli/decode.h>
#include <array>

#include "http/accept.h"
#include "http/cookie.h"
#include "http/encoding.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

TEST(Headers, AreFoundWithoutRegardToCase) {
  Headers headers;
  headers.add("Accept", "text/html");
  headers.add("ACCEPT", "text/plain");
  EXPECT_EQ(headers.find("accept"), "text/html");
  EXPECT_EQ(headers.count("accept"), 2u);
  EXPECT_EQ(headers.joined("accept"), "text/html, text/plain");
  headers.set("accept", "x/y");
  EXPECT_EQ(headers.all().size(), 1u);
  EXPECT_FALSE(headers.find("cookie"));
}

TEST(Cookies, AreReadAsBrowsersSendThem) {
  EXPECT_EQ(parse_cookies("a=1; b=\"two\";c=a=b; bad name=1; nothing; d=caf\xc3\xa9"),
            (Fields{{"a", "1"}, {"b", "two"}, {"c", "a=b"}}));
  std::string many;
  for (int i = 0; i < 200; ++i) many += "c" + std::to_string(i) + "=1;";
  EXPECT_EQ(parse_cookies(many).size(), 64u);
}

TEST(Cookies, SetTwiceWithDifferentValuesAreNotBelieved) {
  Headers headers;
  headers.add("Cookie", "a=1; b=2");
  EXPECT_EQ(find_cookie(headers, "a"), "1");
  headers.add("cookie", "a=1; b=3");
  EXPECT_EQ(find_cookie(headers, "a"), "1");
  EXPECT_FALSE(find_cookie(headers, "b"));
  EXPECT_FALSE(find_cookie(headers, "c"));
}

TEST(Cookies, AreSetSafelyByDefault) {
  EXPECT_EQ(set_cookie({.name = "__Host-session", .value = "abc"}),
            "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_cookie({.name = "n",
                        .value = "",
                        .max_age = std::chrono::seconds(0),
                        .path = "/x",
                        .secure = false,
                        .http_only = false,
                        .same_site = SameSite::strict}),
            "n=; Path=/x; Max-Age=0; SameSite=Strict");
  EXPECT_THROW(set_cookie({.name = "a", .value = "1; Domain=x"}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "a b", .value = "1"}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "a", .value = "1", .path = "/;x"}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "__Host-a", .value = "1", .path = "/x"}), std::invalid_argument);
}

TEST(Accept, GivesBrowsersPagesAndProgramsJson) {
  const auto page_or_json = [](std::string_view accept) {
    return best_media_type(accept, {"text/html", "application/json"});
  };
  EXPECT_EQ(page_or_json("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), "text/html");
  EXPECT_EQ(page_or_json("application/json"), "application/json");
  EXPECT_EQ(page_or_json("Application/JSON; charset=utf-8, text/html;q=0.9"), "application/json");
  EXPECT_EQ(page_or_json("*/*"), "text/html");
  EXPECT_EQ(page_or_json("text/html;q=0, */*;q=0.1"), "application/json");
  EXPECT_EQ(page_or_json("text/html;q=0.2, application/json;q=0.201"), "application/json");
  EXPECT_FALSE(page_or_json("image/png"));
  EXPECT_FALSE(page_or_json("nonsense, text/html;q=oops"));
  EXPECT_EQ(best_media_type(Headers{}, {"text/html"}), "text/html");
}

TEST(Accept, GivesWebpOnlyToThoseWhoNameIt) {
  const auto image = [](std::string_view accept) {
    return best_media_type(accept, {"image/jpeg", "image/webp"});
  };
  EXPECT_EQ(image("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"), "image/webp");
  EXPECT_EQ(image("image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"), "image/webp");
  EXPECT_EQ(image("*/*"), "image/jpeg");
  EXPECT_EQ(image("image/*"), "image/jpeg");
  EXPECT_EQ(image("image/webp;q=0, */*"), "image/jpeg");
}

TEST(Accept, LooksLanguagesUpAsRfc4647Does) {
  constexpr std::array<std::string_view, 5> offered = {"ar", "de", "en", "fr", "pt-BR"};
  const auto best = [&](std::string_view accept) { return best_language(accept, offered); };
  EXPECT_EQ(best("de"), "de");
  EXPECT_EQ(best("DE-at"), "de");
  EXPECT_EQ(best("mi, de;q=0.5, fr;q=0.8"), "fr");
  EXPECT_EQ(best("de;q=0.5, fr;q=0.5"), "de");
  EXPECT_EQ(best("zh-Hant-TW, ar-u-nu-latn;q=0.9"), "ar");
  EXPECT_EQ(best("pt-BR-x-private"), "pt-BR");
  EXPECT_EQ(best("pt"), std::nullopt);
  EXPECT_EQ(best("de;q=0, *"), std::nullopt);
  EXPECT_EQ(best("*"), std::nullopt);
  EXPECT_EQ(best(""), std::nullopt);
  EXPECT_EQ(best("de;q=nonsense, -, --, ;;, \xff, fr"), "fr");
  EXPECT_EQ(best("de ; q=0.2 ,fr; Q=0.3,en;level=1"), "fr");
  EXPECT_EQ(best(std::string(8'000, '-')), std::nullopt);
  EXPECT_EQ(best_language(Headers{}, offered), std::nullopt);
  Headers twice;
  twice.add("Accept-Language", "mi, fr;q=0.4");
  twice.add("accept-language", "de;q=0.6");
  EXPECT_EQ(best_language(twice, offered), "de");
}

TEST(Accept, TheRegionOfTheLanguageWantedMost) {
  EXPECT_EQ(wanted_region("en-NZ,en;q=0.9"), "NZ");
  EXPECT_EQ(wanted_region("en;q=0.5, de-AT"), "AT");
  EXPECT_EQ(wanted_region("zh-Hant-HK"), "HK");
  // A German browser that takes English too, of America.
  EXPECT_EQ(wanted_region("de,en-US;q=0.7,en;q=0.3"), "");
  EXPECT_EQ(wanted_region("de,en-US;q=0.7,de-CH;q=0.3,de-AT;q=0.6"), "AT");
  for (const char* none : {"", "en", "*", "*-NZ", "es-419", "en-NZ;q=0", "x", "-", "en-", ",,;;"})
    EXPECT_EQ(wanted_region(none), "") << none;
}

TEST(Accept, ComparesMediaTypesWithoutParameters) {
  EXPECT_TRUE(is_media_type("Text/HTML ; charset=utf-8", "text/html"));
  EXPECT_FALSE(is_media_type("text/htmlx", "text/html"));
}

TEST(Encoding, PicksWhatTheReaderWeighsHighest) {
  EXPECT_EQ(best_coding("gzip, deflate, br"), Coding::brotli);
  EXPECT_EQ(best_coding("gzip, br;q=0.5"), Coding::gzip);
  EXPECT_EQ(best_coding("br;q=0, *"), Coding::gzip);
  EXPECT_EQ(best_coding("gzip;q=0"), Coding::identity);
  EXPECT_EQ(best_coding("identity, gzip;q=0.5"), Coding::identity);
  EXPECT_EQ(best_coding("*"), Coding::brotli);
  EXPECT_EQ(best_coding(""), Coding::identity);
  EXPECT_EQ(best_coding(Headers{}), Coding::identity);
}

std::string gunzip(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string text(100'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

std::string unbrotli(const std::string& packed) {
  std::string text(100'000, '\0');
  std::size_t size = text.size();
  EXPECT_EQ(BrotliDecoderDecompress(packed.size(), reinterpret_cast<const std::uint8_t*>(packed.data()),
                                    &size, reinterpret_cast<std::uint8_t*>(text.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  text.resize(size);
  return text;
}

TEST(Encoding, GivesBackTheSameText) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "a line of a page " + std::to_string(i % 17) + "\n";
  for (const std::string& each : {text, std::string()}) {
    for (const Effort effort : {Effort::quick, Effort::thorough}) {
      EXPECT_EQ(gunzip(gzip(each, effort)), each);
      EXPECT_EQ(unbrotli(brotli(each, effort)), each);
    }
  }
  EXPECT_LT(brotli(text).size(), text.size() / 10);
  EXPECT_EQ(encode(text, Coding::identity), text);
  EXPECT_EQ(gunzip(encode(text, Coding::gzip)), text);
}

TEST(Syntax, CutsListsOutsideQuotes) {
  using Pieces = std::vector<std::string_view>;
  EXPECT_EQ(split_list("a, \"b, \\\" c\" ,,d", ','), (Pieces{"a", "\"b, \\\" c\"", "d"}));
  EXPECT_EQ(split_list("", ','), Pieces{});
}

TEST(Syntax, ReadsNumbersStrictly) {
  EXPECT_EQ(parse_decimal("18446744073709551615"), 18446744073709551615u);
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616"})
    EXPECT_FALSE(parse_decimal(bad));
}

}  // namespace
}  // namespace keepsake::http
