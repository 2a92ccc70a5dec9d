#include "archive/zip_layout.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace keepsake::archive {
namespace {

constexpr std::uint64_t most_32 = 0xFFFFFFFF;  // this and more stands in a zip64 field (section 4.5.3)
constexpr std::uint64_t most_16 = 0xFFFF;
constexpr std::uint16_t version = 20, version_64 = 45;  // needed to extract (4.4.3)
constexpr std::uint16_t names_in_utf8 = 1u << 11;       // general purpose flags (4.4.4)
constexpr std::uint16_t made_on_unix = 3u << 8;         // 4.4.2
constexpr std::uint32_t plain_file = 0100644u << 16;    // external attributes as Unix has them

// Little-endian fields, one behind the other (4.1.1).
class Fields {
 public:
  Fields& two(std::uint64_t value) { return add(value, 2); }
  Fields& four(std::uint64_t value) { return add(value, 4); }
  Fields& eight(std::uint64_t value) { return add(value, 8); }
  // Where the value does not fit, its place says that it stands in the zip64 field.
  Fields& count(std::uint64_t value) { return two(std::min(value, most_16)); }
  Fields& length(std::uint64_t value) { return four(std::min(value, most_32)); }
  Fields& text(std::string_view text) {
    text_ += text;
    return *this;
  }
  std::string take() { return std::move(text_); }
  std::size_t size() const { return text_.size(); }

 private:
  Fields& add(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) text_ += static_cast<char>(value >> (8 * i) & 0xFF);
    return *this;
  }
  std::string text_;
};

// Time and date as MS-DOS has them (4.4.6).
std::uint32_t dos_time(Time time) {
  using namespace std::chrono;
  const auto earliest = sys_days(year(1980) / 1 / 1), latest = sys_days(year(2107) / 12 / 31);
  const auto day = std::clamp(floor<days>(time), earliest, latest);
  const year_month_day date(day);
  const hh_mm_ss clock(day == floor<days>(time) ? floor<seconds>(time) - day : seconds(0));
  const auto days = static_cast<unsigned>(static_cast<int>(date.year()) - 1980) << 9 |
                    static_cast<unsigned>(date.month()) << 5 | static_cast<unsigned>(date.day());
  const auto seconds = static_cast<unsigned>(clock.hours().count() << 11 | clock.minutes().count() << 5 |
                                             clock.seconds().count() / 2);
  return days << 16 | seconds;
}

// The values that do not fit their fields, in the order the fields have (4.5.3).
std::string zip64_field(std::initializer_list<std::uint64_t> values) {
  Fields large;
  for (const std::uint64_t value : values)
    if (value >= most_32) large.eight(value);
  if (large.size() == 0) return {};
  const auto size = large.size();
  return Fields().two(0x0001).two(size).text(large.take()).take();
}

// Of both a local header and one in the central directory (4.3.7, 4.3.12), from "version needed" to the
// length of the extra field.
Fields& add_common(Fields& fields, const ZipEntry& entry, std::size_t extra) {
  return fields.two(extra > 0 ? version_64 : version)
      .two(names_in_utf8)
      .two(0)  // stored
      .four(dos_time(entry.changed))
      .four(entry.crc32)
      .length(entry.size)
      .length(entry.size)
      .two(entry.name.size())
      .two(extra);
}

char allowed(char c) {
  return std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos ||
                 static_cast<unsigned char>(c) < 0x20 || c == 0x7F
             ? '_'
             : c;
}

// Names of devices, which Windows takes for no file's (with or without what follows a dot).
bool is_device(std::string_view name) {
  const std::string stem = ascii_lower(name.substr(0, name.find('.')));
  static constexpr std::array<std::string_view, 4> alone{"con", "prn", "aux", "nul"};
  if (std::ranges::find(alone, stem) != alone.end()) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' &&
         stem[3] <= '9';
}

std::string allowed_name(std::string name) {
  std::ranges::transform(name, name.begin(), allowed);
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  name.erase(0, name.find_first_not_of(". "));
  if (name.empty() || is_device(name)) name.insert(0, "_");
  return name;
}

std::string numbered(std::string_view name, std::size_t number) {
  const auto dot = std::min(name.rfind('.'), name.size());
  return std::string(name.substr(0, dot)) + " (" + std::to_string(number) + ")" +
         std::string(name.substr(dot));
}

}  // namespace

std::vector<std::string> file_names(std::vector<std::string> names) {
  std::set<std::string> taken;
  std::map<std::string, std::size_t> last;  // the number that each name was given last
  for (std::string& name : names) {
    name = allowed_name(std::move(name));
    std::size_t& number = last.try_emplace(ascii_lower(name), 1).first->second;
    std::string free = name;
    while (!taken.insert(ascii_lower(free)).second) free = numbered(name, ++number);
    name = std::move(free);
  }
  return names;
}

ZipLayout::ZipLayout(std::vector<ZipEntry> entries) : entries_(std::move(entries)) {
  std::uint64_t place = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    local_.push_back(place);
    place += local_header(i).size() + entries_[i].size;
  }
  central_begin_ = place;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    central_.push_back(place);
    place += central_header(i).size();
  }
  end_begin_ = place;
  size_ = place + end().size();
}

ZipLayout::Part ZipLayout::at(std::uint64_t place) const {
  if (place >= end_begin_) return end().substr(place - end_begin_);
  const bool central = place >= central_begin_;
  const auto& begins = central ? central_ : local_;
  const auto entry = static_cast<std::size_t>(std::ranges::upper_bound(begins, place) - begins.begin()) - 1;
  const std::uint64_t within = place - begins[entry];
  const std::string header = central ? central_header(entry) : local_header(entry);
  if (within < header.size()) return header.substr(within);
  return FilePart{entry, within - header.size()};
}

// 4.3.7
std::string ZipLayout::local_header(std::size_t entry) const {
  const ZipEntry& file = entries_[entry];
  const std::string extra = zip64_field({file.size, file.size});
  Fields fields;
  fields.four(0x04034b50);
  return add_common(fields, file, extra.size()).text(file.name).text(extra).take();
}

// 4.3.12
std::string ZipLayout::central_header(std::size_t entry) const {
  const ZipEntry& file = entries_[entry];
  const std::string extra = zip64_field({file.size, file.size, local_[entry]});
  Fields fields;
  fields.four(0x02014b50).two(made_on_unix | (extra.empty() ? version : version_64));
  return add_common(fields, file, extra.size())
      .two(0)  // no comment
      .two(0)  // on the first disk
      .two(0)  // internal attributes
      .four(plain_file)
      .length(local_[entry])
      .text(file.name)
      .text(extra)
      .take();
}

// 4.3.14 to 4.3.16
std::string ZipLayout::end() const {
  const std::uint64_t count = entries_.size(), length = end_begin_ - central_begin_;
  Fields fields;
  if (count >= most_16 || length >= most_32 || central_begin_ >= most_32) {
    fields.four(0x06064b50).eight(44).two(made_on_unix | version_64).two(version_64).four(0).four(0);
    fields.eight(count).eight(count).eight(length).eight(central_begin_);
    fields.four(0x07064b50).four(0).eight(end_begin_).four(1);
  }
  fields.four(0x06054b50).two(0).two(0).count(count).count(count);
  return fields.length(length).length(central_begin_).two(0).take();
}

}  // namespace keepsake::archive
