#include <fcntl.h>
#include <unistd.h>

#include <future>
#include <system_error>

#include "db/disk.h"
#include "db/inside.h"
#include "db/line.h"
#include "db/open.h"
#include "db/pool.h"
#include "db/sqlite_connection.h"
#include "db/sqlite_writer.h"
#include "db/wake.h"

namespace keepsake::db {
namespace {

class SqliteReader final : public Reader {
 public:
  explicit SqliteReader(SqliteConnection& connection) : connection_(connection) {}
  Engine engine() const override { return Engine::sqlite; }

 protected:
  void run_query(std::string_view sql, std::span<const Param> params,
                 const std::function<void(const Row&)>& each) override {
    connection_.query(sql, params, each);
  }

 private:
  SqliteConnection& connection_;
};

// One view of the data from the first statement on, until destroyed.
class View {
 public:
  explicit View(SqliteConnection& connection) : connection_(connection) { connection_.execute("BEGIN"); }
  ~View() { connection_.roll_back(); }
  View(const View&) = delete;
  View& operator=(const View&) = delete;

 private:
  SqliteConnection& connection_;
};

// Nobody rings here: one process serves a file, and commands tell it through its control socket.
class SqliteLine final : public Line {
 public:
  SqliteLine(const std::filesystem::path& file, bool durable) : connection_(file, SqliteUse::read, durable) {}
  void ring() override {}
  void wait(std::chrono::milliseconds most) override { wake_.wait(most); }
  void wake() noexcept override { wake_.wake(); }

 protected:
  void run_read(const std::function<void(Reader&)>& fn) override {
    const View view(connection_);
    SqliteReader reader(connection_);
    fn(reader);
  }

 private:
  SqliteConnection connection_;
  Wake wake_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::filesystem::path& file, const Options& options)
      : file_(file),
        durable_(options.durable),
        writer_(*this, file, options.durable),
        readers_(options.readers, [file, durable = options.durable] {
          return std::make_unique<SqliteConnection>(file, SqliteUse::read, durable);
        }) {}

  Engine engine() const override { return Engine::sqlite; }
  Stats stats() const override { return writer_.stats(); }

  std::unique_ptr<Line> line() override { return std::make_unique<SqliteLine>(file_, durable_); }

  void copy_to(const std::filesystem::path& file) override {
    make_private_file(file);
    SqliteConnection(file_, SqliteUse::write, true)
        .execute("VACUUM INTO $1", std::initializer_list<Param>{file.native()});
    sync_file(file);
    sync_folder_of(file);
  }

 protected:
  void run_read(const std::function<void(Reader&)>& fn) override {
    if (auto* outer = Inside::reader(*this)) return fn(*outer);
    auto connection = readers_.take();
    const View view(*connection);
    SqliteReader reader(*connection);
    const Inside inside(*this, Inside::What::reading, &reader);
    fn(reader);
  }

  void run_write(const std::function<bool(Tx&)>& fn) override {
    std::promise<void> landed;
    auto landing = landed.get_future();
    PendingWrite write{std::cref(fn), [&] {
                         // It stands on the stack of who waits, who goes on as soon as it is kept.
                         auto kept = std::move(landed);
                         kept.set_value();
                       }};
    begin_write(write);
    landing.get();
    if (write.fault) std::rethrow_exception(write.fault);
  }

  bool begin_write(PendingWrite& write) override {
    Inside::refuse_write(*this);
    writer_.begin(write);
    return true;
  }

 private:
  const std::filesystem::path file_;
  const bool durable_;
  SqliteWriter writer_;
  Pool<SqliteConnection> readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, const Options& options) {
  if (!std::filesystem::exists(file)) {
    make_private_file(file);
    sync_folder_of(file);
  }
  return std::make_unique<SqliteDatabase>(file, options);
}

}  // namespace keepsake::db
