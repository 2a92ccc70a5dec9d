#include "helpline/suggest.h"

#include "helpline/phrases.h"
#include "helpline/suggest_words.h"

namespace keepsake {

Topics suggest(std::string_view text, std::string_view language) {
  static const PhraseBook book(suggest_words);
  Topics topics;
  if (const Phrases* const phrases = book.of(language))
    phrases->find(TextWords(text),
                  [&](const FoundPhrase& found) { topics.add(static_cast<Topic>(found.what)); });
  return topics;
}

}  // namespace keepsake
