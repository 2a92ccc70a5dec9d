#pragma once
// 256 bits as 24 words one can write down: BIP-0039 with its English list, the checksum in the last word.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace keepsake::blobs {

std::vector<std::string> recovery_phrase(const Digest& secret);
// Case and white space are forgiven. Nothing if there are not 24 words, one is not on the list, or the
// checksum does not fit.
std::optional<Digest> read_recovery_phrase(std::string_view words);

}  // namespace keepsake::blobs
