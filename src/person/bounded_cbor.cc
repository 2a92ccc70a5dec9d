#include "person/bounded_cbor.h"

#include <cbor.h>

namespace keepsake {

// What libcbor calls for each kind of item. Its numbers have other types in later versions; `auto` takes
// both.
struct CborCallbacks {
  using Item = CborWalk::Item;
  using Kind = CborWalk::Kind;

  static void put(void* to, Kind kind, std::uint64_t count = 0) {
    *static_cast<Item*>(to) = {kind, count, {}};
  }
  static void put(void* to, Kind kind, cbor_data data, std::uint64_t length) {
    *static_cast<Item*>(to) = {kind, 0, std::as_bytes(std::span(data, static_cast<std::size_t>(length)))};
  }

  static cbor_callbacks all() {
    cbor_callbacks calls = cbor_empty_callbacks;
    calls.uint8 = calls.negint8 = [](void* to, auto) { put(to, Kind::number); };
    calls.uint16 = calls.negint16 = [](void* to, auto) { put(to, Kind::number); };
    calls.uint32 = calls.negint32 = [](void* to, auto) { put(to, Kind::number); };
    calls.uint64 = calls.negint64 = [](void* to, auto) { put(to, Kind::number); };
    calls.boolean = [](void* to, auto) { put(to, Kind::number); };
    calls.byte_string = [](void* to, auto data, auto length) { put(to, Kind::bytes, data, length); };
    calls.string = [](void* to, auto data, auto length) { put(to, Kind::text, data, length); };
    calls.array_start = [](void* to, auto count) { put(to, Kind::array, count); };
    calls.map_start = [](void* to, auto count) { put(to, Kind::map, count); };
    return calls;
  }
};

namespace {

constexpr int most_items = 64;
constexpr int most_depth = 4;

}  // namespace

CborWalk::Item CborWalk::next() {
  static const cbor_callbacks calls = CborCallbacks::all();
  Item item;
  const auto read =
      cbor_stream_decode(reinterpret_cast<cbor_data>(rest_.data()), rest_.size(), &calls, &item);
  const bool whole = read.status == CBOR_DECODER_FINISHED && read.read <= rest_.size();
  rest_ = whole && item.kind != Kind::none ? rest_.subspan(read.read) : ByteView();
  return whole ? item : Item{};
}

std::optional<CborWalk::Item> CborWalk::next(Kind kind) {
  Item item = next();
  if (item.kind == kind) return item;
  rest_ = {};
  return std::nullopt;
}

std::optional<std::size_t> CborWalk::map() {
  const auto item = next(Kind::map);
  // Each pair takes at least two bytes.
  if (!item || item->count > rest_.size() / 2) return std::nullopt;
  return static_cast<std::size_t>(item->count);
}

std::optional<std::string_view> CborWalk::text() {
  const auto item = next(Kind::text);
  return item ? std::optional(as_text(item->content)) : std::nullopt;
}

std::optional<ByteView> CborWalk::bytes() {
  const auto item = next(Kind::bytes);
  return item ? std::optional(item->content) : std::nullopt;
}

bool CborWalk::pass() {
  int items = 0;
  return pass(0, items);
}

bool CborWalk::pass(int depth, int& items) {
  const Item item = next();
  if (item.kind == Kind::none || ++items > most_items || depth > most_depth) return false;
  if (item.kind != Kind::array && item.kind != Kind::map) return true;
  if (item.count > most_items) return false;
  const std::uint64_t within = item.kind == Kind::map ? 2 * item.count : item.count;
  for (std::uint64_t at = 0; at < within; ++at) {
    if (!pass(depth + 1, items)) return false;
  }
  return true;
}

}  // namespace keepsake
