#pragma once
// The language of the pages, chosen at the foot of any of them or in the account.
#include "html/languages.h"
#include "person/people.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class LanguagePages {
 public:
  // All outlive this.
  LanguagePages(People& people, const html::Languages& languages, const Respond& respond)
      : people_(people), languages_(languages), respond_(respond) {}

  Result<http::Response> choose(Ask& ask, const Reading& who) const;

 private:
  People& people_;
  const html::Languages& languages_;
  const Respond& respond_;
};

}  // namespace keepsake::web
