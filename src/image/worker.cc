#include "image/worker.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

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

void serve(const Work& work, std::uint32_t formats) {
  while (const auto next = receive_request(worker_socket)) {
    const auto answer = work(next->photo, next->memory, next->request, formats);
    ::close(next->photo);
    ::close(next->memory);
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
