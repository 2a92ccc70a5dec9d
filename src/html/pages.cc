#include "html/pages.h"

#include <cstring>  // ctemplate's headers use it without saying so

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>

#include <optional>
#include <vector>

#include "base/embedded.h"
#include "base/log.h"
#include "html/assets.h"
#include "html/filling.h"
#include "html/template_text.h"

namespace keepsake::html {
namespace {

constexpr std::string_view layout = "layout/page.html";

std::map<std::string, std::string> embedded_templates() {
  constexpr std::string_view folder = "templates/";
  std::map<std::string, std::string> files;
  for (const EmbeddedFile& file : embedded_files(folder)) {
    if (file.name.ends_with(".html")) files.emplace(file.name.substr(folder.size()), file.content);
  }
  return files;
}

// "keepsake_css" -> "keepsake.css": an asset's name has one point, before its ending.
std::optional<std::string> asset_named(std::string_view name) {
  std::string file(name);
  const std::size_t last = file.rfind('_');
  if (last != std::string::npos) file[last] = '.';
  return asset_address(file);
}

std::optional<std::string> known_name(std::string_view name) {
  if (!name.starts_with("asset_")) return std::nullopt;
  auto address = asset_named(name.substr(6));
  if (!address) throw std::runtime_error("there is no " + std::string(name));
  return address;
}

// Throws std::runtime_error if the template says what the words do not have, or what has places to fill.
void check_words(const std::string& name, const TemplateText& read, const Words& words) {
  try {
    for (const std::string& id : read.words) words.plain(id);
  } catch (const std::logic_error& error) {
    throw std::runtime_error("template " + name + ": " + error.what());
  }
}

ctemplate::TemplateString borrowed(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

struct Pages::Loaded {
  struct Word {
    std::string id, name;  // "sign_in", "w_sign_in"
  };
  TemplateScope scope;
  std::vector<Word> words;
  std::unique_ptr<ctemplate::Template> form;
};

Pages::Pages(const Words& words, OnMismatch on_mismatch) : Pages(words, embedded_templates(), on_mismatch) {}

Pages::Pages(const Words& words, const std::map<std::string, std::string>& templates, OnMismatch on_mismatch)
    : on_mismatch_(on_mismatch) {
  const TemplateFiles files(templates.begin(), templates.end());
  for (const auto& [name, text] : files) {
    const bool page = name.starts_with("pages/");
    if (!page && !name.starts_with("parts/")) continue;
    TemplateText read = read_template(files, page ? layout : name, page ? name : "", known_name);
    check_words(name, read, words);
    auto loaded = std::make_unique<Loaded>();
    loaded->scope = std::move(read.scope);
    for (const std::string& id : read.words) loaded->words.push_back({id, "w_" + id});
    loaded->form.reset(ctemplate::Template::StringToTemplate(read.text, ctemplate::STRIP_BLANK_LINES));
    if (!loaded->form) throw std::runtime_error("template " + name + " cannot be read");
    loaded_.emplace(name.substr(0, name.rfind(".html")), std::move(loaded));
  }
}

Pages::~Pages() = default;

const Pages::Loaded& Pages::loaded(std::string_view key) const {
  const auto found = loaded_.find(key);
  if (found == loaded_.end()) throw std::logic_error("there is no template " + std::string(key));
  return *found->second;
}

std::string Pages::render(std::string_view page, const Values& values, const Words& words) const {
  return expand(loaded("pages/" + std::string(page)), values, words);
}

SafeHtml Pages::render_part(std::string_view part, const Values& values, const Words& words) const {
  SafeWriter writer;
  writer.text_ = expand(loaded("parts/" + std::string(part)), values, words);
  return writer.finish();
}

std::string Pages::expand(const Loaded& page, const Values& values, const Words& words) const {
  if (const auto mismatch = Filling::mismatch(page.scope, values)) {
    if (on_mismatch_ == OnMismatch::raise) throw TemplateMismatch(*mismatch);
    log_error("template and values differ", {{"where", std::string_view(*mismatch)}});
  }
  ctemplate::TemplateDictionary dictionary("page");
  for (const Loaded::Word& word : page.words)
    dictionary.SetValueWithoutCopy(borrowed(word.name), borrowed(words.plain(word.id)));
  dictionary.SetValueWithoutCopy("LANG", borrowed(words.language()));
  dictionary.SetValueWithoutCopy("DIR", borrowed(words.direction()));
  Filling::fill(dictionary, values);
  std::string text;
  page.form->Expand(&text, &dictionary);
  return text;
}

}  // namespace keepsake::html
