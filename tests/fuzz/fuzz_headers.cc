// Single headers: cookies, Accept, Accept-Encoding, Host and those of proxies.
#include <cstdlib>
#include <string_view>

#include "http/accept.h"
#include "http/cookie.h"
#include "http/encoding.h"
#include "http/origin.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace keepsake::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& [name, value] : parse_cookies(text)) set_cookie({.name = "c" + name, .value = value});
  best_media_type(text, {"text/html", "application/json", "image/webp"});
  is_media_type(text, "text/html");
  best_coding(text);
  if (const auto name = host_name(text); name && host_name(*name) != name) std::abort();
  Headers headers;
  headers.add(size % 2 ? "Forwarded" : "X-Forwarded-For", text);
  static const AddressBlocks proxies({"10.0.0.0/8"});
  find_origin(headers, *parse_address("10.0.0.1"), proxies);
  return 0;
}
