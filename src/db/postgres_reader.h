#pragma once
#include "db/database.h"
#include "db/postgres_connection.h"

namespace keepsake::db {

// Statements over a connection that outlives it.
class PostgresReader final : public Reader {
 public:
  explicit PostgresReader(PostgresConnection& connection) : connection_(connection) {}
  Engine engine() const override { return Engine::postgres; }

 protected:
  void run_query(std::string_view sql, std::span<const Param> params,
                 const std::function<void(const Row&)>& each) override {
    connection_.query(sql, params, each);
  }

 private:
  PostgresConnection& connection_;
};

}  // namespace keepsake::db
