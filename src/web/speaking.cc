#include "web/speaking.h"

#include <algorithm>

#include "base/later.h"
#include "base/text.h"
#include "http/accept.h"
#include "http/cookie.h"

namespace keepsake::web {
namespace {

Speaking* speaking() {
  return static_cast<Speaking*>(Carried::now);
}

}  // namespace

std::string_view language_of(const html::Languages& languages, const http::RequestHead& request) {
  const auto tags = languages.tags();
  if (const auto kept = http::find_cookie(request.headers, language_cookie)) {
    const auto found = std::ranges::find(tags, *kept);
    if (found != tags.end()) return *found;
  }
  return http::best_language(request.headers, tags).value_or(languages.standard().language());
}

Speaking::Speaking(const html::Languages& languages, const http::RequestHead& request)
    : languages_(languages),
      request_(request),
      words_(languages.find(language_of(languages, request))),
      before_(Carried::now) {
  Carried::now = this;
}

Speaking::~Speaking() {
  Carried::now = before_;
}

const Speaking* Speaking::now() {
  return speaking();
}

void Speaking::prefer(std::string_view tag) {
  Speaking* const now = speaking();
  if (!now) return;
  if (const html::Words* words = now->languages_.find(tag)) now->words_ = words;
}

std::string spoken(const Refusal& refusal) {
  const Speaking* const now = Speaking::now();
  if (!now) return refusal.sentence;
  const html::Words& words = now->words();
  if (!refusal.phrase.id.empty()) return words.say(refusal.phrase.id, {{"number", refusal.phrase.number}});
  const html::Words& english = now->languages().english();
  if (&words == &english) return refusal.sentence;
  const auto id = english.id_of(refusal.sentence);
  return id ? words.say(*id) : refusal.sentence;
}

}  // namespace keepsake::web
