#pragma once
// A few numbers as a sealed text, for a cookie or an address.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace keepsake {

// RFC 4648 base32 in lower case. Each number takes as many bytes as it needs (LEB128); none may be negative.
std::string seal_numbers(const Digest& key, std::string_view purpose,
                         const std::vector<std::int64_t>& numbers);
// Nothing for a text that was not sealed with this key and purpose, or holds more than `most` numbers.
std::optional<std::vector<std::int64_t>> open_numbers(const Digest& key, std::string_view purpose,
                                                      std::string_view text, std::size_t most);

}  // namespace keepsake
