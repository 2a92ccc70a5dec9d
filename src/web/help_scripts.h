#pragma once
// The two scripts whose address stays the same for ever: GET /help/embed.js, which pages of others name, and
// GET /help/worker.js, which keeps the page of helplines for when there is no network.
#include <memory>

#include "html/languages.h"
#include "http/message.h"

namespace keepsake::web {

// Made and compressed once; null for any other path. Fit for an I/O thread.
std::shared_ptr<const http::Response> find_help_script(const http::RequestHead& request,
                                                       const html::Languages& languages);

}  // namespace keepsake::web
