#pragma once
// What of a response is sent to this request: all, a part, or only the news that nothing changed (RFC 9110 13
// and 14).
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace keepsake::http {

struct Selection {
  int status = 200;
  std::uint64_t size = 0;    // of the whole body
  std::uint64_t offset = 0;  // of what is meant, and its length
  std::uint64_t length = 0;
  bool sends_body = true;  // false for HEAD and for a status that has none

  bool partial() const { return status == 206; }
};

std::uint64_t body_size(const Body& body);

// Answers HEAD, Range, If-Range and If-None-Match for a 200 that has ETag and Accept-Ranges; a single range
// only, several are answered by the whole.
Selection select(const RequestHead& request, const Response& response);

// Appends status line and headers with the empty line. Content-Length, Date and Connection are the server's;
// those of the response are left out. Throws std::logic_error for a header with a line break in it.
struct Connectedness {
  bool http11 = true;
  bool keep_alive = true;
  bool tls_from_now_on = false;  // the client is to come by TLS alone, for a year (RFC 6797)
};
void append_head(std::string& out, const Response& response, const Selection& selection,
                 std::string_view date, Connectedness connection);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
std::string http_date(std::int64_t seconds_since_1970);

}  // namespace keepsake::http
