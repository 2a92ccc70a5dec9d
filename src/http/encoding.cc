#include "http/encoding.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <limits>
#include <optional>
#include <stdexcept>

#include "http/syntax.h"

namespace keepsake::http {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib's way to ask for gzip's header and trailer

std::optional<Coding> coding_named(std::string_view name) {
  if (same_name(name, "br")) return Coding::brotli;
  if (same_name(name, "gzip") || same_name(name, "x-gzip")) return Coding::gzip;
  if (same_name(name, "identity")) return Coding::identity;
  return std::nullopt;
}

struct Weights {
  std::optional<int> brotli, gzip, identity, rest;

  std::optional<int>& of(Coding coding) {
    return coding == Coding::brotli ? brotli : coding == Coding::gzip ? gzip : identity;
  }
};

Weights parse_weights(std::string_view accept_encoding) {
  Weights weights;
  for (const std::string_view piece : split_list(accept_encoding, ',')) {
    const auto element = parse_parameterised(piece);
    if (!element) continue;
    if (element->value == "*") weights.rest = weight(*element);
    if (const auto coding = coding_named(element->value)) weights.of(*coding) = weight(*element);
  }
  return weights;
}

class Deflater {
 public:
  explicit Deflater(int level) {
    if (deflateInit2(&stream_, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::runtime_error("zlib does not start");
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string run(std::string_view text) {
    if (text.size() > std::numeric_limits<uInt>::max()) throw std::runtime_error("too long for gzip at once");
    std::string packed(deflateBound(&stream_, text.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("zlib fails to compress");
    packed.resize(stream_.total_out);
    return packed;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string_view coding_name(Coding coding) {
  switch (coding) {
    case Coding::identity:
      return "identity";
    case Coding::gzip:
      return "gzip";
    case Coding::brotli:
      return "br";
  }
  return "identity";
}

Coding best_coding(std::string_view accept_encoding) {
  Weights weights = parse_weights(accept_encoding);
  Coding best = Coding::identity;
  int best_weight = 0;
  for (const Coding coding : {Coding::brotli, Coding::gzip}) {
    const int wanted = weights.of(coding).value_or(weights.rest.value_or(0));
    if (wanted <= best_weight) continue;
    best = coding;
    best_weight = wanted;
  }
  return weights.identity.value_or(0) > best_weight ? Coding::identity : best;
}

Coding best_coding(const Headers& headers) {
  return best_coding(headers.joined("Accept-Encoding"));
}

std::string gzip(std::string_view text, Effort effort) {
  return Deflater(effort == Effort::quick ? 5 : 9).run(text);
}

std::string brotli(std::string_view text, Effort effort) {
  const int quality = effort == Effort::quick ? 5 : 11;
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string packed(size, '\0');
  const auto* input = reinterpret_cast<const std::uint8_t*>(text.data());
  auto* output = reinterpret_cast<std::uint8_t*>(packed.data());
  if (size == 0 || BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(), input,
                                         &size, output) != BROTLI_TRUE) {
    throw std::runtime_error("brotli fails to compress");
  }
  packed.resize(size);
  return packed;
}

std::string encode(std::string_view text, Coding coding, Effort effort) {
  switch (coding) {
    case Coding::identity:
      return std::string(text);
    case Coding::gzip:
      return gzip(text, effort);
    case Coding::brotli:
      return brotli(text, effort);
  }
  return std::string(text);
}

}  // namespace keepsake::http
