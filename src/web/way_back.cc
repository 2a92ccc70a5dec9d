#include "web/way_back.h"

namespace keepsake::web {

std::string place_of_ours(std::string_view then) {
  const bool path = then.starts_with('/') && !then.starts_with("//") && then.find('\\') == then.npos;
  return path && then.find_first_of("\r\n\t") == then.npos ? std::string(then) : "/";
}

std::string place_before(const http::RequestHead& request) {
  const std::string before(request.headers.find("Referer").value_or(""));
  const std::string ours = std::string(request.secure ? "https://" : "http://") +
                           std::string(request.headers.find("Host").value_or("")) + "/";
  return before.starts_with(ours) ? place_of_ours(before.substr(ours.size() - 1)) : "/";
}

}  // namespace keepsake::web
