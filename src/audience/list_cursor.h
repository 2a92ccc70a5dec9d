#pragma once
// A place in a list as an address carries it: sealed, for it names a row by its inner key and may stand at
// one that the viewer must not know of.
#include <optional>
#include <string>
#include <string_view>

#include "audience/visibility.h"
#include "base/hash.h"
#include "blobs/instance_key.h"

namespace keepsake {

class CursorSeal {
 public:
  explicit CursorSeal(const blobs::InstanceKey& key) : key_(key.derive("list cursor")) {}

  std::string text(const ListCursor& cursor) const;
  // Nothing for a text that this instance did not write.
  std::optional<ListCursor> parse(std::string_view text) const;

 private:
  Digest key_;
};

}  // namespace keepsake
