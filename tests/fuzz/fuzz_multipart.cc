// Forms with files: whatever the bytes, a form is read or refused; cutting the body otherwise changes
// nothing; and no part holds more than was sent.
#include <optional>
#include <string>

#include "fuzz/targets.h"
#include "http/multipart.h"
#include "support/text_body.h"

namespace keepsake::fuzz {
namespace {

using namespace http;

std::optional<std::string> read(const std::string& text, std::size_t step) try {
  TextBody body(text, step);
  body.limit(UINT64_MAX);
  std::string all;
  std::size_t content = 0;
  const auto open = [&](const PartHead& head) {
    all += head.name + "\n" + *head.filename + "\n" + head.content_type + "\n";
    return [&](ByteView bytes) {
      all += as_text(bytes);
      content += bytes.size();
    };
  };
  for (const auto& [name, value] : read_multipart(body, "b", open)) {
    all += name + "=" + value + "\n";
    content += value.size();
  }
  must(content <= text.size(), "the parts add up to no more than was sent");
  return all;
} catch (const BodyMalformed&) {
  return std::nullopt;
} catch (const BodyTooLarge&) {
  return std::nullopt;
}

}  // namespace

void multipart(ByteView input) {
  const std::string text(as_text(input));
  multipart_boundary(text);
  const auto whole = read(text, SIZE_MAX);
  must(whole == read(text, 3) && whole == read(text, 1), "cuts change nothing");
}

}  // namespace keepsake::fuzz
