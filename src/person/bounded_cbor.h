#pragma once
// CBOR (RFC 8949) from outside, item by item: nothing is built, so no count or length in it costs memory.
// Only definite lengths are read, and neither tags nor floats.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace keepsake {

class CborWalk {
 public:
  explicit CborWalk(ByteView bytes) : rest_(bytes) {}

  // The next item, if it is of that kind: a map's number of pairs, a text, bytes. Nothing otherwise, and then
  // nothing more is read.
  std::optional<std::size_t> map();
  std::optional<std::string_view> text();
  std::optional<ByteView> bytes();
  // Passes over one item with all that is in it: at most 64 items, four deep. Whether there was such a one.
  bool pass();
  // What has not been read.
  ByteView rest() const { return rest_; }

 private:
  enum class Kind { none, number, bytes, text, array, map };
  struct Item {
    Kind kind = Kind::none;
    std::uint64_t count = 0;  // of an array's items or a map's pairs
    ByteView content = {};    // of bytes or a text
  };
  friend struct CborCallbacks;

  Item next();
  std::optional<Item> next(Kind kind);
  bool pass(int depth, int& items);

  ByteView rest_;
};

}  // namespace keepsake
