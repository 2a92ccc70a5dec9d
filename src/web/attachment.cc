#include "web/attachment.h"

#include "http/url.h"

namespace keepsake::web {

std::string attachment(std::string_view plain, std::string_view name) {
  std::string said = "attachment; filename=\"" + std::string(plain) + "\"";
  if (!name.empty()) said += "; filename*=UTF-8''" + http::percent_encode(name);
  return said;
}

}  // namespace keepsake::web
