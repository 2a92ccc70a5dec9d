#include "web/route.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "http/url.h"

namespace keepsake::web {
namespace {

using Segments = std::vector<std::string_view>;

// "/@{name}" carries its parameter behind a fixed sign.
bool is_marked(std::string_view pattern) {
  return pattern.starts_with("@{");
}

bool is_parameter(std::string_view pattern) {
  return (pattern.starts_with('{') || is_marked(pattern)) && pattern.ends_with('}');
}

bool is_like(std::string_view pattern, std::string_view segment) {
  if (!is_parameter(pattern)) return pattern == segment;
  return !is_marked(pattern) || segment.starts_with('@');
}

// Whether all agree but for what stands in the parameters' places, which costs more to look at.
bool are_like(const Segments& pattern, const Segments& given) {
  return std::ranges::equal(pattern, given, is_like);
}

// The parameters of an address that is like the pattern; absent if one of them is no text.
std::optional<std::vector<std::string>> parameters_in(const Segments& pattern, const Segments& given) {
  std::vector<std::string> parameters;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_parameter(pattern[i])) continue;
    auto decoded = http::percent_decode(given[i].substr(is_marked(pattern[i]) ? 1 : 0));
    if (!decoded || decoded->empty() || !is_clean_text(*decoded)) return std::nullopt;
    parameters.push_back(*std::move(decoded));
  }
  return parameters;
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
    if (!are_like(segments_[i], given)) continue;
    auto parameters = parameters_in(segments_[i], given);
    if (!parameters) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.parameters = *std::move(parameters);
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
    if (are_like(segments_[i], given) && parameters_in(segments_[i], given)) return routes_[i].pattern;
  }
  return "-";
}

}  // namespace keepsake::web
