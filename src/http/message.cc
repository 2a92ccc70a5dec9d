#include "http/message.h"

#include <algorithm>

#include "http/syntax.h"

namespace keepsake::http {

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Header& header : headers_) {
    if (same_name(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  const auto same = [name](const Header& header) { return same_name(header.name, name); };
  return static_cast<std::size_t>(std::ranges::count_if(headers_, same));
}

std::string Headers::joined(std::string_view name) const {
  std::string list;
  for (const Header& header : headers_) {
    if (!same_name(header.name, name)) continue;
    if (!list.empty()) list += ", ";
    list += header.value;
  }
  return list;
}

void Headers::add(std::string_view name, std::string_view value) {
  headers_.push_back({std::string(name), std::string(value)});
}

void Headers::set(std::string_view name, std::string_view value) {
  std::erase_if(headers_, [name](const Header& header) { return same_name(header.name, name); });
  add(name, value);
}

}  // namespace keepsake::http
