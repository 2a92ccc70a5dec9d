#include "audience/sealed_numbers.h"

#include "base/base32.h"
#include "blobs/seal.h"

namespace keepsake {
namespace {

constexpr std::size_t most_bytes_of_number = 10;
constexpr std::size_t bytes_of_seal = 29;

void put(Bytes& to, std::int64_t number) {
  auto rest = static_cast<std::uint64_t>(number);
  for (; rest >= 0x80; rest >>= 7) to.push_back(static_cast<std::byte>(rest | 0x80));
  to.push_back(static_cast<std::byte>(rest));
}

// Moves `at` behind the number; nothing if it does not end in time.
std::optional<std::int64_t> take(ByteView from, std::size_t& at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < most_bytes_of_number && at < from.size(); ++i) {
    const auto byte = static_cast<std::uint64_t>(from[at++]);
    number |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return static_cast<std::int64_t>(number);
  }
  return std::nullopt;
}

std::optional<std::vector<std::int64_t>> numbers_in(ByteView bytes, std::size_t most) {
  std::vector<std::int64_t> numbers;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto number = take(bytes, at);
    if (!number || numbers.size() == most) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

std::string seal_numbers(const Digest& key, std::string_view purpose,
                         const std::vector<std::int64_t>& numbers) {
  Bytes bytes;
  for (const auto number : numbers) put(bytes, number);
  return base32_encode(blobs::seal(key, purpose, bytes));
}

std::optional<std::vector<std::int64_t>> open_numbers(const Digest& key, std::string_view purpose,
                                                      std::string_view text, std::size_t most) {
  if (text.size() > (most * most_bytes_of_number + bytes_of_seal) * 8 / 5 + 1) return std::nullopt;
  const auto sealed = base32_decode(text);
  if (!sealed) return std::nullopt;
  const auto bytes = blobs::unseal(key, purpose, *sealed);
  if (!bytes) return std::nullopt;
  return numbers_in(*bytes, most);
}

}  // namespace keepsake
