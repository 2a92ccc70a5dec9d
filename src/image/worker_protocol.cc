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
static_assert(sizeof(Answer) == 24 + rendition_count * sizeof(Piece) && sizeof(Piece) == 24);

bool within(std::uint32_t value, std::uint32_t most) {
  return value >= 1 && value <= most;
}

bool is_possible(const Piece& piece, std::uint32_t edge, std::uint64_t memory_size) {
  return within(piece.width, edge) && within(piece.height, edge) && piece.size >= 1 &&
         piece.size <= most_rendition_bytes && piece.offset <= memory_size &&
         piece.size <= memory_size - piece.offset;
}

bool is_possible(const Answer& answer, std::uint64_t memory_size) {
  if (answer.format > static_cast<std::uint32_t>(Format::avif) || !within(answer.width, longest_side) ||
      !within(answer.height, longest_side))
    return false;
  const auto longest = std::max(answer.width, answer.height);
  for (std::size_t i = 0; i < rendition_count; ++i) {
    const auto edge = std::min<std::uint32_t>(edges[i / encodings.size()], longest);
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
  const auto pair = take_descriptors(message, whole && received.request.magic == protocol);
  if (!pair) return std::nullopt;
  received.photo = (*pair)[0];
  received.memory = (*pair)[1];
  return received;
}

std::optional<Answer> read_answer(ByteView packet, std::uint64_t memory_size) {
  Answer answer;
  if (packet.size() != sizeof(answer)) return std::nullopt;
  std::memcpy(&answer, packet.data(), sizeof(answer));
  if (answer.magic != protocol || answer.outcome > Outcome::format_missing) return std::nullopt;
  if (answer.outcome == Outcome::made && !is_possible(answer, memory_size)) return std::nullopt;
  return answer;
}

std::optional<Taken> read_renditions(const Answer& answer, int memory) {
  Taken taken{static_cast<Format>(answer.format),
              static_cast<int>(answer.width),
              static_cast<int>(answer.height),
              {}};
  for (std::size_t i = 0; i < rendition_count; ++i) {
    const auto& piece = answer.pieces[i];
    Rendition rendition{edges[i / encodings.size()], encodings[i % encodings.size()],
                        static_cast<int>(piece.width), static_cast<int>(piece.height), Bytes(piece.size)};
    if (!read_all(memory, piece.offset, rendition.bytes)) return std::nullopt;
    if (bare_size(rendition.encoding, rendition.bytes) != Size{rendition.width, rendition.height})
      return std::nullopt;
    taken.renditions.push_back(std::move(rendition));
  }
  return taken;
}

}  // namespace keepsake::image
