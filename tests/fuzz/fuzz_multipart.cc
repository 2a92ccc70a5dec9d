// Forms: whatever the bytes, a form is read or refused, and cutting the body otherwise changes nothing.
#include <cstdlib>
#include <optional>
#include <string>

#include "http/multipart.h"
#include "support/text_body.h"

namespace {

using namespace keepsake::http;

std::optional<std::string> read(const std::string& text, std::size_t step) try {
  TextBody body(text, step);
  body.limit(UINT64_MAX);
  std::string all;
  const auto open = [&all](const PartHead& head) {
    all += head.name + "\n" + *head.filename + "\n" + head.content_type + "\n";
    return [&all](keepsake::ByteView bytes) { all += keepsake::as_text(bytes); };
  };
  for (const auto& [name, value] : read_multipart(body, "b", open)) all += name + "=" + value + "\n";
  return all;
} catch (const BodyMalformed&) {
  return std::nullopt;
} catch (const BodyTooLarge&) {
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  multipart_boundary(text);
  if (read(text, SIZE_MAX) != read(text, 3)) std::abort();
  return 0;
}
