#pragma once
#include <string>
#include <string_view>

namespace keepsake::web {

// The value of Content-Disposition for a file to be kept (RFC 6266 with RFC 8187) under `name`, in any
// script; `plain` is what programs get that know ASCII only, and everyone where `name` is empty: letters,
// digits, "-" and "." alone.
std::string attachment(std::string_view plain, std::string_view name);

}  // namespace keepsake::web
