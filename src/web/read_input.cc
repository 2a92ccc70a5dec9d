#include <array>

#include "base/text.h"
#include "http/accept.h"
#include "http/multipart.h"
#include "http/url.h"
#include "web/input.h"

namespace keepsake::web {
namespace {

constexpr std::size_t most_parts = 4096;

Refusal broken() {
  return {Refused::malformed, "The form arrived broken. Please send it once more.", ""};
}

std::string read_all(http::BodySource& body) {
  std::string text;
  std::array<std::byte, 16 * 1024> chunk;
  while (const std::size_t got = body.read(chunk)) text += as_text(std::span(chunk).first(got));
  return text;
}

Result<Input> read_form(http::Request& request, Fields fields, std::optional<Input>* typed) {
  const auto pairs = http::parse_form(read_all(*request.body), most_parts);
  return pairs ? input_from_pairs(*pairs, fields, typed) : Result<Input>(broken());
}

Result<Input> read_parts(http::Request& request, std::string_view boundary, Fields fields,
                         std::uint64_t limit, const TakeFile& take_file, std::optional<Input>* typed) {
  http::MultipartReader parts(*request.body, boundary,
                              {.parts = most_parts, .field_bytes = limit, .fields_bytes = limit});
  Pairs pairs;
  while (const auto part = parts.next()) {
    if (!part->filename) {
      pairs.emplace_back(part->name, parts.text());
    } else if (take_file && !part->filename->empty()) {
      const auto read = [&](std::span<std::byte> into) { return parts.read(into); };
      if (auto refusal = take_file(part->name, *part->filename, read)) return *std::move(refusal);
    }
  }
  return input_from_pairs(pairs, fields, typed);
}

Result<Input> read_by_type(http::Request& request, std::string_view type, Fields fields, std::uint64_t limit,
                           const TakeFile& take_file, std::optional<Input>* typed) {
  const auto boundary = http::multipart_boundary(type);
  if (!boundary || !take_file) request.body->limit(limit);
  if (http::is_media_type(type, "application/json")) return input_from_json(read_all(*request.body), fields);
  if (http::is_media_type(type, "application/x-www-form-urlencoded"))
    return read_form(request, fields, typed);
  if (boundary) return read_parts(request, *boundary, fields, limit, take_file, typed);
  return Refusal{Refused::unsupported, "Send this as a form or as JSON.", ""};
}

PlainForm plain_parts(http::Request& request, std::string_view boundary, std::uint64_t limit) {
  PlainForm form;
  const auto drop = [&](const http::PartHead& head) -> http::FileSink {
    form.had_files = form.had_files || !head.filename->empty();
    return {};
  };
  form.pairs = http::read_multipart(*request.body, boundary, drop,
                                    {.parts = most_parts, .field_bytes = limit, .fields_bytes = limit});
  return form;
}

}  // namespace

std::optional<PlainForm> read_plain_form(http::Request& request, std::uint64_t limit, std::uint64_t whole) {
  const auto type = request.headers.find("Content-Type").value_or("");
  const auto boundary = http::multipart_boundary(type);
  const bool urlencoded = http::is_media_type(type, "application/x-www-form-urlencoded");
  if (!boundary && !urlencoded) return std::nullopt;
  request.body->limit(boundary ? whole : limit);
  try {
    if (boundary) return plain_parts(request, *boundary, limit);
    auto pairs = http::parse_form(read_all(*request.body), most_parts);
    return pairs ? std::optional(PlainForm{*std::move(pairs)}) : std::nullopt;
  } catch (const http::BodyMalformed&) {
    return std::nullopt;
  }
}

Result<Input> read_input(http::Request& request, Fields fields, std::uint64_t limit,
                         const TakeFile& take_file, std::optional<Input>* typed) {
  const auto type = request.headers.find("Content-Type");
  const bool empty = request.body->announced().value_or(0) == 0 && !request.headers.find("Transfer-Encoding");
  if (!type && empty) return Input();
  try {
    return read_by_type(request, type.value_or(""), fields, limit, take_file, typed);
  } catch (const http::BodyMalformed&) {
    return broken();
  }
}

}  // namespace keepsake::web
