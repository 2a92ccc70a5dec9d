#include "image/avif.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_items = 2;  // the colours and the transparency
constexpr std::uint64_t most_properties = 16;
constexpr auto alpha = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"sv;

// Bytes read from the front. Once more was asked for than there is, nothing is `whole` any more.
class Fields {
 public:
  explicit Fields(ByteView bytes) : rest_(bytes) {}
  ByteView take(std::uint64_t count) {
    if (count > rest_.size()) {
      whole_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const auto byte : take(size)) value = value << 8 | std::to_integer<std::uint64_t>(byte);
    return value;
  }
  std::string_view text(std::size_t size) { return as_text(take(size)); }
  bool left() const { return !rest_.empty(); }
  bool whole() const { return whole_; }
  bool at_end() const { return whole_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool whole_ = true;
};

struct Extent {
  std::uint64_t begin = 0, length = 0;  // in the file
};

// What the boxes say, gathered while they are read.
struct Avif {
  std::optional<Size> size;
  std::vector<Extent> extents;
  std::uint64_t items = 0;
};

// ISO/IEC 14496-12 section 4.2, with sizes of 32 bits alone. Gives each box to `use`; whether all of them are
// whole and pleased it.
template <class Use>
bool each_box(ByteView bytes, const Use& use) {
  Fields fields(bytes);
  while (fields.left()) {
    const auto size = fields.number(4);
    const auto kind = fields.text(4);
    if (size < 8) return false;
    const auto content = fields.take(size - 8);
    if (!fields.whole() || !use(kind, content)) return false;
  }
  return fields.whole();
}

bool is_file_type(ByteView content) {
  Fields fields(content);
  if (fields.text(4) != "avif"sv || fields.number(4) != 0) return false;
  while (fields.left()) {
    const auto brand = fields.text(4);
    if (brand != "avif"sv && brand != "mif1"sv && brand != "miaf"sv && brand != "MA1A"sv && brand != "MA1B"sv)
      return false;
  }
  return fields.whole();
}

// Without a name.
bool is_handler(ByteView content) {
  const auto text = as_text(content);
  return text.size() == 25 && text.substr(8, 4) == "pict"sv &&
         std::count(text.begin(), text.end(), '\0') == 21;
}

bool is_item(std::string_view kind, ByteView content) {
  const auto text = as_text(content);
  const auto head = text.substr(0, 4);
  return kind == "infe"sv && text.size() == 13 && (head == "\2\0\0\0"sv || head == "\2\0\0\1"sv) &&
         text.substr(6) == "\0\0av01\0"sv;
}

bool read_items(ByteView content, Avif& avif) {
  Fields fields(content);
  if (fields.number(4) != 0) return false;
  avif.items = fields.number(2);
  if (!fields.whole() || avif.items < 1 || avif.items > most_items) return false;
  std::uint64_t found = 0;
  const bool known = each_box(content.subspan(6), [&](auto kind, auto item) {
    ++found;
    return is_item(kind, item);
  });
  return known && found == avif.items;
}

bool is_reference(ByteView content) {
  Fields fields(content);
  if (fields.number(4) != 0) return false;
  return fields.whole() && each_box(content.subspan(4), [](auto kind, auto reference) {
           return kind == "auxl"sv && reference.size() == 6;
         });
}

bool read_extent(ByteView content, Avif& avif) {
  Fields fields(content);
  fields.take(4);
  const Size size{static_cast<int>(fields.number(4) & 0xffffff),
                  static_cast<int>(fields.number(4) & 0xffffff)};
  if (!fields.at_end() || avif.size.value_or(size) != size) return false;
  avif.size = size;
  return true;
}

bool read_property(std::string_view kind, ByteView content, Avif& avif) {
  const auto text = as_text(content);
  if (kind == "ispe"sv) return read_extent(content, avif);
  if (kind == "colr"sv) return text.size() == 11 && text.starts_with("nclx"sv);
  if (kind == "av1C"sv) return text.size() == 4;
  if (kind == "pixi"sv) return text.size() == 6 || text.size() == 8;
  return kind == "auxC"sv && text.starts_with("\0\0\0\0"sv) && text.substr(4) == alpha;
}

bool is_association(ByteView content, std::uint64_t items) {
  Fields fields(content);
  if (fields.number(4) != 0 || fields.number(4) > items) return false;
  while (fields.left()) {
    fields.take(2);
    const auto count = fields.number(1);
    if (count > most_properties) return false;
    fields.take(count);
  }
  return fields.whole();
}

bool read_properties(ByteView content, Avif& avif) {
  return each_box(content, [&](auto kind, auto box) {
    if (kind == "ipma"sv) return is_association(box, avif.items);
    return kind == "ipco"sv &&
           each_box(box, [&](auto property, auto value) { return read_property(property, value, avif); });
  });
}

// ISO/IEC 14496-12 section 8.11.3, versions 0 and 1, every item in this file.
bool read_places(ByteView content, Avif& avif) {
  Fields fields(content);
  const auto version = fields.number(4) >> 24;
  const auto sizes = fields.number(2);
  const auto count = fields.number(2);
  if (version > 1 || (sizes & 0xf) != 0 || count > most_items) return false;
  const auto number_of = [&](int shift) { return fields.number(sizes >> shift & 0xf); };
  for (std::uint64_t i = 0; i < count; ++i) {
    fields.take(2);
    if (version == 1 && fields.number(2) != 0) return false;
    if (fields.number(2) != 0) return false;
    const auto base = number_of(4);
    const auto extents = fields.number(2);
    for (std::uint64_t j = 0; j < extents && fields.left(); ++j) {
      const auto offset = number_of(12);
      avif.extents.push_back({base + offset, number_of(8)});
    }
  }
  return fields.at_end();
}

bool read_meta(ByteView content, Avif& avif) {
  Fields fields(content);
  if (fields.number(4) != 0 || !fields.whole()) return false;
  return each_box(content.subspan(4), [&](auto kind, auto box) {
    if (kind == "hdlr"sv) return is_handler(box);
    if (kind == "pitm"sv) return box.size() == 6;
    if (kind == "iloc"sv) return read_places(box, avif);
    if (kind == "iinf"sv) return read_items(box, avif);
    if (kind == "iref"sv) return is_reference(box);
    return kind == "iprp"sv && read_properties(box, avif);
  });
}

// AV1 specification section 4.10.5.
std::uint64_t leb128(Fields& fields) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) {
    const auto byte = fields.number(1);
    value |= (byte & 0x7f) << 7 * i;
    if (!(byte & 0x80)) break;
  }
  return value;
}

// AV1 specification section 5.3: sequence headers, temporal delimiters, frames and their parts, each with its
// size; no metadata, no padding.
bool is_frames(ByteView bytes) {
  Fields fields(bytes);
  while (fields.left()) {
    const auto header = fields.number(1);
    const auto type = header >> 3 & 0xf;
    if ((header & 0x87) != 0x02 || type < 1 || type > 6 || type == 5) return false;
    fields.take(leb128(fields));
  }
  return fields.whole();
}

// Whether the extents are frames and make up `data`, which lies at `begin`, without a gap.
bool are_all_of(std::vector<Extent> extents, std::uint64_t begin, ByteView data) {
  std::sort(extents.begin(), extents.end(),
            [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
  std::uint64_t at = begin;
  for (const auto& extent : extents) {
    if (extent.begin != at || extent.length > begin + data.size() - at) return false;
    if (!is_frames(data.subspan(at - begin, extent.length))) return false;
    at += extent.length;
  }
  return at == begin + data.size();
}

}  // namespace

std::optional<Size> bare_avif(ByteView bytes) {
  static constexpr std::array order = {"ftyp"sv, "meta"sv, "mdat"sv};
  Avif avif;
  ByteView data;
  std::size_t next = 0;
  const bool bare = each_box(bytes, [&](auto kind, auto box) {
    if (next == order.size() || kind != order[next]) return false;
    ++next;
    if (kind == "ftyp"sv) return is_file_type(box);
    if (kind == "meta"sv) return read_meta(box, avif);
    data = box;
    return true;
  });
  if (!bare || next != order.size() || !avif.items || avif.extents.size() != avif.items) return std::nullopt;
  if (!are_all_of(avif.extents, bytes.size() - data.size(), data)) return std::nullopt;
  return avif.size;
}

}  // namespace keepsake::image
