#include "blobs/recovery_phrase.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"

namespace keepsake::blobs {
namespace {

constexpr std::size_t word_count = 24, word_bits = 11;
// The secret and, after it, the first eight bits of its SHA-256.
using Checked = std::array<std::byte, 33>;

const std::vector<std::string_view>& word_list() {
  static const std::vector<std::string_view> words = [] {
    const auto text = embedded_file("words/recovery_english.txt");
    if (!text) throw std::logic_error("the list of recovery words is missing");
    return split(trim(*text), '\n');
  }();
  return words;
}

Checked with_checksum(const Digest& secret) {
  Checked checked;
  std::copy(secret.begin(), secret.end(), checked.begin());
  checked.back() = sha256(ByteView(secret))[0];
  return checked;
}

bool bit(const Checked& bytes, std::size_t at) {
  return (bytes[at / 8] >> (7 - at % 8) & std::byte{1}) != std::byte{0};
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream(ascii_lower(text.substr(0, 1000)));
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// The place of a word on the list, which is sorted.
std::optional<std::size_t> place_of(const std::string& word) {
  const auto& list = word_list();
  const auto found = std::lower_bound(list.begin(), list.end(), word);
  if (found == list.end() || *found != word) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

}  // namespace

std::vector<std::string> recovery_phrase(const Digest& secret) {
  const Checked checked = with_checksum(secret);
  std::vector<std::string> phrase;
  for (std::size_t word = 0; word < word_count; ++word) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < word_bits; ++i) place = place << 1 | bit(checked, word * word_bits + i);
    phrase.emplace_back(word_list()[place]);
  }
  return phrase;
}

std::optional<Digest> read_recovery_phrase(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  if (words.size() != word_count) return std::nullopt;
  Checked checked{};
  for (std::size_t word = 0; word < word_count; ++word) {
    const auto place = place_of(words[word]);
    if (!place) return std::nullopt;
    for (std::size_t i = 0; i < word_bits; ++i) {
      const std::size_t at = word * word_bits + i;
      if (*place >> (word_bits - 1 - i) & 1) checked[at / 8] |= std::byte{0x80} >> at % 8;
    }
  }
  Digest secret;
  std::copy_n(checked.begin(), secret.size(), secret.begin());
  if (with_checksum(secret) != checked) return std::nullopt;
  return secret;
}

}  // namespace keepsake::blobs
