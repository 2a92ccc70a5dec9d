// The one file that sees Boost.Beast, which is slow to compile.
#include "http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

namespace beast = boost::beast;
using BeastField = beast::http::field;
using BeastError = beast::http::error;
using boost::system::error_code;

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::get;
    case beast::http::verb::head:
      return Method::head;
    case beast::http::verb::post:
      return Method::post;
    case beast::http::verb::put:
      return Method::put;
    case beast::http::verb::patch:
      return Method::patch;
    case beast::http::verb::delete_:
      return Method::del;
    case beast::http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

// Beast calls back for each piece of a message; those of a body never come.
class ParserBase : public beast::http::basic_parser<true> {
 protected:
  void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code&) override {
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_field_impl(BeastField, beast::string_view, beast::string_view, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view text, error_code&) override { return text.size(); }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view text, error_code&) override {
    return text.size();
  }
  void on_finish_impl(error_code&) override {}
};

class HeadParser final : public ParserBase {
 public:
  HeadParser(RequestHead& head, std::size_t size) : head_(head) {
    header_limit(static_cast<std::uint32_t>(size + 1));
    body_limit(boost::none);
  }

  bool http11 = false;
  unsigned hosts = 0;
  unsigned lengths = 0;
  unsigned codings = 0;

 private:
  void on_request_impl(beast::http::verb verb, beast::string_view, beast::string_view target, int version,
                       error_code&) override {
    http11 = version == 11;
    head_.method = method_of(verb);
    head_.target = view(target);
  }

  void on_field_impl(BeastField field, beast::string_view name, beast::string_view value,
                     error_code&) override {
    hosts += field == BeastField::host;
    lengths += field == BeastField::content_length;
    codings += field == BeastField::transfer_encoding;
    head_.headers.add(view(name), view(value));
  }

  RequestHead& head_;
};

int status_of(const error_code& error) {
  return error == BeastError::bad_version ? 505 : 400;
}

// Beast takes "5, 5" and a second equal length; nobody honest sends either.
int check_framing(const HeadParser& parser, const RequestHead& head, Framing& framing) {
  if (parser.lengths + parser.codings > 1) return 400;
  if (parser.lengths == 1) {
    framing.length = parse_decimal(*head.headers.find("Content-Length"));
    if (!framing.length) return 400;
  }
  if (parser.codings == 1) {
    if (!framing.http11) return 400;
    if (!same_name(*head.headers.find("Transfer-Encoding"), "chunked")) return 501;
    framing.chunked = true;
  }
  return 0;
}

// RFC 9112 3.2.2: the authority of an absolute-form target stands above Host; here both must be the same.
bool cut_absolute_form(RequestHead& head) {
  const std::size_t scheme =
      ascii_lower(std::string_view(head.target).substr(0, 8)).starts_with("https://") ? 8 : 7;
  if (scheme == 7 && !ascii_lower(std::string_view(head.target).substr(0, 7)).starts_with("http://"))
    return false;
  const std::size_t end = std::min(head.target.find_first_of("/?#", scheme), head.target.size());
  const std::string_view authority = std::string_view(head.target).substr(scheme, end - scheme);
  if (!same_name(authority, head.headers.find("Host").value_or(""))) return false;
  head.target.erase(0, end);
  if (!head.target.starts_with('/')) head.target.insert(0, "/");
  return true;
}

bool accept_target(RequestHead& head) {
  const bool all = head.target == "*" && head.method == Method::options;
  if (!all && !head.target.starts_with('/') && !cut_absolute_form(head)) return false;
  if (head.target.find('#') != std::string::npos) return false;
  const std::string_view target = head.target;
  const std::size_t question = target.find('?');
  head.path = target.substr(0, question);
  head.query = question == target.npos ? std::string_view() : target.substr(question + 1);
  return true;
}

}  // namespace

HeadScanner::Found HeadScanner::scan(std::string_view text) {
  while (line_ < text.size()) {
    const std::size_t end = text.find('\n', line_);
    if (end == text.npos) return Found::incomplete;
    if (end == line_ || text[end - 1] != '\r') return Found::malformed;
    const bool folded = lines_ > 0 && (text[line_] == ' ' || text[line_] == '\t');
    if (folded) return Found::malformed;
    const bool empty = end == line_ + 1;
    line_ = end + 1;
    if (empty && lines_ > 0) return Found::complete;
    ++lines_;
    if (empty) return Found::malformed;
  }
  return Found::incomplete;
}

int parse_head(std::string_view text, RequestHead& head, Framing& framing) {
  HeadParser parser(head, text.size());
  error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(text.data(), text.size()), error);
  if (error) return status_of(error);
  if (!parser.is_header_done() || used != text.size()) return 400;
  framing.http11 = parser.http11;
  framing.keep_alive = parser.keep_alive();
  if (const int status = check_framing(parser, head, framing)) return status;
  if (parser.hosts > 1 || (parser.hosts == 0 && framing.http11)) return 400;
  const auto expect = framing.http11 ? head.headers.find("Expect") : std::nullopt;
  framing.expects_continue = expect && same_name(*expect, "100-continue");
  return accept_target(head) ? 0 : 400;
}

}  // namespace keepsake::http
