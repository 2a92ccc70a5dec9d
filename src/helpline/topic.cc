#include "helpline/topic.h"

#include <algorithm>

namespace keepsake {

std::optional<Topic> parse_topic(std::string_view word) {
  const auto found = std::ranges::find(topic_words, word);
  if (found == topic_words.end()) return std::nullopt;
  return static_cast<Topic>(found - topic_words.begin());
}

}  // namespace keepsake
