#pragma once
// Values on their way to and from PostgreSQL in its binary format (its documentation, "Formats and Format
// Codes": integers in network byte order).
#include <libpq-fe.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "db/database.h"

namespace keepsake::db {

// The parameters of one statement as libpq takes them; valid as long as what they were made from. A type is
// always given, so that PostgreSQL never guesses int4 for a number. Throws Error for text it would refuse.
class PostgresParams {
 public:
  explicit PostgresParams(std::span<const Param> params);
  PostgresParams(const PostgresParams&) = delete;
  PostgresParams& operator=(const PostgresParams&) = delete;

  int count() const { return static_cast<int>(types_.size()); }
  const Oid* types() const { return types_.data(); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  // One letter a type: statements are prepared for types.
  std::string signature() const;

 private:
  struct Add;

  std::vector<Oid> types_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 8>> integers_;
  std::vector<std::string> lists_;
};

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  bool boolean(int column) const override;
  std::string_view text_view(int column) const override;
  ByteView bytes_view(int column) const override;

 private:
  // The value if its type is one of `types`; throws otherwise.
  std::string_view value(int column, std::initializer_list<Oid> types, const char* wanted) const;

  const PGresult* result_;
  int row_;
};

}  // namespace keepsake::db
