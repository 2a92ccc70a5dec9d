#pragma once
// What a request's body may hold, said once for each route: it drives the parsing of forms and JSON alike and
// is what /api/openapi.json tells programs.
#include <span>
#include <string_view>

namespace keepsake::web {

enum class FieldType { text, number, boolean, texts, object, objects };

struct Field {
  std::string_view name;
  FieldType type = FieldType::text;
  bool required = false;
  std::string_view about = {};        // one phrase for those who write programs
  std::span<const Field> inner = {};  // of each object, for `object` and `objects`
};

using Fields = std::span<const Field>;

}  // namespace keepsake::web
