#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <unordered_map>

#include "http/address.h"

namespace keepsake::http {

// How many of something each address holds. IPv6 counts by its /64 (RFC 6177): that is what one household
// gets.
class Crowd {
 public:
  void add(const Address& address) { ++held_[household(address)]; }
  void remove(const Address& address) {
    const auto at = held_.find(household(address));
    if (at != held_.end() && --at->second == 0) held_.erase(at);
  }
  std::size_t of(const Address& address) const {
    const auto at = held_.find(household(address));
    return at == held_.end() ? 0 : at->second;
  }

 private:
  struct Hash {
    std::size_t operator()(const Address& address) const {
      std::uint64_t halves[2];
      std::memcpy(halves, address.bytes.data(), sizeof halves);
      return (halves[0] ^ halves[1] * 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9 >> 7;
    }
  };

  static Address household(Address address) {
    if (!address.is_v4()) std::memset(address.bytes.data() + 8, 0, 8);
    return address;
  }

  std::unordered_map<Address, std::size_t, Hash> held_;
};

}  // namespace keepsake::http
