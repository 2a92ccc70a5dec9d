#pragma once
// Who asks, and for which host: what may be believed of the headers that say so.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/address.h"
#include "http/message.h"

namespace keepsake::http {

struct Origin {
  Address peer;            // the nearest address that is no named proxy
  bool secure = false;     // a named proxy says that it was asked by https
  bool forwarded = false;  // headers of a proxy are there, believed or not
  bool doubtful = false;   // such headers are there and were not believed
};

// X-Forwarded-For, X-Forwarded-Proto and Forwarded (RFC 7239) count only if `peer`, who holds the connection,
// is a named proxy. Where both kinds are there and disagree, neither counts: a proxy that knows only one of
// them passes the other on as the client wrote it.
Origin find_origin(const Headers& headers, const Address& peer, const AddressBlocks& proxies);

// The name of a Host header (RFC 9110 7.2) in lower case without port and final dot; IPv6 in brackets. None
// if it is malformed.
std::optional<std::string> host_name(std::string_view host);

// localhost, names below it, 127.0.0.0/8 and [::1].
bool is_loopback_name(std::string_view name);

class AllowedHosts {
 public:
  explicit AllowedHosts(const std::vector<std::string>& names);
  // Loopback names always.
  bool allows(std::string_view name) const;
  // Stands in for the Host that HTTP/1.0 need not send.
  std::string first() const;

 private:
  std::vector<std::string> names_;
};

}  // namespace keepsake::http
