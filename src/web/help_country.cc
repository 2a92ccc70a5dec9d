#include "web/help_country.h"

#include <algorithm>

#include "helpline/country.h"
#include "helpline/directory.h"
#include "http/accept.h"
#include "http/cookie.h"

namespace keepsake::web {

std::string country_of(const http::RequestHead& request, std::string_view hosts) {
  if (const auto kept = http::find_cookie(request.headers, country_cookie);
      kept && (is_country(*kept) || *kept == anywhere))
    return *kept;
  return country_by_language(request, hosts);
}

std::string country_by_language(const http::RequestHead& request, std::string_view hosts) {
  std::string region(http::wanted_region(request.headers));
  std::ranges::transform(region, region.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (is_country(region)) return region;
  return std::string(is_country(hosts) ? hosts : anywhere);
}

}  // namespace keepsake::web
