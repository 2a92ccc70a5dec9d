#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "base/text.h"
#include "web/input.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

constexpr std::size_t most_depth = 16;

// Walks a JSON text and refuses a key that stands twice in one object (RFC 8259 section 4 leaves its meaning
// open, so two readers could see two different stories).
struct OnceHandler {
  static constexpr std::size_t max_object_size = 10'000;
  static constexpr std::size_t max_array_size = 10'000;
  static constexpr std::size_t max_key_size = 1'000;
  static constexpr std::size_t max_string_size = 4u << 20;

  std::vector<std::set<std::string, std::less<>>> open;
  std::string key;
  bool twice = false;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    open.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    open.pop_back();
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code& error) {
    key.append(part.data(), part.size());
    twice = !open.back().insert(key).second;
    key.clear();
    if (twice) error = json::error::syntax;
    return !twice;
  }
  bool on_string_part(string_view, std::size_t, error_code&) { return true; }
  bool on_string(string_view, std::size_t, error_code&) { return true; }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, string_view, error_code&) { return true; }
  bool on_uint64(std::uint64_t, string_view, error_code&) { return true; }
  bool on_double(double, string_view, error_code&) { return true; }
  bool on_bool(bool, error_code&) { return true; }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

json::parse_options bounded_options() {
  json::parse_options options;
  options.max_depth = most_depth;
  return options;
}

std::optional<Refusal> check_shape(std::string_view text) {
  json::basic_parser<OnceHandler> parser(bounded_options());
  error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().twice) return Refusal{Refused::malformed, "This JSON names a field twice.", ""};
  if (error)
    return Refusal{Refused::malformed, "This is not valid JSON, or it is too deep or too long to be taken.",
                   ""};
  return std::nullopt;
}

Refusal misfit(std::string_view name, std::string sentence) {
  return {Refused::invalid, std::move(sentence), std::string(name)};
}

Result<Input> from_object(const json::object& object, Fields fields);

Result<std::string> clean_text(const json::value& value, std::string_view name) {
  if (!value.is_string()) return misfit(name, "This must be text.");
  const auto& text = value.get_string();
  if (!is_clean_text({text.data(), text.size()})) {
    return misfit(name, "This text has characters that cannot be kept.");
  }
  return std::string(text.data(), text.size());
}

Result<Input::Value> texts_of(const json::value& value, std::string_view name) {
  if (!value.is_array()) return misfit(name, "This must be a list of texts.");
  std::vector<std::string> texts;
  for (const json::value& each : value.get_array()) {
    auto text = clean_text(each, name);
    if (text.refused()) return text.refusal();
    texts.push_back(*std::move(text));
  }
  return Input::Value(std::move(texts));
}

Result<Input::Value> objects_of(const json::value& value, const Field& field) {
  if (!value.is_array()) return misfit(field.name, "This must be a list of objects.");
  std::vector<Input> objects;
  for (const json::value& each : value.get_array()) {
    const std::string place = std::string(field.name) + "." + std::to_string(objects.size());
    if (!each.is_object()) return misfit(place, "This must be an object.");
    auto inner = from_object(each.get_object(), field.inner);
    if (inner.refused()) {
      Refusal refusal = inner.refusal();
      refusal.field = place + "." + refusal.field;
      return refusal;
    }
    objects.push_back(*std::move(inner));
  }
  return Input::Value(std::move(objects));
}

Result<Input::Value> object_of(const json::value& value, const Field& field) {
  if (!value.is_object()) return misfit(field.name, "This must be an object.");
  auto inner = from_object(value.get_object(), field.inner);
  if (!inner.refused()) return Input::Value(std::vector<Input>{*std::move(inner)});
  Refusal refusal = inner.refusal();
  refusal.field = std::string(field.name) + "." + refusal.field;
  return refusal;
}

Result<Input::Value> value_of(const json::value& value, const Field& field) {
  switch (field.type) {
    case FieldType::text: {
      auto text = clean_text(value, field.name);
      if (text.refused()) return text.refusal();
      return Input::Value(*std::move(text));
    }
    case FieldType::number:
      if (!value.is_int64()) return misfit(field.name, "This must be a whole number.");
      return Input::Value(value.get_int64());
    case FieldType::boolean:
      if (!value.is_bool()) return misfit(field.name, "This can only be true or false.");
      return Input::Value(value.get_bool());
    case FieldType::texts:
      return texts_of(value, field.name);
    case FieldType::object:
      return object_of(value, field);
    case FieldType::objects:
      return objects_of(value, field);
  }
  return misfit(field.name, "This field is not known here.");
}

Result<Input> from_object(const json::object& object, Fields fields) {
  Input input;
  for (const auto& [key, value] : object) {
    const std::string_view name(key.data(), key.size());
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
    if (field == fields.end()) {
      return misfit(is_clean_text(name) ? name : "", "This field is not known here.");
    }
    if (value.is_null()) continue;
    auto taken = value_of(value, *field);
    if (taken.refused()) return taken.refusal();
    input.set(name, *std::move(taken));
  }
  return input;
}

json::value value_of(const Input::Value& value);

json::object object_of(const Input& input) {
  json::object object;
  for (const auto& [name, value] : input.values()) object[name] = value_of(value);
  return object;
}

struct ToJson {
  json::value operator()(const std::string& text) const { return json::value(text); }
  json::value operator()(std::int64_t number) const { return number; }
  json::value operator()(bool is) const { return is; }
  json::value operator()(const std::vector<std::string>& texts) const {
    return json::array(texts.begin(), texts.end());
  }
  json::value operator()(const std::vector<Input>& objects) const {
    json::array list;
    for (const Input& each : objects) list.push_back(object_of(each));
    return list;
  }
};

json::value value_of(const Input::Value& value) {
  return std::visit(ToJson(), value);
}

}  // namespace

std::string json_text(const Input& input) {
  return json::serialize(object_of(input));
}

Result<Input> input_from_json(std::string_view text, Fields fields) {
  if (const auto refusal = check_shape(text)) return *refusal;
  error_code error;
  const json::value document = json::parse(text, error, {}, bounded_options());
  if (error || !document.is_object())
    return Refusal{Refused::malformed, "The body must be one JSON object.", ""};
  return from_object(document.get_object(), fields);
}

}  // namespace keepsake::web
