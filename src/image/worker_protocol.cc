#include "image/worker_protocol.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "image/container.h"

namespace keepsake::image {
namespace {

static_assert(std::is_trivially_copyable_v<Answer> && std::is_trivially_copyable_v<Request>);
static_assert(sizeof(Answer) == 56 + rendition_count * sizeof(Piece) && sizeof(Piece) == 24);
static_assert(sizeof(Request) == 16 + sizeof(PackedLook) && sizeof(PackedLook) == 48);

bool within(std::uint32_t value, std::uint32_t most) {
  return value >= 1 && value <= most;
}

bool is_possible(const Piece& piece, std::uint32_t edge, std::uint64_t memory_size) {
  return within(piece.width, edge) && within(piece.height, edge) && piece.size >= 1 &&
         piece.size <= most_rendition_bytes && piece.offset <= memory_size &&
         piece.size <= memory_size - piece.offset;
}

ByteView placeholder_of(const Answer& answer) {
  return ByteView(answer.placeholder)
      .first(std::min<std::size_t>(answer.placeholder_size, most_thumbhash_bytes));
}

bool is_possible(const Answer& answer, Wanted wanted, std::uint64_t memory_size) {
  if (answer.format >= all_formats.size() || !within(answer.width, longest_side) ||
      !within(answer.height, longest_side) || answer.placeholder_size > most_thumbhash_bytes ||
      !is_thumbhash(placeholder_of(answer)))
    return false;
  const auto longest = std::max(answer.width, answer.height);
  const auto each = encodings_of(wanted).size();
  for (std::size_t i = 0; i < edges.size() * each; ++i) {
    const auto edge = std::min<std::uint32_t>(edges[i / each], longest);
    if (!is_possible(answer.pieces[i], edge, memory_size)) return false;
  }
  return true;
}

bool read_all(int file, std::uint64_t offset, Bytes& into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto count = ::pread(file, into.data() + done, into.size() - done, offset + done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += count;
  }
  return true;
}

bool is_possible(const Request& request) {
  return request.magic == protocol && request.wanted <= Wanted::avif && request.most_pixels > 0 &&
         unpacked(request.look);
}

using Pair = std::array<int, 2>;  // the photo and the memory

void close_all(const cmsghdr* header) {
  const std::size_t size = header->cmsg_len - CMSG_LEN(0);
  for (std::size_t at = 0; at + sizeof(int) <= size; at += sizeof(int)) {
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(header) + at, sizeof(int));
    ::close(descriptor);
  }
}

// The two descriptors of a message, or nothing; `fits`: whether the rest of the message is a request.
std::optional<Pair> take_descriptors(msghdr& message, bool fits) {
  const auto* header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return std::nullopt;
  Pair pair{};
  if (!fits || header->cmsg_len != CMSG_LEN(sizeof(pair))) {
    close_all(header);
    return std::nullopt;
  }
  std::memcpy(pair.data(), CMSG_DATA(header), sizeof(pair));
  return pair;
}

}  // namespace

std::span<const Encoding> encodings_of(Wanted wanted) {
  static constexpr std::array alone = {Encoding::avif};
  if (wanted == Wanted::avif) return alone;
  return encodings;
}

PackedLook packed(const Look& look) {
  return {static_cast<std::uint32_t>(look.quarter_turns),
          look.black_and_white ? 1u : 0u,
          look.straighten,
          look.crop.left,
          look.crop.top,
          look.crop.width,
          look.crop.height};
}

std::optional<Look> unpacked(const PackedLook& look) {
  if (look.quarter_turns > 3 || look.black_and_white > 1) return std::nullopt;
  const Look unpacked{static_cast<int>(look.quarter_turns),
                      look.straighten,
                      {look.left, look.top, look.width, look.height},
                      look.black_and_white == 1};
  return fits(unpacked) ? std::optional(unpacked) : std::nullopt;
}

std::optional<Received> receive_request(int socket) {
  Received received;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(Pair))> control{};
  iovec part{&received.request, sizeof(received.request)};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const auto size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (size < 0) return std::nullopt;
  const bool whole = size == sizeof(received.request) && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC));
  const auto pair = take_descriptors(message, whole && is_possible(received.request));
  if (!pair) return std::nullopt;
  received.photo = (*pair)[0];
  received.memory = (*pair)[1];
  return received;
}

std::optional<Answer> read_answer(ByteView packet, Wanted wanted, std::uint64_t memory_size) {
  Answer answer;
  if (packet.size() != sizeof(answer)) return std::nullopt;
  std::memcpy(&answer, packet.data(), sizeof(answer));
  if (answer.magic != protocol || answer.outcome > Outcome::encoding_missing) return std::nullopt;
  if (answer.outcome == Outcome::made && !is_possible(answer, wanted, memory_size)) return std::nullopt;
  return answer;
}

std::optional<Taken> read_renditions(const Answer& answer, Wanted wanted, int memory) {
  Taken taken{static_cast<Format>(answer.format),
              static_cast<int>(answer.width),
              static_cast<int>(answer.height),
              {},
              to_bytes(placeholder_of(answer))};
  const auto each = encodings_of(wanted);
  for (std::size_t i = 0; i < edges.size() * each.size(); ++i) {
    const auto& piece = answer.pieces[i];
    Rendition rendition{edges[i / each.size()], each[i % each.size()], static_cast<int>(piece.width),
                        static_cast<int>(piece.height), Bytes(piece.size)};
    if (!read_all(memory, piece.offset, rendition.bytes)) return std::nullopt;
    if (bare_size(rendition.encoding, rendition.bytes) != Size{rendition.width, rendition.height})
      return std::nullopt;
    taken.renditions.push_back(std::move(rendition));
  }
  return taken;
}

}  // namespace keepsake::image
