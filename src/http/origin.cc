#include "http/origin.h"

#include <algorithm>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

constexpr std::size_t most_hops = 32;
constexpr std::size_t most_host_bytes = 255;

// What one family of headers says.
struct Claim {
  bool present = false;
  std::optional<Address> peer;
  std::optional<bool> secure;
};

// From the end, since every proxy appends: the first address that is no named proxy, or the last good one.
Address walk_back(const std::vector<std::optional<Address>>& hops, Address nearest,
                  const AddressBlocks& proxies) {
  for (auto hop = hops.rbegin(); hop != hops.rend() && *hop; ++hop) {
    nearest = **hop;
    if (!proxies.contains(nearest)) break;
  }
  return nearest;
}

Claim x_forwarded(const Headers& headers, const Address& peer, const AddressBlocks& proxies) {
  const std::string for_list = headers.joined("X-Forwarded-For");
  const std::string proto_list = headers.joined("X-Forwarded-Proto");
  Claim claim;
  claim.present = !for_list.empty() || !proto_list.empty();
  std::vector<std::optional<Address>> hops;
  for (const auto piece : split_list(for_list, ',', most_hops)) hops.push_back(parse_address_and_port(piece));
  if (!hops.empty()) claim.peer = walk_back(hops, peer, proxies);
  const auto protos = split_list(proto_list, ',', most_hops);
  const auto is_https = [](std::string_view proto) { return same_name(proto, "https"); };
  if (!protos.empty()) claim.secure = std::ranges::all_of(protos, is_https);
  return claim;
}

// One element of Forwarded: `for=192.0.2.1;proto=https`. The order of parameters is free, so an empty value
// is put before them for the parser.
std::optional<Parameterised> parse_hop(std::string_view text, std::string& storage) {
  storage = ";" + std::string(text);
  return parse_parameterised(storage);
}

Claim forwarded(const Headers& headers, const Address& peer, const AddressBlocks& proxies) {
  const std::string list = headers.joined("Forwarded");
  Claim claim;
  claim.present = !list.empty();
  std::vector<std::optional<Address>> hops;
  bool any_proto = false;
  bool all_https = true;
  for (const std::string_view piece : split_list(list, ',', most_hops)) {
    std::string storage;
    const auto hop = parse_hop(piece, storage);
    const auto from = hop ? hop->find("for") : std::nullopt;
    const auto proto = hop ? hop->find("proto") : std::nullopt;
    hops.push_back(from ? parse_address_and_port(*from) : std::nullopt);
    any_proto = any_proto || proto;
    all_https = all_https && proto && same_name(*proto, "https");
  }
  if (!hops.empty()) claim.peer = walk_back(hops, peer, proxies);
  if (any_proto) claim.secure = all_https;
  return claim;
}

template <class T>
bool disagree(const std::optional<T>& one, const std::optional<T>& other) {
  return one && other && *one != *other;
}

bool is_host_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}

bool is_port(std::string_view text) {
  return text.empty() || (text.size() <= 5 && parse_decimal(text));
}

// Up to the port: a bracketed IPv6 address or everything before the colon.
std::size_t name_size(std::string_view host) {
  if (!host.starts_with('[')) return std::min(host.find(':'), host.size());
  const std::size_t close = host.find(']');
  return close == host.npos ? 0 : close + 1;
}

}  // namespace

Origin find_origin(const Headers& headers, const Address& peer, const AddressBlocks& proxies) {
  const Claim one = x_forwarded(headers, peer, proxies);
  const Claim other = forwarded(headers, peer, proxies);
  Origin origin{peer};
  origin.forwarded = one.present || other.present || headers.find("X-Real-IP") || headers.find("Via");
  if (!one.present && !other.present) return origin;
  if (!proxies.contains(peer) || disagree(one.peer, other.peer) || disagree(one.secure, other.secure)) {
    origin.doubtful = true;
    return origin;
  }
  origin.peer = one.peer ? *one.peer : other.peer.value_or(peer);
  origin.secure = one.secure ? *one.secure : other.secure.value_or(false);
  return origin;
}

std::optional<std::string> host_name(std::string_view host) {
  if (host.empty() || host.size() > most_host_bytes) return std::nullopt;
  const std::size_t size = name_size(host);
  const std::string_view port = host.substr(size);
  if (size == 0 || (!port.empty() && (port[0] != ':' || !is_port(port.substr(1))))) return std::nullopt;
  std::string name = ascii_lower(host.substr(0, size));
  if (name[0] == '[') return parse_address(name) ? std::optional(name) : std::nullopt;
  if (name.ends_with('.')) name.pop_back();
  const bool empty_label =
      name.empty() || name.front() == '.' || name.back() == '.' || name.find("..") != name.npos;
  if (empty_label || !std::ranges::all_of(name, is_host_char)) return std::nullopt;
  return name;
}

bool is_loopback_name(std::string_view name) {
  if (name == "localhost" || name.ends_with(".localhost")) return true;
  const auto address = parse_address(name);
  return address && address->is_loopback();
}

AllowedHosts::AllowedHosts(const std::vector<std::string>& names) {
  for (const std::string& name : names) names_.push_back(ascii_lower(name));
}

bool AllowedHosts::allows(std::string_view name) const {
  return std::ranges::find(names_, name) != names_.end() || is_loopback_name(name);
}

std::string AllowedHosts::first() const {
  return names_.empty() ? "localhost" : names_.front();
}

}  // namespace keepsake::http
