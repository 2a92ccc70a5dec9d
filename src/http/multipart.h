#pragma once
// multipart/form-data (RFC 7578) read as it arrives: small fields into memory, files to wherever the caller
// wants.
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "http/message.h"
#include "http/url.h"

namespace keepsake::http {

// The boundary of a Content-Type. None unless it is multipart/form-data with one well-formed boundary.
std::optional<std::string> multipart_boundary(std::string_view content_type);

struct MultipartLimits {
  std::size_t parts = 128;
  std::size_t head_bytes = 4 * 1024;       // of one part
  std::size_t field_bytes = 256 * 1024;    // of one field that is no file
  std::size_t fields_bytes = 1024 * 1024;  // of all those together
};

struct PartHead {
  std::string name;                     // of the form's field; UTF-8 without control characters
  std::optional<std::string> filename;  // there for a file, even if empty; never to be used as a path
  std::string content_type;             // as sent, or empty
};

// Reads part after part. Every member throws BodyMalformed for what is no form data, BodyTooLarge past a
// limit, and whatever the source throws.
class MultipartReader {
 public:
  // `body` must outlive the reader.
  MultipartReader(BodySource& body, std::string_view boundary, const MultipartLimits& limits = {});
  ~MultipartReader();

  // The next part; what is left of the one before is read and dropped. None after the last.
  std::optional<PartHead> next();
  // Bytes of the current part, 0 at its end.
  std::size_t read(std::span<std::byte> into);
  // The rest of the current part as text, at most `field_bytes`.
  std::string text();

 private:
  class Window;
  void read_first_delimiter();
  bool read_after_delimiter();

  MultipartLimits limits_;
  std::unique_ptr<Window> window_;
  std::size_t parts_ = 0;
  bool started_ = false;
  bool ended_ = false;    // the last delimiter has been read
  bool in_part_ = false;  // between a part's head and its end
};

// Takes the bytes of one file in order.
using FileSink = std::function<void(ByteView)>;

// Reads a whole form: fields that are no files come back; for each file `open` gives the sink of its bytes. A
// null sink drops the file. Throws like MultipartReader; BodyMalformed too for a field that is not UTF-8.
Fields read_multipart(BodySource& body, std::string_view boundary,
                      const std::function<FileSink(const PartHead&)>& open,
                      const MultipartLimits& limits = {});

}  // namespace keepsake::http
