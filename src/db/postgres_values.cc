#include "db/postgres_values.h"

#include <algorithm>

#include "db/text_rule.h"

namespace keepsake::db {
namespace {

// src/include/catalog/pg_type.dat of PostgreSQL; these numbers never change.
constexpr Oid bool_type = 16, bytea_type = 17, name_type = 19, int8_type = 20, int2_type = 21, int4_type = 23,
              text_type = 25, varchar_type = 1043, int8_list_type = 1016;
// By the index of Param::Value.
constexpr std::array<Oid, 6> type_by_index{0, bool_type, int8_type, text_type, bytea_type, int8_list_type};
constexpr std::string_view letter_by_index = "?bitxl";

template <std::size_t size>
std::array<char, size> network_order(std::uint64_t value) {
  std::array<char, size> bytes;
  for (std::size_t at = size; at-- > 0; value >>= 8) bytes[at] = static_cast<char>(value & 0xff);
  return bytes;
}

void append32(std::string& bytes, std::uint32_t value) {
  const auto four = network_order<4>(value);
  bytes.append(four.data(), four.size());
}

// array_recv in src/backend/utils/adt/arrayfuncs.c: dimensions, flags, element type, then for each dimension
// its size and lower bound, then each element with its length.
std::string list_bytes(std::span<const std::int64_t> values) {
  std::string bytes;
  append32(bytes, values.empty() ? 0 : 1);
  append32(bytes, 0);
  append32(bytes, int8_type);
  if (values.empty()) return bytes;
  append32(bytes, static_cast<std::uint32_t>(values.size()));
  append32(bytes, 1);
  for (const auto value : values) {
    append32(bytes, 8);
    const auto eight = network_order<8>(static_cast<std::uint64_t>(value));
    bytes.append(eight.data(), eight.size());
  }
  return bytes;
}

}  // namespace

struct PostgresParams::Add {
  PostgresParams& to;

  void raw(std::string_view bytes) const {
    to.values_.push_back(bytes.empty() ? "" : bytes.data());
    to.lengths_.push_back(static_cast<int>(bytes.size()));
  }
  void operator()(std::monostate) const {
    to.values_.push_back(nullptr);
    to.lengths_.push_back(0);
  }
  void operator()(bool value) const { raw({value ? "\1" : "\0", 1}); }
  void operator()(std::int64_t value) const {
    const auto& kept = to.integers_.emplace_back(network_order<8>(static_cast<std::uint64_t>(value)));
    raw({kept.data(), kept.size()});
  }
  void operator()(std::string_view text) const {
    check_text(text);
    raw(text);
  }
  void operator()(ByteView bytes) const { raw(as_text(bytes)); }
  void operator()(std::span<const std::int64_t> values) const {
    raw(to.lists_.emplace_back(list_bytes(values)));
  }
};

PostgresParams::PostgresParams(std::span<const Param> params) : formats_(params.size(), 1) {
  // Reserved, so that what points into them stays.
  integers_.reserve(params.size());
  lists_.reserve(params.size());
  for (const auto& param : params) {
    types_.push_back(type_by_index[param.type()]);
    std::visit(Add{*this}, param.value());
  }
}

std::string PostgresParams::signature() const {
  std::string letters;
  for (const auto type : types_)
    letters += letter_by_index[static_cast<std::size_t>(std::ranges::find(type_by_index, type) -
                                                        type_by_index.begin())];
  return letters;
}

std::string_view PostgresRow::value(int column, std::initializer_list<Oid> types, const char* wanted) const {
  const auto where = "column " + std::to_string(column);
  if (is_null(column)) throw Error(where + " is null, not " + wanted);
  const auto type = PQftype(result_, column);
  if (std::ranges::find(types, type) == types.end())
    throw Error(where + " is of type " + std::to_string(type) + ", not " + wanted);
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool PostgresRow::is_null(int column) const {
  if (column < 0 || column >= PQnfields(result_)) throw Error("no column " + std::to_string(column));
  return PQgetisnull(result_, row_, column) == 1;
}

std::int64_t PostgresRow::integer(int column) const {
  const auto bytes = value(column, {int8_type, int4_type, int2_type}, "an integer");
  // The first byte carries the sign.
  std::int64_t number = static_cast<signed char>(bytes[0]);
  for (const char byte : bytes.substr(1))
    number =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8 | static_cast<unsigned char>(byte));
  return number;
}

bool PostgresRow::boolean(int column) const {
  return value(column, {bool_type}, "a boolean")[0] != 0;
}

std::string_view PostgresRow::text_view(int column) const {
  return value(column, {text_type, varchar_type, name_type}, "text");
}

ByteView PostgresRow::bytes_view(int column) const {
  return as_byte_view(value(column, {bytea_type}, "bytes"));
}

}  // namespace keepsake::db
