// What a worker hears: only a whole request of its own protocol with exactly two descriptors is one, and a
// packet that is none leaves no descriptor open.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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
  must(request.has_value() == (packet.size() == sizeof(Request) && count == 2 &&
                               !std::memcmp(packet.data(), &protocol, sizeof protocol)),
       "a whole request with two descriptors, and nothing else");
  if (request) {
    ::close(request->photo);
    ::close(request->memory);
  }
  must(next_free(ends[0]) == free_before, "no descriptor stays open");
}

}  // namespace keepsake::fuzz
