#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/input.h"

namespace keepsake::web {
namespace {

constexpr std::size_t most_objects = 1000;

Refusal misfit(std::string_view name, std::string sentence) {
  return {Refused::invalid, std::move(sentence), std::string(name)};
}

const Field* find_field(Fields fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Browsers send CRLF for a line end in a text area.
std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 >= text.size() || text[i + 1] != '\n') plain += '\n';
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// One value of a form for a field of a type that is no object.
std::optional<Refusal> put_scalar(Input& input, const Field& field, std::string_view full_name,
                                  std::string value) {
  if (field.type == FieldType::texts) {
    auto values = input.texts(field.name).value_or(std::vector<std::string>());
    if (!trim(value).empty()) values.push_back(std::move(value));
    input.set(field.name, std::move(values));
    return std::nullopt;
  }
  if (input.has(field.name))
    return Refusal{Refused::malformed, "This field came twice.", std::string(full_name)};
  if (field.type == FieldType::text) {
    input.set(field.name, std::move(value));
  } else if (field.type == FieldType::boolean) {
    if (value != "true" && value != "on" && value != "1" && value != "false" && value != "0" &&
        !value.empty()) {
      return misfit(full_name, "This can only be true or false.");
    }
    input.set(field.name, value == "true" || value == "on" || value == "1");
  } else if (value.empty()) {
    return std::nullopt;
  } else if (const auto number = whole_number(value)) {
    input.set(field.name, *number);
  } else {
    return misfit(full_name, "This must be a whole number.");
  }
  return std::nullopt;
}

// What of `raw` can be shown again: clean text stays as it is, of other text what is no character goes.
std::string showable(std::string_view raw) {
  if (is_clean_text(raw)) return std::string(raw);
  std::string shown;
  while (!raw.empty()) {
    std::size_t size = 1;
    while (size < 4 && size < raw.size() && !is_clean_text(raw.substr(0, size))) ++size;
    if (!is_clean_text(raw.substr(0, size))) size = 0;
    shown += raw.substr(0, size);
    raw.remove_prefix(size == 0 ? 1 : size);
  }
  return shown;
}

using Rows = std::map<std::string, std::map<std::int64_t, Pairs>, std::less<>>;

// `photos.0.caption` -> rows["photos"][0] gets ("caption", value).
std::optional<Refusal> put_in_row(Rows& rows, Fields fields, std::string_view name, std::string value) {
  const std::size_t dot = name.find('.');
  const std::size_t second = dot == std::string_view::npos ? dot : name.find('.', dot + 1);
  const Field* field = find_field(fields, name.substr(0, dot));
  if (!field || field->type != FieldType::objects || second == std::string_view::npos) {
    return misfit(name, "This field is not known here.");
  }
  const auto place = whole_number(name.substr(dot + 1, second - dot - 1));
  if (!place || *place < 0 || *place >= static_cast<std::int64_t>(most_objects)) {
    return misfit(name, "There are too many of these.");
  }
  rows[std::string(field->name)][*place].emplace_back(name.substr(second + 1), std::move(value));
  return std::nullopt;
}

std::optional<Refusal> put_rows(Input& input, const Rows& rows, Fields fields) {
  std::optional<Refusal> first;
  for (const auto& [name, places] : rows) {
    std::vector<Input> objects;
    for (const auto& [place, pairs] : places) {
      std::optional<Input> typed;
      auto inner = input_from_pairs(pairs, find_field(fields, name)->inner, &typed);
      if (inner.refused() && !first) {
        first = inner.refusal();
        first->field = name + "." + std::to_string(place) + "." + first->field;
      }
      objects.push_back(inner.refused() ? *std::move(typed) : *std::move(inner));
    }
    input.set(name, std::move(objects));
  }
  return first;
}

std::optional<Refusal> put(Input& input, Rows& rows, Fields fields, std::string_view name,
                           std::string_view raw) {
  const Field* field = find_field(fields, name);
  std::string value = with_plain_line_ends(showable(raw));
  const bool scalar = field && field->type != FieldType::objects && field->type != FieldType::object;
  auto refusal = scalar ? put_scalar(input, *field, name, std::move(value))
                        : put_in_row(rows, fields, name, std::move(value));
  if (!refusal && !is_clean_text(raw)) return misfit(name, "This text has characters that cannot be kept.");
  return refusal;
}

}  // namespace

Result<Input> input_from_pairs(const Pairs& pairs, Fields fields, std::optional<Input>* typed) {
  Input input;
  Rows rows;
  std::optional<Refusal> first;
  for (const auto& [name, raw] : pairs) {
    auto refusal = is_clean_text(name) ? put(input, rows, fields, name, raw)
                                       : misfit("", "This text has characters that cannot be kept.");
    if (!first) first = std::move(refusal);
  }
  auto refusal = put_rows(input, rows, fields);
  if (!first) first = std::move(refusal);
  if (!first) return input;
  if (typed) *typed = std::move(input);
  return *std::move(first);
}

}  // namespace keepsake::web
