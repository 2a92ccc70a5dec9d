// Heads of requests and chunked bodies, and what is chosen of a response for them.
#include <string>
#include <string_view>

#include "fuzz/targets.h"
#include "http/chunk_decoder.h"
#include "http/reply.h"
#include "http/request_parser.h"

namespace keepsake::fuzz {
namespace {

using namespace http;

std::string decode(std::string_view text, std::size_t step) {
  ChunkDecoder decoder;
  std::string content;
  std::size_t used = 0;
  while (used < text.size() && !decoder.done()) {
    const auto taken = decoder.decode(text.substr(used, step));
    if (!taken) return "malformed";
    content += taken->data;
    used += taken->used;
  }
  must(content.size() <= text.size(), "a body is no longer than its chunks");
  return content + (decoder.done() ? " done " + std::to_string(used) : "");
}

void answer(const RequestHead& head) {
  Response response;
  response.headers.add("ETag", "\"a\"");
  response.headers.add("Accept-Ranges", "bytes");
  response.body = std::string("0123456789");
  const Selection selection = select(head, response);
  must(selection.offset + selection.length <= 10, "a part lies within the body");
  std::string out;
  append_head(out, response, selection, "now", {});
  must(out.ends_with("\r\n\r\n") && out.find("\r\n\r\n") == out.size() - 4, "one head and no more");
}

// The head as it was understood, written out by the book, is understood the same.
void check_again(const RequestHead& head, std::string_view method) {
  std::string text = std::string(method) + " " + head.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : head.headers.all()) text += name + ": " + value + "\r\n";
  text += "\r\n";
  RequestHead again;
  Framing framing;
  must(parse_head(text, again, framing) == 0, "what was understood is well-formed");
  must(again.target == head.target && again.path == head.path && again.query == head.query,
       "the same address");
  must(again.headers.all().size() == head.headers.all().size(), "the same headers");
}

}  // namespace

void request(ByteView input) {
  const std::string_view text = as_text(input);
  must(decode(text, SIZE_MAX) == decode(text, 1), "cuts change nothing");
  HeadScanner scanner;
  if (scanner.scan(text) != HeadScanner::Found::complete) return;
  RequestHead head;
  Framing framing;
  if (parse_head(text.substr(0, scanner.size()), head, framing) != 0) return;
  must(!framing.chunked || !framing.length, "one length of a body");
  answer(head);
  if (framing.http11) check_again(head, text.substr(0, text.find(' ')));
}

}  // namespace keepsake::fuzz
