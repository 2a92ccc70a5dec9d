#pragma once
// Content codings (RFC 9110 8.4.1, RFC 7932) for what may be compressed: files and public pages, never a
// response with a secret in it (BREACH).
#include <string>
#include <string_view>

#include "http/message.h"

namespace keepsake::http {

enum class Coding { identity, gzip, brotli };

// The name for Content-Encoding: "identity", "gzip", "br".
std::string_view coding_name(Coding coding);

// The coding that the Accept-Encoding headers weigh highest (12.5.3); of equals brotli before gzip before
// identity. Identity where there is no such header or nothing else is wanted.
Coding best_coding(const Headers& headers);
Coding best_coding(std::string_view accept_encoding);

enum class Effort { quick, thorough };  // for a page made now; for a file compressed once

// The whole of `text`, compressed. Throws std::bad_alloc or std::runtime_error if the library fails.
std::string gzip(std::string_view text, Effort effort = Effort::thorough);
std::string brotli(std::string_view text, Effort effort = Effort::thorough);
std::string encode(std::string_view text, Coding coding, Effort effort = Effort::thorough);

}  // namespace keepsake::http
