#include "http/reply.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <stdexcept>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

struct Reason {
  int status;
  std::string_view words;
};

constexpr Reason reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {460, "Checksum Mismatch"},  // tus 1.0.0
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

std::string_view reason(int status) {
  const auto found = std::ranges::find(reasons, status, &Reason::status);
  return found == std::end(reasons) ? std::string_view() : found->words;
}

// The opaque part of an entity tag, for the weak comparison (RFC 9110 8.8.3.2).
std::string_view opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

bool none_match_hits(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  const auto same = [etag](std::string_view tag) { return opaque(tag) == opaque(etag); };
  return std::ranges::any_of(split_list(list, ','), same);
}

// If-Range compares strongly (13.1.5); a date never fits, since no Last-Modified is relied upon.
bool if_range_allows(const Headers& headers, std::string_view etag) {
  const auto condition = headers.find("If-Range");
  return !condition || (*condition == etag && !etag.starts_with("W/"));
}

struct ByteRange {
  enum class Kind { none, satisfiable, unsatisfiable } kind = Kind::none;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

ByteRange suffix_range(std::string_view digits, std::uint64_t size) {
  const auto wanted = parse_decimal(digits);
  if (!wanted) return {};
  const std::uint64_t length = std::min(*wanted, size);
  if (length == 0) return {ByteRange::Kind::unsatisfiable};
  return {ByteRange::Kind::satisfiable, size - length, length};
}

// "bytes=0-499", "bytes=500-" or "bytes=-500" (14.1.2). Kind none: to be ignored.
ByteRange parse_range(std::string_view text, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (text.size() <= unit.size() || !same_name(text.substr(0, unit.size()), unit)) return {};
  const std::string_view spec = trim(text.substr(unit.size()));
  const std::size_t dash = spec.find('-');
  if (dash == spec.npos) return {};
  if (dash == 0) return suffix_range(spec.substr(1), size);
  const auto first = parse_decimal(spec.substr(0, dash));
  const std::string_view end = spec.substr(dash + 1);
  const auto last = end.empty() ? std::optional(UINT64_MAX) : parse_decimal(end);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {ByteRange::Kind::unsatisfiable};
  return {ByteRange::Kind::satisfiable, *first, std::min(*last, size - 1) - *first + 1};
}

void select_range(const RequestHead& request, const Response& response, std::string_view etag,
                  Selection& selection) {
  if (request.method != Method::get) return;
  const auto wanted = request.headers.find("Range");
  if (!wanted) return;
  const auto accepted = response.headers.find("Accept-Ranges");
  if (!accepted || *accepted != "bytes" || !if_range_allows(request.headers, etag)) return;
  const ByteRange range = parse_range(*wanted, selection.size);
  if (range.kind == ByteRange::Kind::none) return;
  const bool satisfiable = range.kind == ByteRange::Kind::satisfiable;
  selection.status = satisfiable ? 206 : 416;
  selection.offset = range.offset;
  selection.length = range.length;
}

bool has_no_body(int status) {
  return status < 200 || status == 204 || status == 304;
}

bool is_of_the_server(std::string_view name) {
  return same_name(name, "Content-Length") || same_name(name, "Date") || same_name(name, "Connection") ||
         same_name(name, "Transfer-Encoding") || same_name(name, "Keep-Alive");
}

// What describes a body that is not there.
bool describes_body(std::string_view name) {
  return (name.size() > 8 && same_name(name.substr(0, 8), "Content-") &&
          !same_name(name, "Content-Location") && !same_name(name, "Content-Security-Policy")) ||
         same_name(name, "Last-Modified") || same_name(name, "Accept-Ranges");
}

bool breaks_lines(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  if (breaks_lines(name) || breaks_lines(value)) throw std::logic_error("a header with a line break");
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void append_content_range(std::string& out, const Selection& selection) {
  out += "Content-Range: bytes ";
  if (selection.partial()) {
    append_number(out, selection.offset);
    out += '-';
    append_number(out, selection.offset + selection.length - 1);
  } else {
    out += '*';
  }
  out += '/';
  append_number(out, selection.size);
  out += "\r\n";
}

}  // namespace

std::uint64_t body_size(const Body& body) {
  if (const auto* text = std::get_if<std::string>(&body)) return text->size();
  if (const auto* shared = std::get_if<SharedText>(&body)) return *shared ? (*shared)->size() : 0;
  if (const auto* file = std::get_if<SharedFile>(&body)) return *file ? (*file)->size : 0;
  if (const auto* stream = std::get_if<std::unique_ptr<BodyStream>>(&body))
    return *stream ? (*stream)->size() : 0;
  return 0;
}

Selection select(const RequestHead& request, const Response& response) {
  const std::uint64_t size = body_size(response.body);
  Selection selection{response.status, size, 0, size};
  const bool reads = request.method == Method::get || request.method == Method::head;
  if (response.status == 200 && reads) {
    const std::string_view etag = response.headers.find("ETag").value_or("");
    const auto none_match = request.headers.find("If-None-Match");
    if (none_match && !etag.empty() && none_match_hits(*none_match, etag)) {
      selection.status = 304;
    } else {
      select_range(request, response, etag, selection);
    }
  }
  if (has_no_body(selection.status)) selection.length = 0;
  selection.sends_body = request.method != Method::head && selection.length > 0;
  return selection;
}

void append_head(std::string& out, const Response& response, const Selection& selection,
                 std::string_view date, Connectedness connection) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(selection.status));
  out += ' ';
  out += reason(selection.status);
  out += "\r\nDate: ";
  out += date;
  out += "\r\n";
  if (!has_no_body(selection.status)) {
    out += "Content-Length: ";
    append_number(out, selection.length);
    out += "\r\n";
  }
  if (selection.status == 206 || selection.status == 416) append_content_range(out, selection);
  const bool bodiless = selection.status == 304 || selection.status == 416;
  for (const Header& header : response.headers.all()) {
    if (is_of_the_server(header.name) || (bodiless && describes_body(header.name))) continue;
    append_line(out, header.name, header.value);
  }
  if (connection.tls_from_now_on) out += "Strict-Transport-Security: max-age=31536000\r\n";
  if (!connection.keep_alive) {
    out += "Connection: close\r\n";
  } else if (!connection.http11) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

std::string http_date(std::int64_t seconds_since_1970) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t time = seconds_since_1970;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT",
                                 days[parts.tm_wday], parts.tm_mday, months[parts.tm_mon],
                                 parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace keepsake::http
