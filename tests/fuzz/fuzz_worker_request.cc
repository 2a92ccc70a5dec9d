// What a worker hears: only a whole request of its own protocol with exactly two descriptors is one, and a
// packet that is none leaves no descriptor open.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "fuzz/targets.h"
#include "image/worker_protocol.h"

namespace keepsake::fuzz {
namespace {

using namespace keepsake::image;

constexpr std::size_t most_descriptors = 4;

// Sends the packet with so many descriptors of `file`.
void send(int socket, ByteView packet, int file, std::size_t count) {
  iovec part{const_cast<std::byte*>(packet.data()), packet.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(most_descriptors * sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (count > 0) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(CMSG_DATA(header) + i * sizeof(int), &file, sizeof(int));
  }
  must(::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(packet.size()), "a packet goes out");
}

int next_free(int file) {
  const int copy = ::fcntl(file, F_DUPFD_CLOEXEC, 0);
  ::close(copy);
  return copy;
}

bool is_request(ByteView packet) {
  Request request;
  if (packet.size() != sizeof(request)) return false;
  std::memcpy(&request, packet.data(), sizeof(request));
  const auto& look = request.look;
  const auto lies = [](double begin, double length) {
    return begin >= 0 && begin <= 1 && length >= .05 && length <= 1 && begin + length <= 1 + 1e-9;
  };
  return request.magic == protocol && static_cast<std::uint32_t>(request.wanted) <= 1 &&
         request.most_pixels > 0 && look.quarter_turns <= 3 && look.black_and_white <= 1 &&
         std::abs(look.straighten) <= 15 && lies(look.left, look.width) && lies(look.top, look.height);
}

}  // namespace

void worker_request(ByteView input) {
  static std::array<int, 2> ends{-1, -1};
  if (ends[0] < 0)
    must(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0, "a socket");
  if (input.size() < 2) return;
  const auto count = static_cast<std::size_t>(input.front()) % (most_descriptors + 1);
  const ByteView packet = input.subspan(1).first(std::min<std::size_t>(input.size() - 1, 4096));
  const int free_before = next_free(ends[0]);
  send(ends[0], packet, ends[0], count);
  const auto request = receive_request(ends[1]);
  must(request.has_value() == (count == 2 && is_request(packet)),
       "a whole request with two descriptors, and nothing else");
  if (request) {
    const auto look = unpacked(request->request.look);
    must(look && fits(*look), "a look that can be drawn");
    ::close(request->photo);
    ::close(request->memory);
  }
  must(next_free(ends[0]) == free_before, "no descriptor stays open");
}

}  // namespace keepsake::fuzz
