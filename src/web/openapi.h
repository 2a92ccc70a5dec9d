#pragma once
#include <string>
#include <vector>

#include "web/route.h"

namespace keepsake::web {

// The routes as an OpenAPI 3.1 document (JSON), for those who write programs.
std::string openapi_document(const std::vector<Route>& routes, std::string_view version);

}  // namespace keepsake::web
