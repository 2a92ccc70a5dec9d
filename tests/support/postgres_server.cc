#include "support/postgres_server.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace keepsake::support {
namespace {

const std::string tool = KEEPSAKE_SOURCE_DIR "/tools/postgres";

// Runs while this program does: its input ends with us, however we end, and then it stops the server.
class Server {
 public:
  Server() {
    const auto place =
        std::filesystem::temp_directory_path() / ("keepsake-postgres." + std::to_string(::getpid()));
    guard_ = ::popen(("read -r line; exec '" + tool + "' stop '" + place.string() + "'").c_str(), "we");
    const auto output = std::unique_ptr<FILE, int (*)(FILE*)>(
        ::popen(("'" + tool + "' start '" + place.string() + "'").c_str(), "re"), ::pclose);
    char line[512] = {};
    if (!guard_ || !output || !std::fgets(line, sizeof line, output.get()))
      throw std::runtime_error("PostgreSQL did not start");
    address_ = line;
    address_.erase(address_.find_last_not_of('\n') + 1);
  }
  ~Server() {
    if (guard_) ::pclose(guard_);
  }
  const std::string& address() const { return address_; }

 private:
  FILE* guard_ = nullptr;
  std::string address_;
};

const char* given_address() {
  const char* given = std::getenv("KEEPSAKE_TEST_POSTGRES");
  return given && *given ? given : nullptr;
}

}  // namespace

bool postgres_installed() {
  std::error_code none;
  if (given_address()) return true;
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", none))
    if (std::filesystem::exists(version.path() / "bin/initdb")) return true;
  return false;
}

const std::string& postgres_address() {
  static const std::string address = [] {
    if (const char* given = given_address()) return std::string(given);
    static const Server server;
    return server.address();
  }();
  return address;
}

// The name of the database is the path of the address (libpq, "Connection URIs").
std::string postgres_address(const std::string& database) {
  const auto& address = postgres_address();
  const auto path = address.find('/', address.find("://") + 3);
  const auto query = address.find('?');
  return address.substr(0, std::min(path, query)) + "/" + database +
         (query == address.npos ? "" : address.substr(query));
}

}  // namespace keepsake::support
