#include "db/database.h"

namespace keepsake::db {

void Reader::throw_no_row(std::string_view sql) {
  throw Error("no row: " + std::string(sql));
}

std::string keys_in(Engine engine, std::string_view column, int parameter) {
  const auto number = std::to_string(parameter);
  if (engine == Engine::postgres) return std::string(column) + " = ANY($" + number + ")";
  return std::string(column) + " IN (SELECT value FROM json_each($" + number + "))";
}

}  // namespace keepsake::db
