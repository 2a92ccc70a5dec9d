// Bodies in both directions over real connections.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>

#include "http/test_server.h"
#include "support/http_client.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;
using support::HttpClient;
using support::HttpReply;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + (i * 31 + i / 1000) % 26);
  return text;
}

const std::string photo = pattern(1'000'000);

class PatternStream final : public BodyStream {
 public:
  explicit PatternStream(std::uint64_t size = photo.size()) : size_(size) {}
  std::uint64_t size() const override { return size_; }
  std::size_t read(std::uint64_t offset, std::span<std::byte> into) override {
    if (offset >= photo.size()) return 0;
    const std::size_t count = std::min({into.size(), photo.size() - offset, std::size_t{100'000}});
    std::memcpy(into.data(), photo.data() + offset, count);
    return count;
  }

 private:
  std::uint64_t size_;
};

Response stream_response(std::uint64_t size = photo.size()) {
  Response response;
  response.headers.add("ETag", "\"p\"");
  response.headers.add("Accept-Ranges", "bytes");
  response.headers.add("Content-Type", "image/jpeg");
  response.body = std::make_unique<PatternStream>(size);
  return response;
}

std::string read_all(BodySource& body, std::size_t step = 5000) {
  std::string text;
  Bytes some(step);
  while (const std::size_t count = body.read(some)) text += as_text(ByteView(some).first(count));
  return text;
}

Response route(Request& request) {
  if (request.path == "/photo") return stream_response();
  if (request.path == "/short") return stream_response(photo.size() + 1);
  if (request.path == "/unread") return text_response("not read");
  if (request.path == "/big") request.body->limit(5'000'000);
  return text_response(read_all(*request.body));
}

Handlers routes() {
  Handlers handlers;
  handlers.handle = route;
  return handlers;
}

class Bodies : public testing::Test {
 protected:
  RunningServer server{quiet_settings(), routes()};
  HttpClient client{server.port()};
};

TEST_F(Bodies, AreStreamedWhole) {
  const HttpReply reply = client.ask(get("/photo"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body == photo);
  EXPECT_TRUE(client.ask(get("/photo")).body == photo);
}

TEST_F(Bodies, AreSentInRanges) {
  const auto range = [this](const std::string& value) {
    return client.ask(get("/photo", "Range: " + value + "\r\n"));
  };
  const HttpReply middle = range("bytes=300000-699999");
  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.header("Content-Range"), "bytes 300000-699999/1000000");
  EXPECT_TRUE(middle.body == photo.substr(300'000, 400'000));
  EXPECT_TRUE(range("bytes=999990-").body == photo.substr(999'990));
  EXPECT_TRUE(range("bytes=-5").body == photo.substr(999'995));
  EXPECT_EQ(range("bytes=0-99999999").header("Content-Range"), "bytes 0-999999/1000000");
  const HttpReply past = range("bytes=1000000-");
  EXPECT_EQ(past.status, 416);
  EXPECT_EQ(past.header("Content-Range"), "bytes */1000000");
  EXPECT_EQ(past.header("Content-Type"), "");
  EXPECT_EQ(range("bytes=-0").status, 416);
  for (const char* whole : {"bytes=0-1,5-6", "bytes=5-4", "bytes=a-b", "lines=1-2", "bytes=", "bytes=-"}) {
    EXPECT_EQ(range(whole).status, 200) << whole;
  }
}

TEST_F(Bodies, AreSentWholeWhenIfRangeDoesNotFit) {
  const auto status = [this](const std::string& condition) {
    return client.ask(get("/photo", "Range: bytes=0-9\r\nIf-Range: " + condition + "\r\n")).status;
  };
  EXPECT_EQ(status("\"p\""), 206);
  EXPECT_EQ(status("\"q\""), 200);
  EXPECT_EQ(status("W/\"p\""), 200);
  EXPECT_EQ(status("Sun, 06 Nov 1994 08:49:37 GMT"), 200);
}

TEST_F(Bodies, AnswerHeadWithTheirWholeSize) {
  const HttpReply head = client.ask("HEAD /photo HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-9\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "1000000");
  EXPECT_EQ(client.ask(get("/photo", "If-None-Match: *\r\n")).status, 304);
}

TEST_F(Bodies, ThatBreakOffAreSeenToBreakOff) {
  const HttpReply reply = client.ask(get("/short"));
  EXPECT_EQ(reply.header("Content-Length"), "1000001");
  EXPECT_LT(reply.body.size(), 1'000'001u);
  EXPECT_TRUE(client.closed());
}

TEST_F(Bodies, ArriveHoweverLargeTheyAre) {
  const std::string body = pattern(3'000'000);
  EXPECT_TRUE(client.ask(post("/big", sized(body), body)).body == body);
  std::string chunked;
  for (std::size_t at = 0; at < body.size(); at += 70'000) {
    const std::string_view piece = std::string_view(body).substr(at, 70'000);
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    chunked.append(size).append(piece).append("\r\n");
  }
  EXPECT_TRUE(client.ask(post("/big", "Transfer-Encoding: chunked\r\n", chunked + "0\r\n\r\n")).body == body);
  EXPECT_EQ(client.ask(get("/unread")).body, "not read");
}

TEST_F(Bodies, OverTheirLimitAreRefusedBeforeTheyAreSent) {
  const HttpReply reply = client.ask(post("/", "Content-Length: 65537\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST_F(Bodies, OverTheirLimitInChunksAreRefusedOnTheWay) {
  std::string chunked = post("/", "Transfer-Encoding: chunked\r\n");
  for (int i = 0; i < 70; ++i) chunked += "400\r\n" + std::string(1024, 'x') + "\r\n";
  EXPECT_EQ(client.ask(chunked).status, 413);
}

TEST_F(Bodies, AreAskedForOnlyWhenTheyAreRead) {
  client.send(post("/", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive().status, 100);
  EXPECT_EQ(client.ask("hello").body, "hello");
  const HttpReply refused = client.ask(post("/unread", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(refused.status, 200);
  EXPECT_EQ(refused.header("Connection"), "close");
}

TEST_F(Bodies, ThatNobodyReadsAreDroppedIfSmall) {
  EXPECT_EQ(client.ask(post("/unread", sized(pattern(60'000)), pattern(60'000))).body, "not read");
  EXPECT_EQ(client.ask(get("/unread")).body, "not read");
  const HttpReply large = client.ask(post("/unread", sized(pattern(300'000)), pattern(300'000)));
  EXPECT_EQ(large.body, "not read");
  EXPECT_EQ(large.header("Connection"), "close");
  client.finish_sending();
  EXPECT_TRUE(client.closed());
}

TEST_F(Bodies, InMalformedChunksAreRefused) {
  EXPECT_EQ(client.ask(post("/", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\nzz\r\n")).status, 400);
  client.finish_sending();
  EXPECT_TRUE(client.closed());
}

TEST_F(Bodies, ThatBreakOffEndTheConnection) {
  client.send(post("/", "Content-Length: 10\r\n", "hello"));
  client.finish_sending();
  EXPECT_TRUE(client.closed());
}

TEST(SlowBodies, AreGivenUp) {
  ServerSettings settings = quiet_settings();
  settings.body_patience = 50ms;
  RunningServer server(settings, routes());
  HttpClient client(server.port());
  EXPECT_EQ(client.ask(post("/", "Content-Length: 10\r\n", "hello")).status, 408);
  HttpClient trickle(server.port());
  trickle.send(post("/", "Content-Length: 60000\r\n"));
  while (trickle.send("x")) std::this_thread::sleep_for(5ms);
  EXPECT_FALSE(trickle.send("x"));
}

TEST(SlowBodies, LeaveHandlersToOthers) {
  ServerSettings settings = quiet_settings();
  settings.handlers = 4;
  RunningServer server(settings, routes());
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(std::make_unique<HttpClient>(server.port()));
    slow.back()->send(post("/", "Content-Length: 1000\r\n", "a form"));
  }
  for (int i = 0; i < 3; ++i) {
    slow.push_back(std::make_unique<HttpClient>(server.port()));
    slow.back()->send(post("/big", "Content-Length: 1000000\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(slow.back()->receive().status, 100);
  }
  HttpClient client(server.port());
  EXPECT_EQ(client.ask(get("/unread")).body, "not read");
  EXPECT_EQ(client.ask(post("/big", sized("whole"), "whole")).body, "whole");
  EXPECT_EQ(client.ask(post("/big", "Content-Length: 1000000\r\nExpect: 100-continue\r\n")).status, 503);
}

TEST(SlowReaders, HoldNoHandlerAndAreGivenUp) {
  ServerSettings settings = quiet_settings();
  settings.handlers = 1;
  settings.body_patience = 200ms;
  settings.metrics_port = free_port();
  Handlers handlers = routes();
  handlers.handle = [](Request& request) {
    if (request.path != "/endless") return text_response("quick");
    Response response;
    response.body = std::string(64'000'000, 'x');
    return response;
  };
  RunningServer server(settings, handlers);
  HttpClient slow(server.port(), 4096);
  slow.send(get("/endless"));
  HttpClient quick(server.port());
  EXPECT_EQ(quick.ask(get("/")).body, "quick");
  const auto both_served = [&server] {
    const std::string text = HttpClient(server.server->metrics_port()).ask(get("/metrics")).body;
    return text.find("keepsake_http_requests_total{status=\"2xx\"} 2\n") != text.npos;
  };
  while (!both_served()) std::this_thread::sleep_for(20ms);
  EXPECT_LT(slow.receive().body.size(), 64'000'000u);
}

}  // namespace
}  // namespace keepsake::http
