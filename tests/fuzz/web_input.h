#pragma once
// What a request's body was read as, written out so that two readings can be compared.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "base/text.h"
#include "fuzz/targets.h"
#include "web/bodies.h"
#include "web/input.h"

namespace keepsake::fuzz {

inline boost::json::string kept_text(const std::string& text) {
  must(is_clean_text(text), "text that is kept is clean");
  return boost::json::string(text.data(), text.size());
}

inline boost::json::object as_json(const web::Input& input, web::Fields fields) {
  boost::json::object object;
  for (const web::Field& field : fields) {
    if (const auto text = input.text(field.name)) object[field.name] = kept_text(*text);
    if (const auto number = input.number(field.name)) object[field.name] = *number;
    if (const auto boolean = input.boolean(field.name)) object[field.name] = *boolean;
    if (const auto texts = input.texts(field.name)) {
      boost::json::array array;
      for (const std::string& each : *texts) array.emplace_back(kept_text(each));
      object[field.name] = std::move(array);
    }
    if (const auto objects = input.objects(field.name)) {
      boost::json::array array;
      for (const web::Input& each : *objects) array.emplace_back(as_json(each, field.inner));
      object[field.name] = std::move(array);
    }
  }
  return object;
}

inline std::string written(const web::Input& input) {
  return boost::json::serialize(as_json(input, web::story_fields));
}

// The same, or the kind and field of the refusal.
inline std::string written(const Result<web::Input>& input) {
  if (!input.refused()) return written(*input);
  return "refused " + std::to_string(static_cast<int>(input.refusal().kind)) + " " + input.refusal().field;
}

}  // namespace keepsake::fuzz
