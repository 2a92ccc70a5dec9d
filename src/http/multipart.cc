#include "http/multipart.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

constexpr std::size_t window_bytes = 32 * 1024;
constexpr std::size_t most_preamble = 1024;
constexpr std::size_t most_padding = 64;
constexpr std::size_t most_boundary = 70;  // RFC 2046 5.1.1

bool is_boundary_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

// Browsers escape these three in names (HTML, 4.10.21.8) and leave every other '%' alone.
std::string unescape_name(std::string_view text) {
  std::string name;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string escape = ascii_lower(text.substr(at, 3));
    if (escape == "%22") {
      name += '"';
    } else if (escape == "%0d") {
      name += '\r';
    } else if (escape == "%0a") {
      name += '\n';
    } else {
      name += text[at];
      continue;
    }
    at += 2;
  }
  return name;
}

std::string checked_name(std::string_view text) {
  std::string name = unescape_name(text);
  if (!is_clean_text(name)) throw BodyMalformed("a part's name is no clean text");
  return name;
}

void read_disposition(PartHead& head, std::string_view value) {
  const auto disposition = parse_parameterised(value);
  if (!disposition || !same_name(disposition->value, "form-data")) throw BodyMalformed("no form-data");
  const auto name = disposition->find("name");
  if (!name) throw BodyMalformed("a part without one name");
  head.name = checked_name(*name);
  const auto names_file = [](const Parameter& each) { return each.name == "filename"; };
  if (std::ranges::none_of(disposition->parameters, names_file)) return;
  const auto filename = disposition->find("filename");
  if (!filename) throw BodyMalformed("a part with two file names");
  head.filename = checked_name(*filename);
}

void check_transfer_encoding(std::string_view value) {
  if (!same_name(value, "binary") && !same_name(value, "8bit") && !same_name(value, "7bit")) {
    throw BodyMalformed("a part in a transfer encoding");
  }
}

PartHead parse_part_head(std::string_view text) {
  PartHead head;
  bool disposed = false;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon)))
      throw BodyMalformed("a part's header is none");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos)
      throw BodyMalformed("a part's header");
    if (same_name(name, "Content-Disposition")) {
      if (std::exchange(disposed, true)) throw BodyMalformed("a part with two dispositions");
      read_disposition(head, value);
    } else if (same_name(name, "Content-Type")) {
      head.content_type = value;
    } else if (same_name(name, "Content-Transfer-Encoding")) {
      check_transfer_encoding(value);
    }
  }
  if (!disposed) throw BodyMalformed("a part without a disposition");
  return head;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const auto parsed = parse_parameterised(content_type);
  if (!parsed || !same_name(parsed->value, "multipart/form-data")) return std::nullopt;
  const auto boundary = parsed->find("boundary");
  if (!boundary || boundary->empty() || boundary->size() > most_boundary || boundary->back() == ' ' ||
      !std::ranges::all_of(*boundary, is_boundary_char)) {
    return std::nullopt;
  }
  return std::string(*boundary);
}

// What has arrived and is not yet taken, with a line break before the body's first byte so that the first
// delimiter looks like every other.
class MultipartReader::Window {
 public:
  Window(BodySource& body, std::string_view boundary)
      : body_(body), delimiter_("\r\n--" + std::string(boundary)), bytes_(window_bytes) {
    std::memcpy(bytes_.data(), "\r\n", 2);
    end_ = 2;
  }

  std::string_view view() const { return as_text(ByteView(bytes_).subspan(begin_, end_ - begin_)); }
  void take(std::size_t count) {
    begin_ += count;
    scanned_ -= std::min(scanned_, count);
  }
  std::size_t delimiter_size() const { return delimiter_.size(); }

  // False at the end of the body or when the window is full.
  bool fill() {
    if (begin_ > 0) {
      std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == bytes_.size()) return false;
    const std::size_t got = body_.read(std::span(bytes_).subspan(end_));
    end_ += got;
    return got > 0;
  }

  void require(std::size_t count) {
    while (view().size() < count) {
      if (!fill()) throw BodyMalformed("form data ends early");
    }
  }

  // How many bytes certainly belong to the part; 0 only if a delimiter stands at the front.
  std::size_t content() {
    while (scanned_ == 0) {
      const std::size_t found = view().find(delimiter_);
      if (found == 0) return 0;
      if (found != std::string_view::npos) {
        scanned_ = found;
      } else if (view().size() >= delimiter_.size()) {
        scanned_ = view().size() - delimiter_.size() + 1;
      } else if (!fill()) {
        throw BodyMalformed("form data without its last delimiter");
      }
    }
    return scanned_;
  }

  // Takes everything up to and with `mark`, which must come within `most` bytes; gives what stood before it.
  std::string take_until(std::string_view mark, std::size_t most) {
    while (true) {
      const std::size_t found = view().find(mark);
      if (found != std::string_view::npos && found <= most) {
        std::string before(view().substr(0, found));
        take(found + mark.size());
        return before;
      }
      if (view().size() > most + mark.size()) throw BodyTooLarge("a part's head");
      if (!fill()) throw BodyMalformed("form data ends within a part's head");
    }
  }

 private:
  BodySource& body_;
  std::string delimiter_;
  Bytes bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;  // bytes at the front known to hold no delimiter
};

MultipartReader::MultipartReader(BodySource& body, std::string_view boundary, const MultipartLimits& limits)
    : limits_(limits), window_(std::make_unique<Window>(body, boundary)) {}

MultipartReader::~MultipartReader() = default;

void MultipartReader::read_first_delimiter() {
  std::size_t skipped = 0;
  while (const std::size_t some = window_->content()) {
    skipped += some;
    if (skipped > most_preamble) throw BodyMalformed("no form data where it should begin");
    window_->take(some);
  }
}

// The delimiter stands at the front. False if it was the last one.
bool MultipartReader::read_after_delimiter() {
  window_->take(window_->delimiter_size());
  window_->require(2);
  if (window_->view().starts_with("--")) return false;
  const std::string padding = window_->take_until("\r\n", most_padding);
  if (!trim(padding).empty()) throw BodyMalformed("text after a delimiter");
  return true;
}

std::optional<PartHead> MultipartReader::next() {
  if (ended_) return std::nullopt;
  if (!std::exchange(started_, true)) read_first_delimiter();
  while (in_part_) {
    std::array<std::byte, 4096> dropped;
    read(dropped);
  }
  if (!read_after_delimiter()) {
    ended_ = true;
    return std::nullopt;
  }
  if (++parts_ > limits_.parts) throw BodyTooLarge("a form of too many parts");
  in_part_ = true;
  return parse_part_head(window_->take_until("\r\n\r\n", limits_.head_bytes));
}

std::size_t MultipartReader::read(std::span<std::byte> into) {
  if (!in_part_ || into.empty()) return 0;
  const std::size_t count = std::min(window_->content(), into.size());
  if (count == 0) in_part_ = false;
  std::memcpy(into.data(), window_->view().data(), count);
  window_->take(count);
  return count;
}

std::string MultipartReader::text() {
  std::string text;
  std::array<std::byte, 4096> some;
  while (const std::size_t count = read(some)) {
    if (text.size() + count > limits_.field_bytes) throw BodyTooLarge("a form's field");
    text += as_text(ByteView(some).first(count));
  }
  return text;
}

namespace {

void pass_on(MultipartReader& reader, const FileSink& sink) {
  Bytes some(window_bytes);
  while (const std::size_t count = reader.read(some)) {
    if (sink) sink(ByteView(some).first(count));
  }
}

}  // namespace

Fields read_multipart(BodySource& body, std::string_view boundary,
                      const std::function<FileSink(const PartHead&)>& open, const MultipartLimits& limits) {
  MultipartReader reader(body, boundary, limits);
  Fields fields;
  std::size_t total = 0;
  while (auto part = reader.next()) {
    if (part->filename) {
      pass_on(reader, open(*part));
      continue;
    }
    std::string text = reader.text();
    if (text.find('\0') != text.npos || !is_utf8(text)) throw BodyMalformed("a form's field is no text");
    total += part->name.size() + text.size();
    if (total > limits.fields_bytes) throw BodyTooLarge("a form's fields");
    fields.emplace_back(std::move(part->name), std::move(text));
  }
  return fields;
}

}  // namespace keepsake::http
