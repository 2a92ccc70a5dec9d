#include "html/words.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"

namespace keepsake::html {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// The placeholders of a text in order; throws if a brace stands alone.
std::vector<std::string_view> placeholders(std::string_view text) {
  std::vector<std::string_view> names;
  for (;;) {
    const std::size_t brace = text.find_first_of("{}");
    if (brace == std::string_view::npos) return names;
    const std::size_t end = text.find('}', brace);
    if (text[brace] == '}' || end == std::string_view::npos ||
        !is_name(text.substr(brace + 1, end - brace - 1)))
      throw std::runtime_error("a brace without a placeholder: " + std::string(text));
    names.push_back(text.substr(brace + 1, end - brace - 1));
    text.remove_prefix(end + 1);
  }
}

std::string_view value_of(std::string_view name, std::initializer_list<Words::Filled> filled,
                          std::string_view id) {
  for (const Words::Filled& each : filled) {
    if (each.name == name) return each.value;
  }
  throw std::logic_error("words " + std::string(id) + ": {" + std::string(name) + "} is not filled");
}

}  // namespace

Words Words::load(std::string_view language) {
  const auto file = embedded_file("words/" + std::string(language) + ".txt");
  if (!file) throw std::runtime_error("no words for " + std::string(language));
  return parse(language, *file);
}

Words Words::parse(std::string_view language, std::string_view file) {
  Words words;
  words.language_ = language;
  for (const std::string_view whole : split(file, '\n')) {
    const std::string_view line = trim(whole);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t sign = line.find('=');
    const std::string_view id = trim(line.substr(0, sign));
    if (sign == std::string_view::npos || !is_name(id) || !is_clean_text(line))
      throw std::runtime_error("words: not `id = text`: " + std::string(line));
    const std::string_view text = trim(line.substr(sign + 1));
    placeholders(text);
    if (!words.texts_.emplace(id, text).second) throw std::runtime_error("words: twice: " + std::string(id));
  }
  return words;
}

std::string Words::say(std::string_view id, std::initializer_list<Filled> filled) const {
  const auto found = texts_.find(id);
  if (found == texts_.end()) throw std::logic_error("no words for the id " + std::string(id));
  const std::string& text = found->second;
  const auto names = placeholders(text);
  for (const Filled& each : filled) {
    if (std::find(names.begin(), names.end(), each.name) == names.end())
      throw std::logic_error("words " + std::string(id) + " have no {" + std::string(each.name) + "}");
  }
  std::string said;
  std::size_t from = 0;
  for (const std::string_view name : names) {
    const auto at = static_cast<std::size_t>(name.data() - text.data());
    said.append(text, from, at - 1 - from).append(value_of(name, filled, id));
    from = at + name.size() + 1;
  }
  return said.append(text, from);
}

std::string_view direction_of(std::string_view language) {
  constexpr std::array<std::string_view, 10> right_to_left = {"ar", "ckb", "dv", "fa", "he",
                                                              "ps", "sd",  "ug", "ur", "yi"};
  const std::string_view primary = language.substr(0, language.find('-'));
  const bool right = std::find(right_to_left.begin(), right_to_left.end(), primary) != right_to_left.end();
  return right ? "rtl" : "ltr";
}

std::string_view Words::direction() const {
  return direction_of(language_);
}

}  // namespace keepsake::html
