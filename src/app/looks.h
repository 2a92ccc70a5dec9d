#pragma once
// The step beside the first: words and templates, which need no database. Made while the storage is opened.
#include <string_view>

#include "html/languages.h"
#include "html/pages.h"

namespace keepsake::app {

struct Looks {
  // `language`: for readers who ask for none that is here; throws std::runtime_error if it is not here
  // itself.
  explicit Looks(std::string_view language) : languages(language), templates(languages.english()) {}

  const html::Languages languages;
  const html::Pages templates;
};

}  // namespace keepsake::app
