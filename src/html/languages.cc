#include "html/languages.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/embedded.h"

namespace keepsake::html {

struct Languages::Language {
  Language(std::string_view its_tag, std::string_view its_file)
      : tag(its_tag), file(its_file), called(read_words_head(its_file).called) {}

  const Words& read() const {
    std::call_once(once, [this] { words.emplace(Words::parse(tag, file)); });
    return *words;
  }

  const std::string_view tag, file, called;
  mutable std::once_flag once;
  mutable std::optional<Words> words;
};

Languages::Languages(std::string_view standard) {
  constexpr std::string_view folder = "words/", ending = ".txt";
  for (const EmbeddedFile& file : embedded_files(folder)) {
    if (!file.name.ends_with(ending) || !file.content.starts_with('@')) continue;
    tags_.push_back(file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size()));
    languages_.push_back(std::make_unique<const Language>(tags_.back(), file.content));
  }
  english_ = find("en");
  standard_ = find(standard);
  if (!english_ || !standard_)
    throw std::runtime_error("there are no words in the language " + std::string(standard));
}

Languages::~Languages() = default;

const Languages::Language* Languages::language(std::string_view tag) const {
  const auto found = std::ranges::find(languages_, tag, [](const auto& each) { return each->tag; });
  return found == languages_.end() ? nullptr : found->get();
}

std::string_view Languages::called(std::string_view tag) const {
  const Language* found = language(tag);
  return found ? found->called : std::string_view();
}

const Words* Languages::find(std::string_view tag) const {
  const Language* found = language(tag);
  return found ? &found->read() : nullptr;
}

}  // namespace keepsake::html
