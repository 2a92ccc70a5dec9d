#include "html/locale.h"

namespace keepsake::html {

icu::Locale locale_of(std::string_view language) {
  if (language == "en") return icu::Locale("en", "001");
  if (language == "ar") language = "ar-u-nu-arab";
  UErrorCode error = U_ZERO_ERROR;
  const icu::StringPiece tag(language.data(), static_cast<std::int32_t>(language.size()));
  icu::Locale locale = icu::Locale::forLanguageTag(tag, error);
  return U_FAILURE(error) ? icu::Locale::getRoot() : locale;
}

}  // namespace keepsake::html
