#pragma once
// What a worker and its parent say to each other over a SOCK_SEQPACKET socket: one greeting when the worker
// is sealed, then one answer for each request. The parent takes every answer for hostile.
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "image/photo_workers.h"
#include "image/thumbhash.h"

namespace keepsake::image {

inline constexpr std::uint32_t protocol = 0x6b706832;

inline constexpr std::array<int, 3> edges = {2048, 1024, 320};
inline constexpr std::array<Encoding, 2> encodings = {Encoding::webp, Encoding::jpeg};
inline constexpr std::size_t rendition_count = edges.size() * encodings.size();  // of an answer, at most
inline constexpr std::array all_formats = {Format::jpeg, Format::png,  Format::webp, Format::heic,
                                           Format::avif, Format::tiff, Format::gif};
inline constexpr std::uint64_t most_rendition_bytes = 16 << 20;
inline constexpr int longest_side = 65'535;  // of an original; what JPEG can hold

// Worker to parent, once.
struct Greeting {
  std::uint32_t magic = protocol;
  std::uint32_t formats = 0;  // bit 1 << Format for each that can be decoded here, and `makes_avif`
};
inline constexpr std::uint32_t makes_avif = 1u << 31;

enum class Wanted : std::uint32_t { usual, avif };
// Each edge is drawn in these: `encodings`, or AVIF alone.
std::span<const Encoding> encodings_of(Wanted wanted);

// A Look whose every bit pattern is a value.
struct PackedLook {
  std::uint32_t quarter_turns = 0, black_and_white = 0;
  double straighten = 0, left = 0, top = 0, width = 1, height = 1;
};
PackedLook packed(const Look& look);
// Nothing if it does not fit.
std::optional<Look> unpacked(const PackedLook& look);

// Parent to worker, with two descriptors: the photo, open for reading alone, and empty memory for the answer.
struct Request {
  std::uint32_t magic = protocol;
  Wanted wanted = Wanted::usual;
  std::int64_t most_pixels = 0;
  PackedLook look = {};
};

// A request as it arrived. The descriptors are the caller's to close.
struct Received {
  Request request;
  int photo = -1, memory = -1;
};

// The next request on the socket. Nothing when the other side is gone or the packet is not exactly a request
// with two descriptors, every number of it in its range; what came with such a packet is closed.
std::optional<Received> receive_request(int socket);

enum class Outcome : std::uint32_t {
  made,
  not_a_photo,
  damaged,
  too_many_pixels,
  format_missing,
  encoding_missing
};

struct Piece {
  std::uint32_t width = 0, height = 0;
  std::uint64_t offset = 0, size = 0;  // in the memory; pieces of the same picture may share their bytes
};

// Worker to parent, for each request. The pieces are in the order of `edges`, each with the encodings that
// are wanted; those behind them mean nothing.
struct Answer {
  std::uint32_t magic = protocol;
  Outcome outcome = Outcome::damaged;
  std::uint32_t format = 0, width = 0, height = 0, placeholder_size = 0;
  std::array<std::byte, 32> placeholder{};  // `most_thumbhash_bytes` of them at most
  std::array<Piece, rendition_count> pieces{};
};

// The answer in a packet, if every number in it is one that an honest worker could have given to what was
// wanted: known outcome and format, a placeholder that is one, sizes within their edges, bytes within
// `memory_size`.
std::optional<Answer> read_answer(ByteView packet, Wanted wanted, std::uint64_t memory_size);

// Copies the renditions out of the worker's memory. Nothing if the memory is shorter than promised or a
// rendition is not exactly the picture that was promised, with nothing else in it.
std::optional<Taken> read_renditions(const Answer& answer, Wanted wanted, int memory);

}  // namespace keepsake::image
