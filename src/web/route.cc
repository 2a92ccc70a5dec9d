#include "web/route.h"

#include "base/text.h"
#include "http/url.h"

namespace keepsake::web {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

// "/@{name}" carries its parameter behind a fixed sign.
bool fits(std::string_view pattern, std::string_view segment, std::vector<std::string>* parameters) {
  const bool marked = pattern.starts_with("@{");
  if (!marked && !is_parameter(pattern)) return pattern == segment;
  if (marked && !segment.starts_with('@')) return false;
  const std::string_view raw = marked ? segment.substr(1) : segment;
  auto decoded = http::percent_decode(raw);
  if (!decoded || decoded->empty() || !is_clean_text(*decoded)) return false;
  if (parameters) parameters->push_back(*std::move(decoded));
  return true;
}

bool fits_all(const std::vector<std::string_view>& wanted, const std::vector<std::string_view>& given,
              std::vector<std::string>* parameters) {
  if (wanted.size() != given.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!fits(wanted[i], given[i], parameters)) return false;
  }
  return true;
}

}  // namespace

std::string_view method_name(http::Method method) {
  switch (method) {
    case http::Method::get:
      return "GET";
    case http::Method::head:
      return "HEAD";
    case http::Method::post:
      return "POST";
    case http::Method::put:
      return "PUT";
    case http::Method::patch:
      return "PATCH";
    case http::Method::del:
      return "DELETE";
    case http::Method::options:
      return "OPTIONS";
    case http::Method::other:
      return "OTHER";
  }
  return "OTHER";
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) segments_.push_back(split(route.pattern, '/'));
}

Router::Match Router::find(http::Method method, std::string_view path) const {
  const http::Method wanted = method == http::Method::head ? http::Method::get : method;
  const Segments given = split(path, '/');
  Match match;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const Route& route = routes_[i];
    std::vector<std::string> parameters;
    if (!fits_all(segments_[i], given, &parameters)) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.parameters = std::move(parameters);
      return match;
    }
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += method_name(route.method);
    if (route.method == http::Method::get) match.allow += ", HEAD";
  }
  return match;
}

std::string_view Router::pattern_of(std::string_view path) const {
  const Segments given = split(path, '/');
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (fits_all(segments_[i], given, nullptr)) return routes_[i].pattern;
  }
  return "-";
}

}  // namespace keepsake::web
