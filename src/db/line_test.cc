#include "db/line.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <thread>

#include "base/file.h"
#include "db/open.h"
#include "db/reach.h"
#include "support/databases.h"

namespace keepsake::db {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

class LineTest : public support::StoreTest {
 protected:
  std::int64_t jobs(Line& line) {
    return line.read([](Reader& reader) {
      return reader.one("SELECT count(*) FROM job", [](const Row& row) { return row.integer(0); });
    });
  }
  static std::chrono::nanoseconds wait(Line& line, std::chrono::milliseconds most) {
    const auto begun = Steady::now();
    line.wait(most);
    return Steady::now() - begun;
  }
};

TEST_P(LineTest, sees_what_was_committed_before_each_question) {
  const auto line = database().line();
  EXPECT_EQ(jobs(*line), 0);
  database().write([](Tx& tx) { tx.execute("INSERT INTO job (kind, payload, due) VALUES ('kind', '', 0)"); });
  EXPECT_EQ(jobs(*line), 1);
}

TEST_P(LineTest, waits_until_it_is_woken) {
  const auto line = database().line();
  EXPECT_GE(wait(*line, 20ms), 19ms);
  line->wake();
  EXPECT_LT(wait(*line, 1min), 30s);
  std::thread other([&] { line->wake(); });
  EXPECT_LT(wait(*line, 1min), 30s);
  other.join();
}

TEST_P(LineTest, hears_the_others_ring) {
  if (database().engine() == Engine::sqlite) GTEST_SKIP() << "one process serves a file";
  const auto here = database().line(), there = database().line();
  jobs(*here);
  jobs(*there);
  there->ring();
  EXPECT_LT(wait(*here, 1min), 30s);
  EXPECT_GE(wait(*here, 20ms), 19ms) << "it rang once";
}

KEEPSAKE_ON_BOTH_ENGINES(LineTest);

// Takes connections and never says a word.
class SilentServer {
 public:
  SilentServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address_), size) != 0 ||
        ::listen(listener_.get(), 16) != 0 ||
        ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address_), &size) != 0)
      throw_errno("listening");
  }
  std::string database() const {
    return "postgresql://nobody@127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/none";
  }

 private:
  Descriptor listener_;
  sockaddr_in address_{};
};

TEST(SilentServerTest, is_given_up_within_seconds_and_not_waited_for_again) {
  const SilentServer server;
  const auto database = open_postgres(server.database());
  const auto begun = Steady::now();
  EXPECT_THROW(database->read([](Reader&) {}), Unreachable);
  EXPECT_LT(Steady::now() - begun, 8s);
  const auto again = Steady::now();
  EXPECT_THROW(database->read([](Reader&) {}), Unreachable);
  EXPECT_THROW(database->write([](Tx&) {}), Unreachable);
  EXPECT_LT(Steady::now() - again, 500ms);
}

TEST(ReachTest, lets_one_at_a_time_try) {
  Reach reach;
  EXPECT_NO_THROW(reach.before_connecting());
  EXPECT_NO_THROW(reach.before_connecting());
  reach.lost();
  EXPECT_THROW(reach.before_connecting(), Unreachable);
  std::this_thread::sleep_for(Reach::rest);
  EXPECT_NO_THROW(reach.before_connecting());
  EXPECT_THROW(reach.before_connecting(), Unreachable);
  reach.found();
  EXPECT_NO_THROW(reach.before_connecting());
}

}  // namespace
}  // namespace keepsake::db
