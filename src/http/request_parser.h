#pragma once
// The head of a request (RFC 9112), strictly: what two programs could read differently is refused.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace keepsake::http {

// Looks for the end of a head in what has arrived so far.
class HeadScanner {
 public:
  enum class Found { incomplete, complete, malformed };

  // `text` starts where the head starts and only grows between calls. Malformed: a bare line feed, or a
  // folded line (RFC 9112 2.2, 5.2).
  Found scan(std::string_view text);
  // Once complete: up to and with the empty line.
  std::size_t size() const { return line_; }
  std::size_t lines() const { return lines_; }

 private:
  std::size_t line_ = 0;   // where the line begins whose end is looked for
  std::size_t lines_ = 0;  // complete lines before it
};

// How the message is framed and what the connection does after it.
struct Framing {
  bool http11 = false;
  bool keep_alive = false;
  bool chunked = false;
  bool expects_continue = false;
  std::optional<std::uint64_t> length;  // Content-Length

  bool has_body() const { return chunked || length.value_or(0) > 0; }
};

// Fills method, target, path, query and headers of `head`, which is empty before. `text` is a whole head.
// Returns 0, or the status that says what is wrong: 400, 501 (a transfer coding but chunked), 505. An
// absolute-form target is cut to its path; its authority must then be the one of Host.
int parse_head(std::string_view text, RequestHead& head, Framing& framing);

}  // namespace keepsake::http
