#pragma once
// What a story is about, and what a helpline is for: the same ten words.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keepsake {

enum class Topic : std::uint8_t {
  pregnancy_loss,  // of a pregnancy or a baby
  bereavement,
  suicide,  // and every other crisis
  depression,
  anxiety,
  young_people,
  children,
  illness,
  violence,
  parents,
};

// In the order of Topic; what programs and data files write.
inline constexpr std::array<std::string_view, 10> topic_words = {
    "pregnancy-loss", "bereavement", "suicide", "depression", "anxiety",
    "young-people",   "children",    "illness", "violence",   "parents",
};
inline constexpr std::string_view word_of(Topic topic) {
  return topic_words.at(static_cast<std::size_t>(topic));
}
std::optional<Topic> parse_topic(std::string_view word);

// A set of topics.
class Topics {
 public:
  constexpr Topics() = default;
  constexpr Topics(Topic topic) : bits_(bit(topic)) {}

  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool has(Topic topic) const { return (bits_ & bit(topic)) != 0; }
  constexpr void add(Topic topic) { bits_ |= bit(topic); }
  constexpr bool shares(Topics other) const { return (bits_ & other.bits_) != 0; }
  friend constexpr Topics operator|(Topics left, Topics right) {
    left.bits_ |= right.bits_;
    return left;
  }
  friend constexpr bool operator==(Topics, Topics) = default;

  // Calls `take(Topic)` for each, in the order of Topic.
  template <class Take>
  void each(Take&& take) const {
    for (std::size_t i = 0; i < topic_words.size(); ++i)
      if (has(static_cast<Topic>(i))) take(static_cast<Topic>(i));
  }

 private:
  static constexpr std::uint16_t bit(Topic topic) {
    return static_cast<std::uint16_t>(1u << static_cast<unsigned>(topic));
  }
  std::uint16_t bits_ = 0;
};

}  // namespace keepsake
