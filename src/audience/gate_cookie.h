#pragma once
// What a viewer who is not signed in accepted at gates, in a cookie that only this instance can write.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "audience/viewer.h"
#include "base/hash.h"
#include "blobs/instance_key.h"

namespace keepsake {

class GateCookie {
 public:
  static constexpr std::size_t most = 50;

  explicit GateCookie(const blobs::InstanceKey& key) : key_(key.derive("gate cookie")) {}

  // The list with one acceptance more (in place of an earlier one for the same item), the newest last; the
  // oldest give way.
  static std::vector<GatePass> with(std::vector<GatePass> passes, GatePass pass);
  // At most some 1,600 characters of RFC 4648 base32 in lower case; of more than 50 acceptances the last.
  std::string seal(const std::vector<GatePass>& passes) const;
  // Nothing for a text that this instance did not write.
  std::vector<GatePass> open(std::string_view text) const;

 private:
  Digest key_;
};

}  // namespace keepsake
