#pragma once
// IP addresses as values, and blocks of them.
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::http {

// IPv4 addresses are kept as IPv4-mapped IPv6 (RFC 4291 2.5.5.2), so both compare alike.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Address&) const = default;
  bool is_v4() const;
  bool is_loopback() const;
  std::string text() const;  // "192.0.2.1" or "2001:db8::1"
};

// "192.0.2.1", "2001:db8::1" or "[2001:db8::1]"; nothing else, no zone.
std::optional<Address> parse_address(std::string_view text);
// The same, with or without ":port" behind it; a bare IPv6 address has no port.
std::optional<Address> parse_address_and_port(std::string_view text);

// A set of addresses and CIDR blocks ("10.0.0.0/8", "fd00::/8").
class AddressBlocks {
 public:
  // Throws std::invalid_argument, naming the entry, for what is neither.
  explicit AddressBlocks(const std::vector<std::string>& entries);
  bool contains(const Address& address) const;

 private:
  struct Block {
    Address address;
    unsigned bits;
  };
  static std::optional<Block> parse(std::string_view entry);
  std::vector<Block> blocks_;
};

}  // namespace keepsake::http
