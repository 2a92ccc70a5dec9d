#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "http/syntax.h"

namespace keepsake::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned mapped_bits = 96;

std::optional<Address> parse_v4(const char* text) {
  Address address;
  std::ranges::copy(mapped_prefix, address.bytes.begin());
  if (inet_pton(AF_INET, text, address.bytes.data() + mapped_prefix.size()) != 1) return std::nullopt;
  return address;
}

std::optional<Address> parse_v6(const char* text) {
  Address address;
  if (inet_pton(AF_INET6, text, address.bytes.data()) != 1) return std::nullopt;
  return address;
}

bool is_port(std::string_view text) {
  const auto port = parse_decimal(text);
  return port && *port <= 65535;
}

}  // namespace

bool Address::is_v4() const {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
}

bool Address::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  return bytes == std::array<std::uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
}

std::string Address::text() const {
  char text[INET6_ADDRSTRLEN];
  if (is_v4()) return inet_ntop(AF_INET, bytes.data() + mapped_prefix.size(), text, sizeof text);
  return inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN + 2 || text.find('\0') != text.npos) return std::nullopt;
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    return parse_v6(std::string(text.substr(1, text.size() - 2)).c_str());
  }
  const std::string copy(text);
  return text.find(':') == text.npos ? parse_v4(copy.c_str()) : parse_v6(copy.c_str());
}

std::optional<Address> parse_address_and_port(std::string_view text) {
  if (const auto address = parse_address(text)) return address;
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos || !is_port(text.substr(colon + 1))) return std::nullopt;
  const std::string_view rest = text.substr(0, colon);
  if (!rest.starts_with('[') && rest.find(':') != rest.npos) return std::nullopt;
  return parse_address(rest);
}

std::optional<AddressBlocks::Block> AddressBlocks::parse(std::string_view entry) {
  const std::size_t slash = entry.find('/');
  const auto address = parse_address(entry.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned offset = address->is_v4() ? mapped_bits : 0;
  if (slash == entry.npos) return Block{*address, 128};
  const auto bits = parse_decimal(entry.substr(slash + 1));
  if (!bits || *bits + offset > 128) return std::nullopt;
  return Block{*address, static_cast<unsigned>(*bits) + offset};
}

AddressBlocks::AddressBlocks(const std::vector<std::string>& entries) {
  for (const std::string& entry : entries) {
    const auto block = parse(entry);
    if (!block) throw std::invalid_argument("\"" + entry + "\" is no address and no block of addresses");
    blocks_.push_back(*block);
  }
}

bool AddressBlocks::contains(const Address& address) const {
  return std::ranges::any_of(blocks_, [&address](const Block& block) {
    const std::size_t whole = block.bits / 8;
    if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, block.address.bytes.begin()))
      return false;
    if (whole == address.bytes.size()) return true;
    const auto mask = static_cast<std::uint8_t>(0xff00u >> block.bits % 8);
    return ((address.bytes[whole] ^ block.address.bytes[whole]) & mask) == 0;
  });
}

}  // namespace keepsake::http
