// A house that is full, or held up.
#include <gtest/gtest.h>

#include <atomic>

#include "http/crowd.h"
#include "http/test_server.h"
#include "support/http_client.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;
using support::HttpClient;
using support::HttpReply;

ServerSettings small_house(std::size_t most_connections) {
  ServerSettings settings = quiet_settings();
  settings.loops = 1;
  settings.most_connections = most_connections;
  return settings;
}

Handlers saying_the_path() {
  Handlers handlers;
  handlers.handle = [](Request& request) { return text_response(std::string(request.path)); };
  return handlers;
}

// Waits until the server has met all connections made before.
void settle(HttpClient& client) {
  EXPECT_EQ(client.ask(get("/settled")).status, 200);
}

TEST(FullHouse, TurnsNewcomersAwayWhileAllWork) {
  Latch entered, leave;
  Handlers handlers;
  handlers.handle = [&](Request&) {
    entered.open();
    leave.wait();
    return text_response("done");
  };
  RunningServer server(small_house(1), handlers);
  HttpClient first(server.port());
  first.send(get("/"));
  entered.wait();
  HttpClient second(server.port());
  const HttpReply reply = second.receive();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "5");
  leave.open();
  EXPECT_EQ(first.receive().body, "done");
}

TEST(FullHouse, GivesTheOldestIdlePlaceToANewcomer) {
  RunningServer server(small_house(2), saying_the_path());
  HttpClient oldest(server.port());
  settle(oldest);
  HttpClient older(server.port());
  settle(older);
  HttpClient newcomer(server.port());
  EXPECT_EQ(newcomer.ask(get("/new")).body, "/new");
  EXPECT_TRUE(oldest.closed());
  EXPECT_EQ(older.ask(get("/older")).body, "/older");
}

TEST(FullHouse, LetsGoOfIdleOnesBeforeThoseWhoAsk) {
  RunningServer server(small_house(2), saying_the_path());
  HttpClient asking(server.port());
  settle(asking);
  asking.send("GET /begun HTTP/1.1\r\n");
  HttpClient idle(server.port());
  settle(idle);
  HttpClient newcomer(server.port());
  EXPECT_EQ(newcomer.ask(get("/new")).body, "/new");
  EXPECT_TRUE(idle.closed());
  EXPECT_EQ(asking.ask("Host: localhost\r\n\r\n").body, "/begun");
}

TEST(FullHouse, HasABoundForEachAddress) {
  ServerSettings settings = small_house(100);
  settings.most_of_address = 2;
  RunningServer server(settings, saying_the_path());
  HttpClient first(server.port(), 0, "127.0.0.2");
  HttpClient second(server.port(), 0, "127.0.0.2");
  settle(first);
  settle(second);
  HttpClient third(server.port(), 0, "127.0.0.2");
  EXPECT_EQ(third.receive().status, 503);
  HttpClient other(server.port(), 0, "127.0.0.3");
  settle(other);
  settle(first);
}

TEST(FullHouse, BoundsNoProxy) {
  ServerSettings settings = small_house(100);
  settings.most_of_address = 1;
  settings.proxies = {"127.0.0.2"};
  RunningServer server(settings, saying_the_path());
  HttpClient first(server.port(), 0, "127.0.0.2");
  HttpClient second(server.port(), 0, "127.0.0.2");
  settle(first);
  settle(second);
}

// Of 60 places a crowd is more than three: who comes in numbers displaces its own kind alone.
TEST(FullHouse, KeepsACrowdFromDisplacingOthers) {
  RunningServer server(small_house(60), saying_the_path());
  HttpClient reader(server.port());
  settle(reader);
  std::vector<std::unique_ptr<HttpClient>> crowd;
  for (int i = 0; i < 120; ++i) {
    crowd.push_back(std::make_unique<HttpClient>(server.port(), 0, "127.0.0.2"));
    crowd.back()->send("GET / HTTP/1.1\r\n");
  }
  settle(reader);
  HttpClient newcomer(server.port(), 0, "127.0.0.3");
  settle(newcomer);
  settle(reader);
}

TEST(HeldUp, BodiesHaveALeastRate) {
  ServerSettings settings = small_house(10);
  settings.body_patience = 200ms;
  settings.least_rate = 100'000;
  RunningServer server(settings, saying_the_path());
  HttpClient client(server.port());
  client.send(post("/", "Content-Length: 10000\r\n"));
  const auto begin = std::chrono::steady_clock::now();
  while (client.send(std::string(50, 'x'))) {
    ASSERT_LT(std::chrono::steady_clock::now() - begin, 5s);
    std::this_thread::sleep_for(10ms);
  }
}

TEST(HeldUp, AnswersNobodyReadsTakeABoundedMemory) {
  constexpr std::size_t size = 8'000'000;
  ServerSettings settings = small_house(100);
  settings.most_held_bytes = 4 * size;
  settings.metrics_port = free_port();
  Handlers handlers;
  handlers.handle = [](Request& request) {
    return text_response(request.path == "/large" ? std::string(size, 'x') : "small");
  };
  RunningServer server(settings, handlers);
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 12; ++i) {
    slow.push_back(std::make_unique<HttpClient>(server.port(), 4096));
    slow.back()->send(get("/large"));
  }
  HttpClient reader(server.port());
  const auto shed = [&server] {
    const std::string text = HttpClient(server.server->metrics_port()).ask(get("/metrics")).body;
    constexpr std::string_view name = "\nkeepsake_http_connections_shed_total ";
    return std::atoi(text.c_str() + text.find(name) + name.size());
  };
  const auto begin = std::chrono::steady_clock::now();
  while (shed() < 8) {
    ASSERT_LT(std::chrono::steady_clock::now() - begin, 10s);
    EXPECT_EQ(reader.ask(get("/")).body, "small");
  }
}

std::string many(const std::string& request, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += request;
  return all;
}

TEST(HeldUp, AskingManyTimesWithoutReadingIsAnsweredAFewTimes) {
  std::atomic<int> answered = 0;
  const auto page = std::make_shared<const Response>(text_response(std::string(64 * 1024, 'x')));
  Handlers handlers = saying_the_path();
  handlers.at_once = [&](const RequestHead& head) {
    if (head.path != "/page") return std::shared_ptr<const Response>();
    ++answered;
    return page;
  };
  RunningServer server(small_house(10), handlers);
  HttpClient slow(server.port(), 2048);
  slow.send(many(get("/page"), 200));
  HttpClient reader(server.port());
  for (int turn = 0; turn < 100; ++turn) settle(reader);
  EXPECT_LE(answered, 8);
}

TEST(HeldUp, WhoAsksManyTimesAtOnceLetsOthersInBetween) {
  constexpr int times = 60;
  Latch entered, leave;
  std::atomic<int> answered = 0;
  Handlers handlers = saying_the_path();
  handlers.at_once = [&](const RequestHead& head) {
    if (head.path == "/settled") return std::shared_ptr<const Response>();
    entered.open();
    leave.wait();
    return std::make_shared<const Response>(text_response(std::to_string(answered++)));
  };
  RunningServer server(small_house(10), handlers);
  HttpClient reader(server.port());
  settle(reader);
  HttpClient greedy(server.port());
  greedy.send(many(get("/"), times));
  entered.wait();
  reader.send(get("/"));
  leave.open();
  EXPECT_LE(std::stoi(reader.receive().body), 5);
  for (int i = 0; i < times; ++i) EXPECT_EQ(greedy.receive().status, 200);
}

TEST(Crowd, CountsIpv6ByItsNetwork) {
  Crowd crowd;
  crowd.add(*parse_address("2001:db8:1:2::1"));
  crowd.add(*parse_address("2001:db8:1:2:ffff::9"));
  crowd.add(*parse_address("192.0.2.1"));
  EXPECT_EQ(crowd.of(*parse_address("2001:db8:1:2::77")), 2u);
  EXPECT_EQ(crowd.of(*parse_address("2001:db8:1:3::1")), 0u);
  EXPECT_EQ(crowd.of(*parse_address("192.0.2.2")), 0u);
  crowd.remove(*parse_address("2001:db8:1:2::1"));
  crowd.remove(*parse_address("2001:db8:1:2::1"));
  EXPECT_EQ(crowd.of(*parse_address("2001:db8:1:2::1")), 0u);
}

}  // namespace
}  // namespace keepsake::http
