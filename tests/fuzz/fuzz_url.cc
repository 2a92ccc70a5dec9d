// Addresses and forms: what is decoded and encoded again decodes to the same.
#include <string>
#include <string_view>

#include "fuzz/targets.h"
#include "http/url.h"

namespace keepsake::fuzz {
namespace {

using namespace http;

void check_segments(std::string_view text) {
  const auto segments = path_segments(text);
  if (!segments) return;
  std::string again;
  for (const std::string& segment : *segments) {
    must(segment != ".." && segment != "." && segment.find('/') == segment.npos, "no way up");
    again += "/" + percent_encode(segment);
  }
  must(path_segments(again.empty() ? "/" : again) == segments, "a path encodes to itself");
}

}  // namespace

void url(ByteView input) {
  const std::string_view text = as_text(input);
  if (const auto decoded = percent_decode(text))
    must(percent_decode(percent_encode(*decoded)) == decoded, "text encodes to itself");
  if (const auto fields = parse_form(text)) {
    std::string again;
    for (const auto& [name, value] : *fields)
      again += percent_encode(name) + "=" + percent_encode(value) + "&";
    must(parse_form(again) == fields, "a form encodes to itself");
  }
  check_segments(text);
}

}  // namespace keepsake::fuzz
