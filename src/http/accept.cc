#include "http/accept.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

struct Range {
  std::string_view type;     // "image" or "*"
  std::string_view subtype;  // "webp" or "*"
  int weight;
};

// How a type fares: the weight of the most exact range that matches it, and how exact that is.
struct Fit {
  int weight = 0;
  int exactness = -1;

  bool better_than(const Fit& other) const {
    return weight != other.weight ? weight > other.weight : exactness > other.exactness;
  }
};

std::optional<Range> parse_range(std::string_view text) {
  const auto element = parse_parameterised(text);
  if (!element) return std::nullopt;
  const std::size_t slash = element->value.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const Range range{element->value.substr(0, slash), element->value.substr(slash + 1), weight(*element)};
  if (!is_token(range.type) || !is_token(range.subtype)) return std::nullopt;
  return range;
}

std::vector<Range> parse_ranges(std::string_view accept) {
  std::vector<Range> ranges;
  for (const std::string_view piece : split_list(accept, ',')) {
    if (const auto range = parse_range(piece)) ranges.push_back(*range);
  }
  return ranges;
}

// 0 for "*/*", 1 for "image/*", 2 for the type itself, -1 for no match.
int exactness(const Range& range, std::string_view type, std::string_view subtype) {
  if (range.type == "*") return range.subtype == "*" ? 0 : -1;
  if (!same_name(range.type, type)) return -1;
  if (range.subtype == "*") return 1;
  return same_name(range.subtype, subtype) ? 2 : -1;
}

Fit fit_of(const std::vector<Range>& ranges, std::string_view media_type) {
  const std::size_t slash = media_type.find('/');
  Fit fit;
  for (const Range& range : ranges) {
    const int exact = exactness(range, media_type.substr(0, slash), media_type.substr(slash + 1));
    if (exact > fit.exactness) fit = {range.weight, exact};
  }
  return fit;
}

// Without its last subtag, and without a single letter that introduced it.
std::string_view shortened(std::string_view range) {
  std::size_t end = range.rfind('-');
  if (end == range.npos) return {};
  if (end >= 2 && range[end - 2] == '-') end -= 2;
  return range.substr(0, end);
}

std::optional<std::string_view> look_up(std::string_view range, std::span<const std::string_view> offered) {
  for (; !range.empty(); range = shortened(range)) {
    const auto found =
        std::ranges::find_if(offered, [&](std::string_view tag) { return same_name(tag, range); });
    if (found != offered.end()) return *found;
  }
  return std::nullopt;
}

// "q=0.5", the only parameter that a language range has; 1000 where there is none.
int language_weight(std::string_view parameter) {
  if (parameter.empty()) return 1000;
  return parameter.starts_with("q=") || parameter.starts_with("Q=") ? parse_weight(parameter.substr(2)) : 0;
}

// Takes no memory: a page kept for everyone is found by it on the thread that answers at once.
class LanguageChoice {
 public:
  explicit LanguageChoice(std::span<const std::string_view> offered) : offered_(offered) {}

  void hear(std::string_view ranges) {
    while (!ranges.empty()) {
      const std::size_t end = std::min(ranges.find(','), ranges.size());
      consider(ranges.substr(0, end));
      ranges.remove_prefix(std::min(end + 1, ranges.size()));
    }
  }
  std::optional<std::string_view> best() const { return best_; }

 private:
  void consider(std::string_view element) {
    const std::size_t end = std::min(element.find(';'), element.size());
    const int weight = language_weight(trim(element.substr(std::min(end + 1, element.size()))));
    if (weight <= weight_) return;
    if (const auto found = look_up(trim(element.substr(0, end)), offered_)) {
      best_ = found;
      weight_ = weight;
    }
  }

  const std::span<const std::string_view> offered_;
  std::optional<std::string_view> best_ = {};
  int weight_ = 0;
};

// The second or third subtag, where it is two letters (RFC 5646 2.2.4; of numbered regions nothing is known).
std::string_view region_of(std::string_view range) {
  std::size_t begin = range.find('-');
  for (int place = 0; begin != range.npos && place < 2; ++place) {
    const std::size_t end = std::min(range.find('-', begin + 1), range.size());
    const std::string_view subtag = range.substr(begin + 1, end - begin - 1);
    if (subtag.size() == 2) return subtag;
    begin = end == range.size() ? range.npos : end;
  }
  return {};
}

// Takes no memory either.
class RegionChoice {
 public:
  void hear(std::string_view ranges) {
    while (!ranges.empty()) {
      const std::size_t end = std::min(ranges.find(','), ranges.size());
      consider(ranges.substr(0, end));
      ranges.remove_prefix(std::min(end + 1, ranges.size()));
    }
  }
  std::string_view region() const { return region_; }
  // What is heard from now on counts only for the language heard so far.
  void keep_to_language() {
    kept_ = true;
    weight_ = 0;
  }

 private:
  void consider(std::string_view element) {
    const std::size_t end = std::min(element.find(';'), element.size());
    const int weight = language_weight(trim(element.substr(std::min(end + 1, element.size()))));
    const std::string_view range = trim(element.substr(0, end));
    const std::string_view language = range.substr(0, range.find('-'));
    if (weight <= weight_ || language == "*") return;
    const std::string_view region = region_of(range);
    if (kept_ && (region.empty() || !same_name(language, language_))) return;
    weight_ = weight;
    language_ = language;
    region_ = region;
  }

  std::string_view language_, region_;
  int weight_ = 0;
  bool kept_ = false;
};

template <class Hear>
std::string_view region_heard(const Hear& hear) {
  RegionChoice choice;
  hear(choice);
  if (!choice.region().empty()) return choice.region();
  choice.keep_to_language();
  hear(choice);
  return choice.region();
}

}  // namespace

std::string_view wanted_region(std::string_view accept_language) {
  return region_heard([&](RegionChoice& choice) { choice.hear(accept_language); });
}

std::string_view wanted_region(const Headers& headers) {
  return region_heard([&](RegionChoice& choice) {
    for (const Header& header : headers.all())
      if (same_name(header.name, "Accept-Language")) choice.hear(header.value);
  });
}

std::optional<std::string_view> best_language(std::string_view accept_language,
                                              std::span<const std::string_view> offered) {
  LanguageChoice choice(offered);
  choice.hear(accept_language);
  return choice.best();
}

std::optional<std::string_view> best_language(const Headers& headers,
                                              std::span<const std::string_view> offered) {
  LanguageChoice choice(offered);
  for (const Header& header : headers.all()) {
    if (same_name(header.name, "Accept-Language")) choice.hear(header.value);
  }
  return choice.best();
}

std::optional<std::string_view> best_media_type(std::string_view accept,
                                                std::initializer_list<std::string_view> offered) {
  const std::vector<Range> ranges = parse_ranges(accept);
  std::optional<std::string_view> best;
  Fit best_fit;
  for (const std::string_view media_type : offered) {
    const Fit fit = fit_of(ranges, media_type);
    if (fit.weight == 0 || (best && !fit.better_than(best_fit))) continue;
    best = media_type;
    best_fit = fit;
  }
  return best;
}

std::optional<std::string_view> best_media_type(const Headers& headers,
                                                std::initializer_list<std::string_view> offered) {
  const std::string accept = headers.joined("Accept");
  return best_media_type(accept.empty() ? "*/*" : std::string_view(accept), offered);
}

bool is_media_type(std::string_view content_type, std::string_view media_type) {
  return same_name(trim(content_type.substr(0, content_type.find(';'))), media_type);
}

}  // namespace keepsake::http
