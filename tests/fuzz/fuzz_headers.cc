// Single headers: cookies, Accept, Accept-Encoding, Accept-Language, Host, those of proxies, and those that
// choose a part of a body.
#include <algorithm>
#include <array>
#include <string_view>

#include "fuzz/targets.h"
#include "http/accept.h"
#include "http/cookie.h"
#include "http/encoding.h"
#include "http/origin.h"
#include "http/reply.h"

namespace keepsake::fuzz {
namespace {

using namespace http;

constexpr std::uint64_t whole = 10;

void check_cookies(std::string_view text) {
  const auto cookies = parse_cookies(text);
  must(cookies.size() <= 64, "at most 64 cookies");
  for (const auto& [name, value] : cookies) set_cookie({.name = "c" + name, .value = value});
}

// Whatever part is asked for lies within the body, and only a 206 is a part.
void check_selection(const char* header, std::string_view text) {
  RequestHead head;
  head.headers.add("Range", "bytes=2-5");
  head.headers.set(header, text);
  Response response;
  response.headers.add("ETag", "\"a\"");
  response.headers.add("Accept-Ranges", "bytes");
  response.body = std::string(whole, 'x');
  const Selection selection = select(head, response);
  must(selection.offset + selection.length <= whole, "a part lies within the body");
  if (selection.status == 200) must(selection.length == whole, "a 200 is the whole");
  if (selection.status == 206) must(selection.length > 0 && selection.size == whole, "a 206 is some part");
  must(selection.status == 200 || selection.status == 206 || selection.status == 304 ||
           selection.status == 416 || selection.status == 412,
       "a known status");
}

void check_language(std::string_view text) {
  constexpr std::array<std::string_view, 3> offered = {"ar", "de", "pt-BR"};
  const auto best = best_language(text, offered);
  must(!best || std::ranges::count(offered, *best) == 1, "a language that is offered");
}

}  // namespace

void headers(ByteView input) {
  const std::string_view text = as_text(input);
  check_cookies(text);
  for (const char* header : {"Range", "If-Range", "If-None-Match"}) check_selection(header, text);
  best_media_type(text, {"text/html", "application/json", "image/webp"});
  is_media_type(text, "text/html");
  best_coding(text);
  check_language(text);
  if (const auto name = host_name(text)) must(host_name(*name) == name, "a host's name is one");
  Headers forwarded;
  forwarded.add(text.size() % 2 ? "Forwarded" : "X-Forwarded-For", text);
  static const AddressBlocks proxies({"10.0.0.0/8"});
  find_origin(forwarded, *parse_address("10.0.0.1"), proxies);
}

}  // namespace keepsake::fuzz
