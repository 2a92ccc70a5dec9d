#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "base/bytes.h"

namespace keepsake {

// Fills from the kernel's generator (getrandom(2)); throws std::system_error if it cannot.
void fill_random(std::span<std::byte> bytes);
Bytes random_bytes(std::size_t count);
// A secret for an address, cookie or token: 256 random bits as 52 characters of base32.
std::string random_secret();

}  // namespace keepsake
