#include "web/openapi.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

json::object schema_of(Fields fields);

json::object schema_of(const Field& field) {
  switch (field.type) {
    case FieldType::text:
      return {{"type", "string"}};
    case FieldType::number:
      return {{"type", "integer"}};
    case FieldType::boolean:
      return {{"type", "boolean"}};
    case FieldType::texts:
      return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case FieldType::object:
      return schema_of(field.inner);
    case FieldType::objects:
      return {{"type", "array"}, {"items", schema_of(field.inner)}};
  }
  return {};
}

json::object schema_of(Fields fields) {
  json::object properties;
  json::array required;
  for (const Field& field : fields) {
    json::object schema = schema_of(field);
    if (!field.about.empty()) schema["description"] = field.about;
    properties[field.name] = std::move(schema);
    if (field.required) required.emplace_back(field.name);
  }
  json::object schema{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

// "/@{name}" and "/stories/{id}" name their parameters in braces, as OpenAPI does.
json::array parameters_of(std::string_view pattern) {
  json::array parameters;
  for (std::size_t open = pattern.find('{'); open != pattern.npos; open = pattern.find('{', open + 1)) {
    const auto name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
    parameters.push_back(
        json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

json::object request_body(Fields fields) {
  const json::object schema{{"schema", schema_of(fields)}};
  return {{"content",
           {{"application/json", schema},
            {"application/x-www-form-urlencoded", schema},
            {"multipart/form-data", schema}}}};
}

json::object operation_of(const Route& route) {
  json::object operation{{"summary", route.about}, {"description", "For " + std::string(route.guard) + "."}};
  if (auto parameters = parameters_of(route.pattern); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (!route.fields.empty()) operation["requestBody"] = request_body(route.fields);
  if (route.guard == Member::about || route.guard == Host::about) {
    operation["security"] =
        json::array{json::object{{"token", json::array{}}}, json::object{{"session", json::array{}}}};
  }
  const json::object problem{
      {"description", "Refused; the problem says why (RFC 9457)."},
      {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
  operation["responses"] = json::object{
      {"2XX", {{"description", "Done."}}}, {"3XX", {{"description", "Look there."}}}, {"4XX", problem}};
  return operation;
}

json::object components() {
  const json::object text{{"type", "string"}};
  return {{"schemas",
           {{"Problem",
             {{"type", "object"},
              {"properties",
               {{"type", text},
                {"title", text},
                {"status", {{"type", "integer"}}},
                {"detail", text},
                {"field", text}}}}}}},
          {"securitySchemes",
           {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
            {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-session"}}}}}};
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes, std::string_view version) {
  json::object paths;
  for (const Route& route : routes) {
    json::value& path = paths[route.pattern];
    if (!path.is_object()) path.emplace_object();
    path.get_object()[ascii_lower(method_name(route.method))] = operation_of(route);
  }
  return json::serialize(
      json::object{{"openapi", "3.1.0"},
                   {"info",
                    {{"title", "Keepsake"},
                     {"version", version},
                     {"license", {{"name", "AGPL-3.0-or-later"}, {"identifier", "AGPL-3.0-or-later"}}}}},
                   {"paths", std::move(paths)},
                   {"components", components()}});
}

}  // namespace keepsake::web
