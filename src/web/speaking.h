#pragma once
// The language in which a request is answered: what the signed-in person chose, else what the browser was
// told to keep (a cookie), else what it asks for (Accept-Language), else the instance's own.
#include <string>
#include <string_view>

#include "base/result.h"
#include "html/languages.h"
#include "http/message.h"

namespace keepsake::web {

inline constexpr std::string_view language_cookie = "__Host-language";

// The tag for a request about whose person nothing is known; reads nothing.
std::string_view language_of(const html::Languages& languages, const http::RequestHead& request);

// The thread that makes one speaks to whoever made the request until it ends, and where a handler waits for
// the disk, so does the thread that goes on with it (Carried of base/later.h): the language need not be
// handed through every page. (POSIX has uselocale(3) for the same reason.) Other threads, and closures given
// to the database, speak English.
class Speaking {
 public:
  // Both outlive this.
  Speaking(const html::Languages& languages, const http::RequestHead& request);
  ~Speaking();
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;

  // What this thread speaks; null outside.
  static const Speaking* now();
  // From here on in the language that the person chose; a tag that is not here changes nothing.
  static void prefer(std::string_view tag);

  const html::Words& words() const { return *words_; }
  const html::Languages& languages() const { return languages_; }
  const http::RequestHead& request() const { return request_; }

 private:
  const html::Languages& languages_;
  const http::RequestHead& request_;
  const html::Words* words_;
  void* const before_;
};

// The refusal's sentence in the language spoken now, or in English where the catalogue does not know it.
std::string spoken(const Refusal& refusal);

}  // namespace keepsake::web
