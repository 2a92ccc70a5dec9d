#include "web/carried_form.h"

#include <algorithm>

#include "web/bodies.h"
#include "web/way_back.h"

namespace keepsake::web {
namespace {

constexpr Field pair_fields[] = {{"name"}, {"value"}};
constexpr Field carried_fields[] = {{"action"},
                                    {"fields", FieldType::objects, false, {}, pair_fields},
                                    {"had_files", FieldType::boolean},
                                    {"look", FieldType::boolean}};

bool is_secret(const Route& route) {
  return route.pattern.starts_with("/account") || route.pattern.starts_with("/host");
}

bool has_field(const Route& route, std::string_view name) {
  return std::any_of(route.fields.begin(), route.fields.end(),
                     [&](const Field& field) { return field.name == name; });
}

// Characters that nothing keeps go, so that the rest can.
std::string kept_text(std::string value) {
  std::erase_if(value, [](char c) { return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r'; });
  return value;
}

}  // namespace

std::string CarriedForm::text() const {
  std::vector<Input> pairs;
  for (const auto& [name, value] : fields) {
    Input& pair = pairs.emplace_back();
    pair.set("name", name);
    pair.set("value", value);
  }
  Input whole;
  whole.set("action", action);
  whole.set("fields", std::move(pairs));
  whole.set("had_files", had_files);
  whole.set("look", look);
  return json_text(whole);
}

std::optional<CarriedForm> CarriedForm::parse(std::string_view text) {
  if (text.empty() || text.size() > most_text) return std::nullopt;
  const auto read = input_from_json(text, carried_fields);
  if (read.refused()) return std::nullopt;
  CarriedForm form;
  form.action = place_of_ours(read->text_or_empty("action"));
  for (const Input& pair : read->objects("fields").value_or(std::vector<Input>()))
    form.fields.emplace_back(pair.text_or_empty("name"), pair.text_or_empty("value"));
  form.had_files = read->boolean("had_files").value_or(false);
  form.look = read->boolean("look").value_or(false);
  return form;
}

std::optional<CarriedForm> carry(http::Request& request, const Route& route) {
  if (request.method != http::Method::post || route.fields.empty() || is_secret(route)) return std::nullopt;
  try {
    auto form = read_plain_form(request, CarriedForm::most_bytes, CarriedForm::most_whole);
    if (!form || form->pairs.empty()) return std::nullopt;
    for (auto& [name, value] : form->pairs) {
      name = kept_text(std::move(name));
      value = kept_text(std::move(value));
    }
    return CarriedForm{std::string(request.path), std::move(form->pairs), form->had_files,
                       has_field(route, "look")};
  } catch (const http::BodyTooLarge&) {
    return std::nullopt;
  }
}

}  // namespace keepsake::web
