#include "app/control.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>

#include "support/temporary_folder.h"

namespace keepsake {
namespace {

class ControlTest : public testing::Test {
 protected:
  std::unique_ptr<ControlServer> serve() {
    return std::make_unique<ControlServer>(folder_.path(), [this] { ++refreshed_; });
  }
  std::string ask(const std::string& line) {
    const Descriptor client(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder_.path() / "control.sock").c_str(), sizeof address.sun_path - 1);
    if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return "";
    EXPECT_EQ(::send(client.get(), line.data(), line.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(line.size()));
    char answer[64] = {};
    ::recv(client.get(), answer, sizeof answer - 1, 0);
    return answer;
  }
  support::TemporaryFolder folder_;
  std::atomic<int> refreshed_ = 0;
};

TEST_F(ControlTest, TellsARunningServerAtOnce) {
  const auto server = serve();
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::told);
  EXPECT_EQ(refreshed_, 1);
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::told);
  EXPECT_EQ(refreshed_, 2);
}

TEST_F(ControlTest, WithoutAServerThereIsNobodyToTell) {
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::no_server);
  serve().reset();
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::no_server);
  EXPECT_EQ(ControlClient::tell(folder_.path() / "absent"), Told::failed);
}

TEST_F(ControlTest, IsOpenToItsOwnerAlone) {
  const auto server = serve();
  struct stat state{};
  ASSERT_EQ(::stat((folder_.path() / "control.sock").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0600u);
}

TEST_F(ControlTest, OneServerServesADirectory) {
  const auto server = serve();
  EXPECT_THROW(serve(), AlreadyServed);
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::told);
}

TEST_F(ControlTest, ASocketLeftBehindIsReplaced) {
  std::ofstream(folder_.path() / "control.sock") << "left by a server that was killed";
  const auto server = serve();
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::told);
}

TEST_F(ControlTest, AnswersOnlyWhatItKnows) {
  const auto server = serve();
  EXPECT_EQ(ask("refresh\n"), "ok\n");
  EXPECT_EQ(ask("stop\n"), "unknown\n");
  EXPECT_EQ(ask(std::string(65, 'x')), "unknown\n");
  EXPECT_EQ(refreshed_, 1);
}

TEST_F(ControlTest, ARefreshThatFailsIsSaid) {
  const ControlServer server(folder_.path(), [] { throw std::runtime_error("the database is gone"); });
  EXPECT_EQ(ControlClient::tell(folder_.path()), Told::failed);
  EXPECT_EQ(ask("refresh\n"), "failed\n");
}

TEST_F(ControlTest, ALongPathIsNoHindrance) {
  const auto deep = folder_.path() / std::string(100, 'a') / std::string(100, 'b');
  std::filesystem::create_directories(deep);
  const ControlServer server(deep, [this] { ++refreshed_; });
  EXPECT_EQ(ControlClient::tell(deep), Told::told);
}

}  // namespace
}  // namespace keepsake
