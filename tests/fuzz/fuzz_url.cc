// Addresses and forms: what is decoded and encoded again decodes to the same.
#include <cstdlib>
#include <string_view>

#include "http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace keepsake::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto decoded = percent_decode(text);
      decoded && percent_decode(percent_encode(*decoded)) != decoded) {
    std::abort();
  }
  if (const auto fields = parse_form(text)) {
    std::string again;
    for (const auto& [name, value] : *fields)
      again += percent_encode(name) + "=" + percent_encode(value) + "&";
    if (parse_form(again) != fields) std::abort();
  }
  path_segments(text);
  return 0;
}
