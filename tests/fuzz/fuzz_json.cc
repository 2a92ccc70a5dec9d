// The fields of a story as JSON: what is taken is clean, not deep, names nothing twice, and written out again
// it is taken as the same.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/targets.h"
#include "fuzz/web_input.h"

namespace keepsake::fuzz {
namespace {

// How deep brackets stand in one another, outside texts.
int depth_of(std::string_view text) {
  int depth = 0, deepest = 0;
  bool within = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (within && c == '\\')
      ++at;
    else if (c == '"')
      within = !within;
    else if (!within && (c == '{' || c == '['))
      deepest = std::max(deepest, ++depth);
    else if (!within && (c == '}' || c == ']'))
      --depth;
  }
  return deepest;
}

void check_twice(const std::string& object) {
  if (object == "{}") return;
  const std::string inside = object.substr(1, object.size() - 2);
  const auto twice = web::input_from_json("{" + inside + "," + inside + "}", web::story_fields);
  must(twice.refused() && twice.refusal().kind == Refused::malformed, "nothing is named twice");
}

}  // namespace

void json(ByteView input) {
  const std::string_view text = as_text(input);
  const auto taken = web::input_from_json(text, web::story_fields);
  if (taken.refused()) {
    must(is_clean_text(taken.refusal().field), "a refusal names a field in clean text");
    return;
  }
  must(depth_of(text) <= 16, "no deeper than 16");
  const std::string again = written(taken);
  must(written(web::input_from_json(again, web::story_fields)) == again, "written out it is the same");
  check_twice(again);
}

}  // namespace keepsake::fuzz
