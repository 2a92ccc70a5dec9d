#include "html/template_text.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text.h"
#include "html/html_place.h"
#include "html/safe_html.h"

namespace keepsake::html {
namespace {

constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr int deepest_include = 8;

struct Marker {
  std::string_view before;  // the text since the last marker
  std::string_view inside;  // without the braces; empty at the end
};

Marker next_marker(std::string_view& rest) {
  const std::size_t begin = rest.find("{{");
  const std::size_t end = begin == std::string_view::npos ? begin : rest.find("}}", begin);
  if (begin == std::string_view::npos) return {std::exchange(rest, {}), {}};
  if (end == std::string_view::npos || end == begin + 2) throw std::runtime_error("a marker is cut short");
  const Marker marker{rest.substr(0, begin), rest.substr(begin + 2, end - begin - 2)};
  rest.remove_prefix(end + 2);
  return marker;
}

const std::string& file_of(const TemplateFiles& files, const std::string& name) {
  const auto found = files.find(name);
  if (found == files.end()) throw std::runtime_error("there is no such template: " + name);
  return found->second;
}

// The file with everything it includes, without pragma and comments.
std::string with_includes(const TemplateFiles& files, const std::string& name, std::string_view content,
                          int depth) {
  std::string_view rest = file_of(files, name);
  if (!rest.starts_with(pragma))
    throw std::runtime_error(name + " does not begin with " + std::string(pragma));
  if (depth > deepest_include) throw std::runtime_error(name + " includes itself");
  rest.remove_prefix(pragma.size());
  std::string whole;
  while (!rest.empty()) {
    const Marker marker = next_marker(rest);
    whole += marker.before;
    if (marker.inside.empty() || marker.inside.front() == '!') continue;
    if (marker.inside.front() != '>') {
      whole.append("{{").append(marker.inside).append("}}");
    } else if (marker.inside == ">content") {
      whole += with_includes(files, std::string(content), {}, depth + 1);
    } else {
      whole += with_includes(files, "parts/" + std::string(marker.inside.substr(1)) + ".html", {}, depth + 1);
    }
  }
  return whole;
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

class Reading {
 public:
  Reading(std::string_view text, const KnownName& known) : rest_(text), known_(known) {}

  TemplateText read() {
    read_.text = pragma;
    open_.push_back({"", &read_.scope});
    while (!rest_.empty()) {
      const Marker marker = next_marker(rest_);
      place_.pass(marker.before);
      read_.text += marker.before;
      if (!marker.inside.empty()) take(marker.inside);
    }
    if (open_.size() != 1) throw std::runtime_error("section " + open_.back().name + " is not closed");
    return std::move(read_);
  }

 private:
  struct Open {
    std::string name;
    TemplateScope* scope;
  };

  void take(std::string_view inside) {
    switch (inside.front()) {
      case '#':
        return open(inside.substr(1), inside);
      case '/':
        return close(inside.substr(1), inside);
      default:
        return value(inside);
    }
  }

  void open(std::string_view name, std::string_view inside) {
    if (!is_name(name)) throw std::runtime_error("no name of a section: " + std::string(inside));
    TemplateScope& scope = open_.back().scope->sections[std::string(name)];
    open_.push_back({std::string(name), &scope});
    put(inside);
  }

  void close(std::string_view name, std::string_view inside) {
    if (open_.size() == 1 || open_.back().name != name)
      throw std::runtime_error("section " + std::string(name) + " is closed but not open");
    open_.pop_back();
    put(inside);
  }

  void value(std::string_view inside) {
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const std::string_view how = colon == std::string_view::npos ? "" : inside.substr(colon + 1);
    if (!is_name(name)) throw std::runtime_error("no name of a value: " + std::string(inside));
    if (const auto text = known_(name)) {
      read_.text += escape(*text).text();
      return;
    }
    const std::string_view modifier = place_.modifier(name, how);
    auto& scope = *open_.back().scope;
    if (name.starts_with("w_")) {
      if (how == "none") throw std::runtime_error(std::string(name) + " is text, not markup");
      read_.words.emplace(name.substr(2));
    } else if (name != "LANG" && name != "DIR") {
      (how == "none" ? scope.htmls : scope.texts).emplace(name);
    }
    put(std::string(name).append(modifier.empty() ? "" : ":").append(modifier));
  }

  void put(std::string_view inside) { read_.text.append("{{").append(inside).append("}}"); }

  std::string_view rest_;
  const KnownName& known_;
  HtmlPlace place_;
  TemplateText read_;
  std::vector<Open> open_;
};

}  // namespace

TemplateText read_template(const TemplateFiles& files, std::string_view name, std::string_view content,
                           const KnownName& known) {
  try {
    const std::string whole = with_includes(files, std::string(name), content, 0);
    return Reading(whole, known).read();
  } catch (const std::runtime_error& error) {
    throw std::runtime_error("template " + std::string(content.empty() ? name : content) + ": " +
                             error.what());
  }
}

}  // namespace keepsake::html
