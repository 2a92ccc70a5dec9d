#pragma once
// A request's body as one tree, whatever it came as: application/json, application/x-www-form-urlencoded or
// multipart/form-data with the same field names. Arrays come as JSON arrays, repeated names or
// `photos.0.caption`; a scalar may not come twice. Text is clean UTF-8 with LF line ends.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "web/fields.h"

namespace keepsake::web {

// The fields that came, by name. A field that did not come, or came as JSON's null, is absent.
class Input {
 public:
  using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>, std::vector<Input>>;

  std::optional<std::string> text(std::string_view name) const { return get<std::string>(name); }
  std::optional<std::int64_t> number(std::string_view name) const { return get<std::int64_t>(name); }
  std::optional<bool> boolean(std::string_view name) const { return get<bool>(name); }
  std::optional<std::vector<std::string>> texts(std::string_view name) const {
    return get<std::vector<std::string>>(name);
  }
  std::optional<std::vector<Input>> objects(std::string_view name) const {
    return get<std::vector<Input>>(name);
  }

  // The one of a field of type `object`.
  std::optional<Input> object(std::string_view name) const {
    const auto one = objects(name);
    return one ? std::optional(one->front()) : std::nullopt;
  }

  std::string text_or_empty(std::string_view name) const { return text(name).value_or(std::string()); }
  bool has(std::string_view name) const { return values_.contains(name); }
  void set(std::string_view name, Value value) {
    values_.insert_or_assign(std::string(name), std::move(value));
  }
  void remove(std::string_view name) {
    if (const auto found = values_.find(name); found != values_.end()) values_.erase(found);
  }
  using Values = std::map<std::string, Value, std::less<>>;
  const Values& values() const { return values_; }

 private:
  template <class T>
  std::optional<T> get(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    const T* value = std::get_if<T>(&found->second);
    return value ? std::optional(*value) : std::nullopt;
  }
  Values values_;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Takes a file part of a multipart body while it arrives: the field's name, the file's as it was sent, and a
// source to be read to its end.
using TakeFile =
    std::function<std::optional<Refusal>(std::string_view field, std::string_view name,
                                         const std::function<std::size_t(std::span<std::byte>)>& read)>;

// Reads the whole body (at most `limit` bytes beside files of a form). Refuses: 415 for another content type,
// 400 for JSON or a form that is broken, 413 past the limit, 422 with the field's name for what does not fit
// `fields`, unknown names among them. What could be read of a form that is refused goes to `typed`, so that
// the form can come back with it.
Result<Input> read_input(http::Request& request, Fields fields, std::uint64_t limit,
                         const TakeFile& take_file = {}, std::optional<Input>* typed = nullptr);

// The fields of a form as they came, files left out, for a form that is not for now: at most `limit` bytes of
// fields in at most `whole` bytes; throws http::BodyTooLarge past either. Nothing for a body that is no form
// or is broken.
struct PlainForm {
  Pairs pairs;
  bool had_files = false;
};
std::optional<PlainForm> read_plain_form(http::Request& request, std::uint64_t limit, std::uint64_t whole);

// The JSON branch alone (web/json_input.cc).
Result<Input> input_from_json(std::string_view text, Fields fields);
// The same as JSON: what input_from_json reads back.
std::string json_text(const Input& input);
// The form branch alone (web/form_input.cc): name-value pairs in the order they came.
Result<Input> input_from_pairs(const Pairs& pairs, Fields fields, std::optional<Input>* typed = nullptr);

}  // namespace keepsake::web
