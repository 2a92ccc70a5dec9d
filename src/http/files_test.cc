// Bodies that are files in memory: sent by the event loop, the same to every reader as bytes would be.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <mutex>
#include <thread>
#include <utility>

#include "base/file.h"
#include "http/test_server.h"
#include "support/http_client.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;
using support::HttpClient;
using support::HttpReply;

std::string numbers(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + " ";
  text.resize(size);
  return text;
}

SharedFile memory_file(std::string_view text) {
  auto file = std::make_shared<OpenFile>();
  file->descriptor = Descriptor(::memfd_create("test", MFD_CLOEXEC));
  file->size = text.size();
  write_at(file->descriptor, 0, as_byte_view(text));
  return file;
}

// The same bytes as a file on the loop (/now), as a file from a handler (/later) and as text (/text).
class FileBodies : public testing::Test {
 protected:
  explicit FileBodies(std::chrono::milliseconds patience = 30s) : server_{settings(patience), handlers()} {}

  const std::string text_ = numbers(5'000'000);
  std::mutex mutex_;
  SharedFile file_ = memory_file(text_);
  RunningServer server_;

  SharedFile file() {
    const std::lock_guard lock(mutex_);
    return file_;
  }
  SharedFile put_file(SharedFile file) {
    const std::lock_guard lock(mutex_);
    return std::exchange(file_, std::move(file));
  }
  static ServerSettings settings(std::chrono::milliseconds patience) {
    ServerSettings settings = quiet_settings();
    settings.loops = 1;
    settings.body_patience = patience;
    return settings;
  }
  static Response photo() {
    Response response;
    response.headers.add("Content-Type", "image/webp");
    response.headers.add("ETag", "\"v1\"");
    response.headers.add("Accept-Ranges", "bytes");
    return response;
  }
  Handlers handlers() {
    Handlers handlers;
    handlers.at_once = [this](const RequestHead& head) -> std::shared_ptr<const Response> {
      if (head.path != "/now") return nullptr;
      auto response = std::make_shared<Response>(photo());
      response->body = file();
      return response;
    };
    handlers.handle = [this](Request& request) {
      Response response = photo();
      if (request.path == "/later") response.body = file();
      if (request.path == "/text") response.body = text_;
      return response;
    };
    return handlers;
  }
  static std::string without_date(const std::string& head) {
    const std::size_t date = head.find("Date: ");
    return head.substr(0, date) + head.substr(head.find("\r\n", date));
  }
  // The same answer, head and body, whichever way it comes.
  void expect_same(const std::string& method, const std::string& headers) {
    HttpClient client(server_.port());
    const auto ask = [&](const std::string& path) {
      return client.ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    };
    const HttpReply text = ask("/text");
    for (const std::string path : {"/now", "/later"}) {
      const HttpReply file = ask(path);
      EXPECT_EQ(without_date(file.head), without_date(text.head)) << path << headers;
      EXPECT_TRUE(file.body == text.body) << path << headers;
    }
  }
};

TEST_F(FileBodies, AreAnsweredAsTextIs) {
  expect_same("GET", "");
  expect_same("HEAD", "");
  expect_same("GET", "If-None-Match: \"v1\"\r\n");
  expect_same("HEAD", "If-None-Match: \"v1\"\r\n");
  for (const std::string range : {"0-0", "10-99", "4999000-", "-1000", "-9000000", "5000000-", "7-3"}) {
    expect_same("GET", "Range: bytes=" + range + "\r\n");
    expect_same("HEAD", "Range: bytes=" + range + "\r\n");
    expect_same("GET", "Range: bytes=" + range + "\r\nIf-Range: \"v1\"\r\n");
    expect_same("GET", "Range: bytes=" + range + "\r\nIf-Range: \"v0\"\r\n");
  }
}

TEST_F(FileBodies, FollowOneAnotherOnAConnection) {
  HttpClient client(server_.port());
  client.send(get("/now") + get("/later", "Range: bytes=1-3\r\n") + get("/now", "Range: bytes=-4\r\n") +
              get("/text", "Range: bytes=0-1\r\n"));
  EXPECT_TRUE(client.receive().body == text_);
  EXPECT_EQ(client.receive().body, text_.substr(1, 3));
  EXPECT_EQ(client.receive().body, text_.substr(text_.size() - 4));
  EXPECT_EQ(client.receive().body, text_.substr(0, 2));
}

TEST_F(FileBodies, ASlowReaderHoldsUpNobodyAndGetsTheWhole) {
  HttpClient slow(server_.port(), 4096);
  slow.send(get("/now"));
  HttpClient quick(server_.port());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(quick.ask(get("/now")).body == text_);
  EXPECT_TRUE(quick.ask(get("/later")).body == text_);
  EXPECT_TRUE(slow.receive().body == text_);
}

class ImpatientFileBodies : public FileBodies {
 protected:
  ImpatientFileBodies() : FileBodies(500ms) {}
};

TEST_F(ImpatientFileBodies, AReaderWhoTakesNothingIsLetGo) {
  HttpClient slow(server_.port(), 4096);
  slow.send(get("/now"));
  std::this_thread::sleep_for(1500ms);
  EXPECT_LT(slow.receive().body.size(), text_.size());
}

TEST_F(FileBodies, AFileIsSentToItsEndAlthoughNobodyElseHoldsIt) {
  HttpClient slow(server_.port(), 4096);
  slow.send(get("/now"));
  HttpClient(server_.port()).ask(get("/text"));  // by now the other has begun
  const std::weak_ptr<const OpenFile> watched = put_file(memory_file("another"));
  EXPECT_TRUE(slow.receive().body == text_);
  EXPECT_EQ(slow.ask(get("/now")).body, "another");
  EXPECT_TRUE(watched.expired());
}

TEST_F(FileBodies, OneThatIsShorterThanItSaysEndsTheConnection) {
  auto cut = std::make_shared<OpenFile>();
  cut->descriptor = Descriptor(::memfd_create("test", MFD_CLOEXEC));
  cut->size = 100;
  write_at(cut->descriptor, 0, as_byte_view("short"));
  put_file(cut);
  HttpClient client(server_.port());
  EXPECT_EQ(client.ask(get("/now")).body, "short");
  EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace keepsake::http
