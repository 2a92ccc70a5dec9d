#pragma once
// Sizes as hosts type them, in gigabytes of a thousand million bytes, as disks are sold.
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "web/input.h"

namespace keepsake::web {

// "0.5", "" for none; rounded to three digits after the point.
std::string gigabytes_text(const std::optional<std::int64_t>& bytes);
// What quota_fields hold, in bytes; none where nothing was typed. A comma is taken for a point, and digits of
// other scripts for what they count. Refused: invalid (field "gigabytes").
Result<std::optional<std::int64_t>> typed_quota(const Input& typed);

}  // namespace keepsake::web
