// Heads of requests and chunked bodies, and what is chosen of a response for them.
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/chunk_decoder.h"
#include "http/reply.h"
#include "http/request_parser.h"

namespace {

using namespace keepsake::http;

std::string decode(std::string_view text, std::size_t step) {
  ChunkDecoder decoder;
  std::string content;
  while (!text.empty() && !decoder.done()) {
    const auto taken = decoder.decode(text.substr(0, step));
    if (!taken) return content + " malformed";
    content += taken->data;
    text.remove_prefix(taken->used);
  }
  return content + (decoder.done() ? " done" : "");
}

void answer(const RequestHead& head) {
  Response response;
  response.headers.add("ETag", "\"a\"");
  response.headers.add("Accept-Ranges", "bytes");
  response.body = std::string("0123456789");
  const Selection selection = select(head, response);
  if (selection.offset + selection.length > 10) std::abort();
  std::string out;
  append_head(out, response, selection, "now", {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (decode(text, SIZE_MAX).ends_with("malformed") != decode(text, 1).ends_with("malformed")) std::abort();
  HeadScanner scanner;
  if (scanner.scan(text) != HeadScanner::Found::complete) return 0;
  RequestHead head;
  Framing framing;
  if (parse_head(text.substr(0, scanner.size()), head, framing) == 0) answer(head);
  return 0;
}
