#include "http/request_parser.h"

#include <gtest/gtest.h>

#include "http/chunk_decoder.h"

namespace keepsake::http {
namespace {

struct Parsed {
  RequestHead head;
  Framing framing;
  int status = 0;
};

std::unique_ptr<Parsed> parse(const std::string& text) {
  auto parsed = std::make_unique<Parsed>();
  parsed->status = parse_head(text, parsed->head, parsed->framing);
  return parsed;
}

int status_of(const std::string& lines) {
  return parse("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n")->status;
}

TEST(RequestParser, ReadsARequest) {
  const auto post =
      parse("POST /a%20b?x=1 HTTP/1.1\r\nhost: A\r\nContent-Length:  12 \r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(post->status, 0);
  EXPECT_EQ(post->head.method, Method::post);
  EXPECT_EQ(post->head.path, "/a%20b");
  EXPECT_EQ(post->head.query, "x=1");
  EXPECT_EQ(post->framing.length, 12u);
  EXPECT_TRUE(post->framing.keep_alive);
  EXPECT_TRUE(post->framing.expects_continue);
  EXPECT_EQ(parse("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n")->head.method, Method::other);
}

TEST(RequestParser, KnowsHowTheConnectionGoesOn) {
  EXPECT_FALSE(parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")->framing.keep_alive);
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\n\r\n")->framing.keep_alive);
  EXPECT_TRUE(parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")->framing.keep_alive);
}

TEST(RequestParser, RefusesWhatCouldHideAnotherRequest) {
  EXPECT_EQ(status_of("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_of("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(status_of("Content-Length: 5\r\nContent-Length: 6\r\n"), 400);
  EXPECT_EQ(status_of("Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
  for (const char* length : {"", "+5", "-5", "5, 5", "0x5", "5 5", "99999999999999999999"}) {
    EXPECT_EQ(status_of("Content-Length: " + std::string(length) + "\r\n"), 400) << length;
  }
  EXPECT_EQ(status_of("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_of("Transfer-Encoding: gzip, chunked\r\n"), 501);
  EXPECT_EQ(status_of("Transfer-Encoding: identity\r\n"), 501);
  EXPECT_EQ(status_of("Transfer-Encoding: \"chunked\"\r\n"), 501);
  EXPECT_EQ(parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")->status, 400);
  EXPECT_EQ(status_of("Transfer-Encoding : chunked\r\n"), 400);
  EXPECT_EQ(status_of("X-A: b\rc\r\n"), 400);
  EXPECT_EQ(status_of(std::string("X-A: b\0c\r\n", 10)), 400);
  EXPECT_EQ(status_of("X A: b\r\n"), 400);
  EXPECT_EQ(status_of(": b\r\n"), 400);
  EXPECT_EQ(status_of("no colon\r\n"), 400);
}

TEST(RequestParser, WantsExactlyOneHost) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\n\r\n")->status, 400);
  EXPECT_EQ(status_of("Host: a\r\n"), 400);
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n")->status, 0);
}

TEST(RequestParser, RefusesOtherVersionsAndLines) {
  EXPECT_EQ(parse("PRI * HTTP/2.0\r\n\r\n")->status, 505);
  EXPECT_EQ(parse("GET / HTTP/1.2\r\nHost: a\r\n\r\n")->status, 505);
  for (const char* line : {"GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1",
                           "GET /\tHTTP/1.1", "GET stories HTTP/1.1", "GET * HTTP/1.1", "GET /#a HTTP/1.1",
                           "CONNECT a:443 HTTP/1.1", "G(T / HTTP/1.1", "GET /"}) {
    EXPECT_NE(parse(std::string(line) + "\r\nHost: a\r\n\r\n")->status, 0) << line;
  }
}

TEST(RequestParser, CutsAbsoluteTargetsToTheirPath) {
  const auto absolute = parse("GET HTTP://a:80?x HTTP/1.1\r\nHost: A:80\r\n\r\n");
  EXPECT_EQ(absolute->status, 0);
  EXPECT_EQ(absolute->head.path, "/");
  EXPECT_EQ(absolute->head.query, "x");
  EXPECT_EQ(parse("GET https://a/b HTTP/1.1\r\nHost: a\r\n\r\n")->head.path, "/b");
  EXPECT_EQ(parse("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n")->status, 400);
  EXPECT_EQ(parse("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n")->status, 400);
  EXPECT_EQ(parse("GET file:///x HTTP/1.1\r\nHost: a\r\n\r\n")->status, 400);
}

TEST(HeadScanner, FindsTheEndHoweverTheHeadIsCut) {
  const std::string text = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET";
  HeadScanner scanner;
  for (std::size_t size = 0; size < 27; ++size) {
    ASSERT_EQ(scanner.scan(std::string_view(text).substr(0, size)), HeadScanner::Found::incomplete) << size;
  }
  EXPECT_EQ(scanner.scan(text), HeadScanner::Found::complete);
  EXPECT_EQ(scanner.size(), 27u);
  EXPECT_EQ(scanner.lines(), 2u);
}

TEST(HeadScanner, RefusesBareLineFeedsAndFolds) {
  for (const char* text : {"GET / HTTP/1.1\n", "\n", "GET / HTTP/1.1\r\nHost: a\n",
                           "GET / HTTP/1.1\r\nA: b\r\n c\r\n", "GET / HTTP/1.1\r\n\tA: b\r\n", "\r\n"}) {
    EXPECT_EQ(HeadScanner().scan(text), HeadScanner::Found::malformed) << text;
  }
}

std::optional<std::string> decode(ChunkDecoder& decoder, std::string_view text, std::size_t step) {
  std::string content;
  while (!text.empty() && !decoder.done()) {
    const auto taken = decoder.decode(text.substr(0, step));
    if (!taken) return std::nullopt;
    content += taken->data;
    text.remove_prefix(taken->used);
  }
  return content + "|" + std::string(text);
}

TEST(ChunkDecoder, PutsTheContentTogetherHoweverItIsCut) {
  for (std::size_t step = 1; step < 80; ++step) {
    ChunkDecoder decoder;
    EXPECT_EQ(
        decode(decoder, "5;a=\"b\"\r\nhello\r\n0006\r\n world\r\n000\r\nX-T: 1\r\nY: \r\n\r\nGET /", step),
        "hello world|GET /");
    EXPECT_TRUE(decoder.done());
  }
}

TEST(ChunkDecoder, RefusesWhatIsMalformed) {
  const std::string bad[] = {"\r\n",
                             "5\nhello",
                             "5 \r\nhello",
                             " 5\r\nhello",
                             "g\r\n",
                             "-1\r\n",
                             "0x5\r\nhello",
                             "5\r\nhelloX",
                             "5\r\nhello\n",
                             "fffffffffffffffff\r\n",
                             "5;a\nhello",
                             "5;" + std::string(300, 'a') + "\r\n",
                             "0\r\nA: b\n\r\n",
                             "0\r\n folded\r\n\r\n",
                             "0\r\n\rX",
                             "0\r\n" + std::string(5000, 'a')};
  for (const std::string& text : bad) {
    ChunkDecoder decoder;
    EXPECT_FALSE(decode(decoder, text, 3)) << text;
  }
}

}  // namespace
}  // namespace keepsake::http
