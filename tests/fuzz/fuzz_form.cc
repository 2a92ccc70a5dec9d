// The fields of a story, as a form sends them: the same whether they come URL-encoded, in parts or as JSON,
// and however the body is cut.
#include <algorithm>
#include <string>

#include "fuzz/targets.h"
#include "fuzz/web_input.h"
#include "http/url.h"
#include "support/text_body.h"

namespace keepsake::fuzz {
namespace {

constexpr std::uint64_t limit = 1 << 20;
constexpr std::string_view boundary = "----between-the-parts-of-this-form";

std::string read(const std::string& text, std::string_view type, std::size_t step) {
  http::TextBody body(text, step);
  http::Request request;
  request.method = http::Method::post;
  request.headers.add("Content-Type", type);
  request.body = &body;
  std::optional<web::Input> typed;
  const auto input = web::read_input(request, web::story_fields, limit, {}, &typed);
  must(!typed || input.refused(), "what was typed comes back with a refusal alone");
  if (typed) written(*typed);
  return written(input);
}

bool plain_name(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.0123456789") == name.npos;
}

// None where a name could not stand in a part's head as it is.
std::optional<std::string> in_parts(const http::Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!plain_name(name) || value.find(boundary) != value.npos) return std::nullopt;
    text +=
        "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    text += value + "\r\n";
  }
  return text + "--" + std::string(boundary) + "--\r\n";
}

}  // namespace

void form(ByteView input) {
  const std::string text(as_text(input));
  const std::string encoded = "application/x-www-form-urlencoded";
  const std::string whole = read(text, encoded, SIZE_MAX);
  must(whole == read(text, encoded, 3), "cuts change nothing");
  if (!whole.starts_with("refused"))
    must(written(web::input_from_json(whole, web::story_fields)) == whole, "as JSON it is the same");
  const auto fields = http::parse_form(text, 4096);
  const auto parts = fields ? in_parts(*fields) : std::nullopt;
  if (!parts || fields->empty()) return;
  const std::string type = "multipart/form-data; boundary=" + std::string(boundary);
  must(read(*parts, type, 7) == whole, "in parts it is the same");
}

}  // namespace keepsake::fuzz
