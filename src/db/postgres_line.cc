#include "db/postgres_line.h"

#include "db/postgres_connection.h"
#include "db/postgres_reader.h"
#include "db/wake.h"

namespace keepsake::db {
namespace {

class PostgresLine final : public Line {
 public:
  PostgresLine(std::string address, bool durable) : address_(std::move(address)), durable_(durable) {}

  void ring() override {
    over_the_line([](PostgresConnection& connection) { connection.run("NOTIFY keepsake_line"); });
  }
  void wait(std::chrono::milliseconds most) override {
    if (rang()) return;
    wake_.wait(most, connection_ ? connection_->socket() : -1);
    rang();
  }
  void wake() noexcept override { wake_.wake(); }

 protected:
  void run_read(const std::function<void(Reader&)>& fn) override {
    over_the_line([&](PostgresConnection& connection) {
      PostgresReader reader(connection);
      fn(reader);
    });
  }

 private:
  template <class Act>
  void over_the_line(const Act& act) {
    if (!connection_) connect();
    try {
      act(*connection_);
    } catch (const Unreachable&) {
      connection_.reset();
      throw;
    }
  }

  void connect() {
    auto made = std::make_unique<PostgresConnection>(address_, durable_, patience);
    made->run("LISTEN keepsake_line");
    connection_ = std::move(made);
  }

  // What came with an earlier answer counts too.
  bool rang() {
    try {
      return connection_ && connection_->hear();
    } catch (const Unreachable&) {
      connection_.reset();
      return true;
    }
  }

  const std::string address_;
  const bool durable_;
  std::unique_ptr<PostgresConnection> connection_;
  Wake wake_;
};

}  // namespace

std::unique_ptr<Line> make_postgres_line(const std::string& address, bool durable) {
  return std::make_unique<PostgresLine>(address, durable);
}

}  // namespace keepsake::db
