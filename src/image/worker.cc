#include "image/worker.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <exception>
#include <string_view>

#include "image/renditions.h"
#include "image/seal.h"

namespace keepsake::image {
namespace {

bool is_packet_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof(type);
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

template <class Packet>
bool say(const Packet& packet) {
  return ::sendto(worker_socket, &packet, sizeof(packet), MSG_NOSIGNAL, nullptr, 0) == sizeof(packet);
}

struct Received {
  Request request;
  std::array<int, 2> descriptors{-1, -1};  // the photo and the memory
};

std::optional<std::array<int, 2>> descriptors_of(msghdr& message) {
  const auto* header = CMSG_FIRSTHDR(&message);
  std::array<int, 2> descriptors{};
  if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(sizeof(descriptors)))
    return std::nullopt;
  std::memcpy(descriptors.data(), CMSG_DATA(header), sizeof(descriptors));
  return descriptors;
}

// Nothing when the parent is gone, or is not what it should be.
std::optional<Received> next_request() {
  Received received;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(received.descriptors))> control{};
  iovec part{&received.request, sizeof(received.request)};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const auto size = ::recvmsg(worker_socket, &message, MSG_CMSG_CLOEXEC);
  if (size != sizeof(received.request) || received.request.magic != protocol) return std::nullopt;
  const auto descriptors = descriptors_of(message);
  if (!descriptors) return std::nullopt;
  received.descriptors = *descriptors;
  return received;
}

void serve(const Work& work, std::uint32_t formats) {
  while (const auto next = next_request()) {
    const auto [photo, memory] = next->descriptors;
    const auto answer = work(photo, memory, next->request, formats);
    ::close(photo);
    ::close(memory);
    if (!say(answer)) return;
    ::malloc_trim(0);  // a worker that waits keeps nothing of the photo before
  }
}

// The parent's end ends the worker too, even in the middle of a photo.
void follow_parent() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

}  // namespace

std::optional<int> serve_if_photo_worker(int argc, char** argv, const Work& work) {
  if (argc != 1 || std::string_view(argv[0]) != worker_name || !is_packet_socket(worker_socket))
    return std::nullopt;
  try {
    follow_parent();
    // The heaps of further arenas are shrunk by a glibc that first opens a file of /proc.
    ::mallopt(M_ARENA_MAX, 1);
    const auto formats = warm_up();
    seal();
    if (say(Greeting{.formats = formats})) serve(work, formats);
    return 0;
  } catch (const std::exception&) {
    return 1;  // the parent sees no greeting
  }
}

std::optional<int> run_if_photo_worker(int argc, char** argv) {
  return serve_if_photo_worker(argc, argv, make_renditions);
}

}  // namespace keepsake::image
