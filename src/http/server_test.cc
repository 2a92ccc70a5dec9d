#include "http/server.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "http/test_server.h"
#include "support/http_client.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;
using support::HttpClient;
using support::HttpReply;

// Says what it was asked, in the words of the request.
Response echo(Request& request) {
  std::string body;
  std::array<std::byte, 1000> some;
  request.body->limit(10'000'000);
  while (const std::size_t count = request.body->read(some)) body += as_text(ByteView(some).first(count));
  return text_response(std::string(request.path) + "|" + std::string(request.query) + "|" + body);
}

std::shared_ptr<const Response> cached_page(const RequestHead& head) {
  if (head.path != "/cached") return nullptr;
  auto page = std::make_shared<Response>();
  page->headers.add("ETag", "\"v1\"");
  page->headers.add("Content-Type", "text/html");
  page->headers.add("Cache-Control", "no-cache");
  page->body = std::make_shared<const std::string>("a page kept in memory");
  return page;
}

Handlers echoing() {
  Handlers handlers;
  handlers.at_once = cached_page;
  handlers.handle = echo;
  handlers.failure = [](int status, const RequestHead& head) {
    return text_response("sorry " + std::to_string(status) + " " + head.reference, status);
  };
  return handlers;
}

TEST(Server, AnswersOnTheLoopAndFromAHandler) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  const HttpReply cached = client.ask(get("/cached"));
  EXPECT_EQ(cached.status, 200);
  EXPECT_EQ(cached.body, "a page kept in memory");
  EXPECT_EQ(cached.header("Connection"), "");
  EXPECT_EQ(cached.header("Date").size(), 29u);
  EXPECT_EQ(client.ask(get("/a%20b?x=1")).body, "/a%20b|x=1|");
  EXPECT_EQ(client.ask(post("/form", sized("a=1"), "a=1")).body, "/form||a=1");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    requests += get("/cached") + post("/" + std::to_string(i), sized("body"), "body") +
                get("/q?" + std::to_string(i));
  }
  client.send(requests);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.receive().body, "a page kept in memory");
    EXPECT_EQ(client.receive().body, "/" + std::to_string(i) + "||body");
    EXPECT_EQ(client.receive().body, "/q|" + std::to_string(i) + "|");
  }
}

TEST(Server, TakesARequestByteByByte) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  for (const char c : "\r\n" + post("/x", "Transfer-Encoding: chunked\r\n",
                                    "3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n")) {
    ASSERT_TRUE(client.send(std::string(1, c)));
  }
  EXPECT_EQ(client.receive().body, "/x||abcde");
  EXPECT_EQ(client.ask(get("/next")).body, "/next||");
}

TEST(Server, AnswersHeadWithTheSameHeadersAndNoBody) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  const std::string host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const HttpReply head = client.ask("HEAD /cached" + host);
  EXPECT_EQ(head.header("Content-Length"), "21");
  EXPECT_EQ(head.header("ETag"), "\"v1\"");
  EXPECT_EQ(client.ask("HEAD /longer" + host).header("Content-Length"), "9");
  EXPECT_EQ(client.ask(get("/cached")).body, "a page kept in memory");
}

TEST(Server, SaysNotModified) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  const HttpReply reply = client.ask(get("/cached", "If-None-Match: \"v0\", W/\"v1\"\r\n"));
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.header("ETag"), "\"v1\"");
  EXPECT_EQ(reply.header("Cache-Control"), "no-cache");
  EXPECT_EQ(reply.header("Content-Length"), "");
  EXPECT_EQ(client.ask(get("/cached", "If-None-Match: \"v2\"\r\n")).status, 200);
}

TEST(Server, SpeaksHttp10) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient once(server.port());
  const HttpReply reply = once.ask("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(reply.body, "/old||");
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(once.closed());
  HttpClient kept(server.port());
  EXPECT_EQ(kept.ask("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"),
            "keep-alive");
  EXPECT_EQ(kept.ask("GET /old HTTP/1.0\r\n\r\n").status, 200);
}

TEST(Server, ClosesWhenAskedTo) {
  RunningServer server(quiet_settings(), echoing());
  HttpClient client(server.port());
  EXPECT_EQ(client.ask(get("/a", "Connection: close\r\n") + get("/never")).header("Connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST(Server, RefusesWhatCouldBeReadTwoWays) {
  RunningServer server(quiet_settings(), echoing());
  const std::pair<std::string, int> bad[] = {
      {post("/", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {post("/", "Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400},
      {"GET / HTTP/1.1\nHost: localhost\n\n", 400},
      {get("/", "A: b\r\n c: d\r\n"), 400},
      {get("/", "A : b\r\n"), 400},
      {get("/", "Host: photos.example\r\n"), 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {get("/" + std::string(5000, 'a')), 414},
      {"GET /" + std::string(20'000, 'a'), 414},
      {get("/", "A: " + std::string(20'000, 'a') + "\r\n"), 431},
      {post("/", "Transfer-Encoding: gzip, chunked\r\n"), 501},
  };
  for (const auto& [text, status] : bad) {
    HttpClient client(server.port());
    const HttpReply reply = client.ask(text);
    EXPECT_EQ(reply.status, status) << text.substr(0, 100);
    EXPECT_TRUE(reply.body.starts_with("sorry")) << reply.body;
    EXPECT_TRUE(client.closed()) << text.substr(0, 100);
  }
}

TEST(Server, BoundsTheNumberOfHeaders) {
  RunningServer server(quiet_settings(), echoing());
  std::string headers;
  for (int i = 0; i < 99; ++i) headers += "A: b\r\n";
  EXPECT_EQ(HttpClient(server.port()).ask(get("/", headers)).status, 200);
  EXPECT_EQ(HttpClient(server.port()).ask(get("/", headers + "A: b\r\n")).status, 431);
}

TEST(Server, LetsGoOfThoseWhoNeverFinishAHead) {
  ServerSettings settings = quiet_settings();
  settings.head_patience = 50ms;
  RunningServer server(settings, echoing());
  HttpClient client(server.port());
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: loc").status, 408);
  EXPECT_TRUE(client.closed());
}

TEST(Server, LetsGoOfIdleConnectionsWithoutAWord) {
  ServerSettings settings = quiet_settings();
  settings.idle_patience = 400ms;
  RunningServer server(settings, echoing());
  HttpClient silent(server.port());
  HttpClient client(server.port());
  EXPECT_EQ(client.ask(get("/")).status, 200);
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(silent.closed());
}

TEST(Server, HidesWhatAHandlerThrew) {
  Handlers handlers = echoing();
  handlers.handle = [](Request& request) -> Response {
    if (request.path == "/number") throw 7;
    if (request.path == "/header") {
      Response response;
      response.headers.add("X-Name", "a\r\nSet-Cookie: b");
      return response;
    }
    throw std::runtime_error("secret of the house");
  };
  RunningServer server(quiet_settings(), handlers);
  HttpClient client(server.port());
  for (const char* path : {"/", "/number", "/header"}) {
    const HttpReply reply = client.ask(get(path));
    EXPECT_EQ(reply.status, 500);
    EXPECT_TRUE(reply.body.starts_with("sorry 500 ")) << reply.body;
    EXPECT_EQ(reply.body.size(), 22u);
    EXPECT_EQ(reply.head.find("Set-Cookie"), std::string::npos);
  }
}

TEST(Server, SaysSoWhenNoHandlerIsFree) {
  Latch entered;
  Latch leave;
  Handlers handlers = echoing();
  handlers.handle = [&](Request&) {
    entered.open();
    leave.wait();
    return text_response("done");
  };
  ServerSettings settings = quiet_settings();
  settings.handlers = 1;
  settings.waiting = 0;
  RunningServer server(settings, handlers);
  HttpClient first(server.port());
  first.send(get("/"));
  entered.wait();
  HttpClient second(server.port());
  const HttpReply reply = second.ask(get("/"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "5");
  EXPECT_EQ(second.ask(get("/cached")).status, 200);
  leave.open();
  EXPECT_EQ(first.receive().body, "done");
}

// Ends all waits at once when as many wait as were expected.
class Landing {
 public:
  explicit Landing(std::size_t expected) : expected_(expected) {}
  ~Landing() {
    if (thread_.joinable()) thread_.join();
  }
  bool await_ready() const { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> coroutine) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(coroutine.promise().go_on, coroutine);
    if (waiting_.size() < expected_) return;
    thread_ = std::thread([all = std::exchange(waiting_, {})] {
      for (const auto& [go_on, one] : all) (*go_on)(one);
    });
  }
  void await_resume() const {}

 private:
  const std::size_t expected_;
  std::mutex mutex_;
  std::vector<std::pair<const GoOn*, std::coroutine_handle<>>> waiting_;
  std::thread thread_;
};

Later<Response> answer_after(Landing& landing, Request& request) {
  co_await landing;
  if (request.path == "/7") throw BodyTooLarge("too much");
  co_return text_response(std::string(request.path));
}

TEST(Server, AHandlerThatWaitsHoldsNoThread) {
  constexpr std::size_t crowd = 50;
  Landing landing(crowd);
  Handlers handlers = echoing();
  handlers.handle = [&](Request& request) { return answer_after(landing, request); };
  ServerSettings settings = quiet_settings();
  settings.handlers = 2;
  RunningServer server(settings, handlers);
  std::deque<HttpClient> clients;
  for (std::size_t number = 0; number < crowd; ++number) {
    clients.emplace_back(server.port()).send(get("/" + std::to_string(number)));
  }
  for (std::size_t number = 0; number < crowd; ++number) {
    const HttpReply reply = clients[number].receive();
    const std::string said = number == 7 ? "413" : "/" + std::to_string(number);
    EXPECT_EQ(reply.status, number == 7 ? 413 : 200);
    EXPECT_NE(reply.body.find(said), std::string::npos) << reply.body;
  }
}

TEST(Server, KnowsWhoAsks) {
  ServerSettings settings = quiet_settings();
  Handlers handlers = echoing();
  handlers.handle = [](Request& request) {
    return text_response(request.peer + " " + (request.secure ? "secure" : "plain") + " " +
                         (request.loopback ? "loopback" : "outside") + " " + request.host);
  };
  const std::string forwarded = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
  {
    RunningServer server(settings, handlers);
    HttpClient client(server.port());
    EXPECT_EQ(client.ask(get("/")).body, "127.0.0.1 plain outside photos.example");
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: LOCALHOST:80\r\n\r\n").body,
              "127.0.0.1 plain loopback localhost");
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: localhost\r\n" + forwarded + "\r\n").body,
              "127.0.0.1 plain outside localhost");
  }
  settings.proxies = {"127.0.0.0/8"};
  RunningServer server(settings, handlers);
  EXPECT_EQ(HttpClient(server.port()).ask(get("/", forwarded)).body,
            "203.0.113.9 secure outside photos.example");
}

TEST(Server, FinishesWhatRunsWhenItStops) {
  Latch entered;
  Latch leave;
  Handlers handlers = echoing();
  handlers.handle = [&](Request&) {
    entered.open();
    leave.wait();
    return text_response("finished");
  };
  ServerSettings settings = quiet_settings();
  settings.loops = 1;  // so that one sign of it shows that all of it has stopped
  RunningServer server(settings, handlers);
  HttpClient idle(server.port());
  HttpClient running(server.port());
  EXPECT_EQ(idle.ask(get("/cached")).status, 200);
  running.send(get("/"));
  entered.wait();
  server.server->stop();
  EXPECT_TRUE(idle.closed());
  EXPECT_THROW(HttpClient(server.port()), std::runtime_error);
  leave.open();
  const HttpReply reply = running.receive();
  EXPECT_EQ(reply.body, "finished");
  EXPECT_EQ(reply.header("Connection"), "close");
  server.wait_for_end();
}

TEST(Server, DoesNotWaitForeverWhenItStops) {
  ServerSettings settings = quiet_settings();
  settings.drain_patience = 50ms;
  RunningServer server(settings, echoing());
  HttpClient client(server.port());
  client.send(post("/", "Content-Length: 10\r\n", "abc"));  // and never the rest
  HttpClient other(server.port());
  EXPECT_EQ(other.ask(get("/cached")).status, 200);
  server.server->stop();
  server.wait_for_end();
  EXPECT_EQ(client.receive().status, 0);
}

TEST(Server, ShowsItsMetricsOnAListenerOfItsOwn) {
  ServerSettings settings = quiet_settings();
  settings.metrics_port = free_port();
  Handlers handlers = echoing();
  handlers.metrics = [] { return std::string("keepsake_stories 7\n"); };
  RunningServer server(settings, handlers);
  HttpClient client(server.port());
  client.ask(get("/cached"));
  client.ask(get("/"));
  EXPECT_EQ(client.ask(get("/metrics", "Connection: close\r\n")).body, "/metrics||");
  EXPECT_TRUE(client.closed());  // a request is counted once it is over
  ASSERT_NE(server.server->metrics_port(), server.port());
  const std::string text = HttpClient(server.server->metrics_port()).ask(get("/metrics")).body;
  for (const char* line :
       {"keepsake_http_connections_total 1\n", "keepsake_http_requests_total{status=\"2xx\"} 3\n",
        "keepsake_http_at_once_total 1\n", "keepsake_http_handlers_waiting 0\n",
        "keepsake_http_request_seconds_count 3\n", "keepsake_stories 7\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
  EXPECT_EQ(HttpClient(server.server->metrics_port()).ask(get("/")).status, 404);
}

TEST(Server, DoesNotShareAPortWithAnother) {
  RunningServer server(quiet_settings(), echoing());
  ServerSettings settings = quiet_settings();
  settings.port = server.port();
  EXPECT_THROW(make_server(settings, echoing()), std::system_error);
  settings.address = "nowhere";
  EXPECT_THROW(make_server(settings, echoing()), std::invalid_argument);
}

TEST(Server, ServesManyAtOnce) {
  RunningServer server(quiet_settings(), echoing());
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      HttpClient client(server.port());
      const std::string body(5000, static_cast<char>('a' + i));
      for (int round = 0; round < 20; ++round) {
        right += client.ask(post("/b", sized(body), body)).body == "/b||" + body;
        right += client.ask(get("/cached")).status == 200;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 16 * 40);
}

}  // namespace
}  // namespace keepsake::http
